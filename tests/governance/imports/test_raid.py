"""Sheets of PMOs and decision records: taken with what they say, and nothing invented."""

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from governance.choices import Affiliation, ImportState, RaidState
from governance.imports.undoing import undo_import
from governance.models import Assumption, CalendarEntry, Decision, DecisionOutcome, RaidItem
from tests.factories import NOW
from tests.importing import import_content, text_of, workbook_of
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db
SHEET = text_of(
    "ID,Type,Description,Impact,Probability,Owner,Status,Mitigation",
    "1,Risk,The bank may be late,High,Medium,Process Owner,Open,Ask weekly",
    "2,Assumption,Stock is never negative,Medium,Low,Architect,Open,",
    "3,Issue,No test printer,Low,High,Ghost,Open,Buy one",
    "4,Decision,Which carrier,High,Low,Sponsor,Open,",
)
RECORD = "# 3. Use one carrier\n\nDate: 2026-02-03\n\n## Status\n{}\n\n## Decision\n\nOne.\n"


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


def day(month: int, number: int) -> datetime:
    """Return a cell with a day of 2026."""
    return datetime(2026, month, number)  # noqa: DTZ001 - a workbook has no zones


class TestRaidSheet:
    def test_asks_for_the_day_that_the_sheet_does_not_have(self, cast: Cast) -> None:
        run, ledger = import_content(SHEET, project=cast.project)
        assert run.state == ImportState.REFUSED
        assert {each.column for each in ledger.refusals} == {"raised"}
        assert not RaidItem.objects.exists()

    def test_parks_an_owner_nobody_knows_and_takes_him_once_told(self, cast: Cast) -> None:
        terms: dict[str, Any] = {"project": cast.project, "on": "2026-03-01", "skip_refused": True}
        run, ledger = import_content(SHEET, **terms)
        (parked,) = ledger.refusals
        assert (parked.row, parked.value) == (4, "Ghost")
        assert "nobody whom this project knows" in parked.reason
        assert run.refusals[0]["remedy"]
        assert RaidItem.objects.get().owner == cast.process_owner
        assert (Assumption.objects.count(), Decision.objects.count()) == (1, 1)
        again, _ = import_content(SHEET, **terms, owners={"Ghost": cast.sponsor.email})
        assert (again.taken, again.unchanged, again.refused) == (1, 3, 0)
        assert RaidItem.objects.get(code="3").owner == cast.sponsor

    def test_refuses_an_owner_from_the_partner(self, cast: Cast) -> None:
        sheet = text_of("ID,Type,Description,Owner,Status", "1,Risk,Late,Consultant,Open")
        _run, ledger = import_content(sheet, project=cast.project, on="2026-03-01")
        assert "could" in ledger.refusals[0].reason or "partner" in ledger.refusals[0].reason

    def test_refuses_a_partner_by_name_even_where_somebody_answers_so(self, cast: Cast) -> None:
        name, email = cast.consultant.name, cast.consultant.email
        sheet = text_of("ID,Type,Description,Owner,Status", f"1,Risk,Late,{name},Open")
        terms: dict[str, Any] = {"project": cast.project, "on": "2026-03-01"}
        for owners in ({}, {name: email}):
            _run, ledger = import_content(sheet, **terms, owners=owners)
            assert ledger.refusals[0].reason == "works for a partner, who never owns"
        assert not RaidItem.objects.exists()

    def test_reads_a_workbook_with_days_of_its_own(self, cast: Cast) -> None:
        book = workbook_of(
            ["ID", "Type", "Description", "Impact", "Owner", "Status", "Raised", "Due"],
            ["7", "Dependency", "Files", "High", "Sponsor", "Open", day(3, 1), day(7, 1)],
            ["8", "Risk", "Strike", "Low", "", "Closed", day(3, 2), None],
            title="RAID",
        )
        run, ledger = import_content(book, project=cast.project, name="raid.xlsx")
        assert (run.kind, run.taken, ledger.refusals) == ("raid", 2, [])
        first, second = RaidItem.objects.order_by("code")
        assert (first.owner, str(first.due_date)) == (cast.sponsor, "2026-07-01")
        assert (second.owner, second.state) == (None, RaidState.CLOSED)

    def test_is_undone_whole(self, cast: Cast) -> None:
        terms: dict[str, Any] = {"project": cast.project, "on": "2026-03-01", "skip_refused": True}
        run, _ = import_content(SHEET, **terms)
        undo_import(run=run, reason="Wrong sheet", undone_by=cast.sponsor, undone_at=NOW)
        assert not RaidItem.objects.exists()
        assert not Decision.objects.exists()


class TestCalendar:
    def test_takes_days_once(self, cast: Cast) -> None:
        days = text_of("Kind,Name,From,To", "Holiday,Easter,2026-04-03,2026-04-06")
        for taken in (1, 0):
            run, _ = import_content(days, project=cast.project)
            assert run.taken == taken
        assert CalendarEntry.objects.count() == 1


class TestDecisionRecords:
    @pytest.mark.parametrize(("status", "outcomes"), [("Accepted", 1), ("Draft", 0)])
    def test_keeps_day_and_state_and_names_nobody(
        self, cast: Cast, status: str, outcomes: int
    ) -> None:
        record = RECORD.format(status).encode()
        import_content(record, project=cast.project, name="0003-carrier.md")
        assert Decision.objects.get().code == "ADR-0003"
        assert DecisionOutcome.objects.count() == outcomes
        for row in DecisionOutcome.objects.all():
            assert (row.decided_by, row.decided_affiliation) == (None, Affiliation.UNKNOWN)
            assert f"{row.decided_at:%Y-%m-%d}" in ("2026-02-03", "2026-02-02")

    def test_puts_a_record_in_the_place_of_the_one_it_supersedes(self, cast: Cast) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            old = RECORD.format("Superseded by [4. Two carriers](0004-two.md)")
            archive.writestr("0003-one.md", old)
            archive.writestr("0004-two.md", RECORD.replace("# 3.", "# 4.").format("Accepted"))
        terms: dict[str, Any] = {"name": "adr.zip", "by": cast.sponsor.email}
        import_content(packed.getvalue(), project=cast.project, **terms)
        replacing = Decision.objects.get(code="ADR-0004")
        assert replacing.supersedes == Decision.objects.get(code="ADR-0003")
        assert [each.code for each in Decision.objects.decided()] == ["ADR-0004"]

    @pytest.mark.shared_data
    def test_takes_fifteen_real_ones_and_leaves_the_template(
        self, cast: Cast, shared_data_folder: Path
    ) -> None:
        folder = shared_data_folder / "governance/adr_crown_commercial_service/doc/adr"
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for file in sorted(folder.glob("*.md")):
                archive.writestr(file.name, file.read_bytes())
        run, _ = import_content(packed.getvalue(), project=cast.project, name="adr.zip")
        assert (run.taken, run.skipped, run.refused) == (15, 1, 0)
        assert DecisionOutcome.objects.count() == 15


class TestChecklists:
    @pytest.mark.shared_data
    def test_takes_the_tick_of_a_template_for_no_answer(
        self, cast: Cast, shared_data_folder: Path
    ) -> None:
        folder = shared_data_folder / "governance/d365_golive_and_strategy_checklists"
        content = (folder / "prepare-go-live-checklist.md").read_bytes()
        run, _ = import_content(content, project=cast.project, name="prepare-go-live-checklist.md")
        assert (run.taken, run.skipped) == (0, 49)

    def test_reports_answers(self, cast: Cast) -> None:
        words = b"## Cutover\n\n|Done?|Task|\n|:-:|--|\n|Yes|Plan it|\n|No|Try it|\n||Sign|\n"
        terms: dict[str, Any] = {
            "project": cast.project,
            "name": "go-live.md",
            "by": cast.sponsor.email,
        }
        for taken in (2, 0):
            run, _ = import_content(words, **terms)
            assert (run.taken, run.skipped) == (taken, 1)
