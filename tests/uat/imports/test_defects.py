"""Defects come in with the events that their dates tell."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from governance.models import Project
from tests.factories import NOW, make_person, make_project
from tests.importing import FIXTURES, import_content, import_path, text_of
from uat.models import Defect, DefectEvent

pytestmark = pytest.mark.django_db
REAL = Path("uat_test_management") / "uat_tracking_contoso"
HEADING = "Defect ID,Title,Severity,Status,Reported Date"


@pytest.fixture
def project() -> Project:
    row = make_project()
    make_person(project=row, name="Ada Young")
    return row


def events_of(defect: Defect) -> list[tuple[str, datetime]]:
    rows = DefectEvent.objects.filter(defect=defect).order_by("happened_at", "pk")
    return [(row.state, row.happened_at) for row in rows]


def day(number: int) -> datetime:
    return datetime(2026, 5, number, tzinfo=UTC)


class TestImportTheRealDefects:
    @pytest.mark.shared_data
    def test_refuses_two_shifted_rows_and_takes_the_rest_when_told(
        self, shared_data_folder: Path, project: Project
    ) -> None:
        folder = shared_data_folder / REAL
        import_path(folder / "uat-tester-assignments.csv", project=project)
        import_path(folder / "uat-tracking-template.csv", project=project, skip_refused=True)
        path = folder / "uat-defect-tracking.csv"
        run, ledger = import_path(path, project=project)
        assert (run.state, run.kind) == ("REFUSED", "defects")
        assert [(one.row, one.value) for one in ledger.refusals] == [
            (11, "DEF-010"),
            (16, "DEF-015"),
        ]
        run, _ = import_path(path, project=project, skip_refused=True)
        assert (run.state, run.taken, run.refused) == ("DONE", 13, 2)
        states = Counter(Defect.objects.filter(project=project).values_list("state", flat=True))
        assert states == {"FIXED": 5, "OPEN": 4, "CLOSED": 2, "IN_PROGRESS": 1, "DEFERRED": 1}
        again, _ = import_path(path, project=project, skip_refused=True)
        assert (again.taken, again.unchanged) == (0, 13)


@pytest.mark.both_engines
class TestImportDefects:
    def imported(self, project: Project) -> dict[str, Defect]:
        import_path(FIXTURES / "runs.csv", project=project, skip_refused=True)
        run, ledger = import_path(FIXTURES / "defects.csv", project=project)
        assert (run.state, run.taken, ledger.refusals) == ("DONE", 4, [])
        return {row.code: row for row in Defect.objects.filter(project=project)}

    def test_tells_each_life_in_events(self, project: Project) -> None:
        found = self.imported(project)
        assert events_of(found["D-01"]) == [("OPEN", day(5)), ("FIXED", day(6))]
        assert events_of(found["D-02"]) == [("OPEN", day(4)), ("DEFERRED", day(7))]
        assert events_of(found["D-03"]) == [("OPEN", day(5)), ("IN_PROGRESS", day(5))]
        assert events_of(found["D-04"]) == [
            ("OPEN", day(5)),
            ("FIXED", day(6)),
            ("CLOSED", day(8)),
        ]

    def test_keeps_the_newest_state_and_the_scenario(self, project: Project) -> None:
        found = self.imported(project)
        assert {code: row.state for code, row in found.items()} == {
            "D-01": "FIXED",
            "D-02": "DEFERRED",
            "D-03": "IN_PROGRESS",
            "D-04": "CLOSED",
        }
        first = found["D-01"]
        assert (first.severity, first.raised_affiliation) == ("HIGH", "CLIENT")
        assert first.scenario is not None
        assert first.scenario.code == "T-03"
        assert found["D-03"].scenario is None

    def test_changes_nothing_the_second_time(self, project: Project) -> None:
        self.imported(project)
        run, _ = import_path(FIXTURES / "defects.csv", project=project)
        assert (run.state, run.taken, run.unchanged, run.skipped) == ("DONE", 0, 4, 1)

    def test_adds_an_event_when_a_later_file_says_another_state(self, project: Project) -> None:
        import_content(text_of(HEADING, "D-1,Bad,high,open,2026-05-05"), project=project)
        later = text_of(HEADING, "D-1,Bad,high,in progress,2026-05-05")
        run, _ = import_content(later, project=project)
        assert run.taken == 1
        row = Defect.objects.get(project=project)
        assert events_of(row) == [("OPEN", day(5)), ("IN_PROGRESS", NOW)]
        again, _ = import_content(later, project=project)
        assert (again.taken, again.unchanged) == (0, 1)

    def test_leaves_out_a_row_that_repeats_an_earlier_one(self, project: Project) -> None:
        row = "D-1,Bad,high,open,2026-05-05"
        _, ledger = import_content(text_of(HEADING, row, row), project=project)
        assert ledger.skipped_because() == {"the same as an earlier row": 1}

    def test_takes_a_triage_and_a_due_date(self, project: Project) -> None:
        sheet = text_of(
            f"{HEADING},Triage,Due date", "D-1,Bad,low,open,2026-05-05,training,2026-06-30"
        )
        import_content(sheet, project=project)
        row = Defect.objects.get(project=project)
        assert (row.triage, str(row.fix_due_date)) == ("TRAINING", "2026-06-30")


class TestRefuseDefects:
    @pytest.mark.parametrize(
        ("row", "why"),
        [
            ("D-1,Bad,awful,open,2026-05-05,,", "Severity: is a word we do not know here"),
            ("D-1,Bad,high,lost,2026-05-05,,", "Status: is a word we do not know here"),
            ("D-1,Bad,high,open,,,", "Reported Date: is empty"),
            ("D-1,Bad,high,open,2026-06-05,,", "Reported Date: lies in the future"),
            ("D-1,Bad,high,fixed,2026-05-05,2026-05-01,", "Fix Date: lies before what it follows"),
            ("D-1,Bad,high,open,2026-05-05,,T-9", "Test ID: is no scenario of this project"),
            ("D-1,,high,open,2026-05-05,,", "Title: is empty"),
        ],
    )
    def test_with_something_that_cannot_be(self, project: Project, row: str, why: str) -> None:
        run, ledger = import_content(text_of(f"{HEADING},Fix Date,Test ID", row), project=project)
        assert run.state == "REFUSED"
        assert [f"{one.column}: {one.reason}" for one in ledger.refusals] == [why]
        assert not Defect.objects.filter(project=project).exists()

    def test_whose_code_is_twice(self, project: Project) -> None:
        sheet = text_of(HEADING, "D-1,Bad,high,open,2026-05-05", "D-1,Worse,high,open,2026-05-05")
        _, ledger = import_content(sheet, project=project)
        assert ledger.refusals[0].reason == "is the defect of row 2 too"
