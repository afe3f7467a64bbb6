"""Portfolios make projects and keep the colours that were reported for them."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from governance.choices import OrganisationKind, Phase
from governance.models import Department, GoLiveDate, Organisation, Project, RecordEntry
from governance.record.comparing import compare_rows
from readiness.models import ReportedStatus
from tests.factories import make_organisation, make_project
from tests.importing import FIXTURES, import_content, import_path, text_of

pytestmark = pytest.mark.django_db
REAL = Path("portfolio") / "uk_gmpp_2014_2020"
SIZES = {2014: 199, 2015: 188, 2016: 143, 2017: 143, 2018: 133, 2019: 133, 2020: 125}
PLAIN = "Project,Slug,Start date,Go-live date,Phase,Time zone,Status,Reported on"


@pytest.fixture
def client_organisation() -> Organisation:
    return make_organisation()


def statuses(organisation: Organisation) -> set[tuple[str, str, str]]:
    rows = ReportedStatus.objects.filter(organisation=organisation)
    return set(rows.values_list("project__name", "colour", "original"))


class TestImportTheRealPortfolio:
    @pytest.mark.shared_data
    def test_takes_seven_years_in_three_shapes(
        self, shared_data_folder: Path, client_organisation: Organisation
    ) -> None:
        for year, size in SIZES.items():
            path = shared_data_folder / REAL / f"uk_{year}.csv"
            run, ledger = import_path(path, organisation=client_organisation, kind="portfolio")
            assert (run.state, run.taken, ledger.refusals) == ("DONE", size, []), year
        projects = Project.objects.filter(organisation=client_organisation)
        assert projects.count() == len(set(projects.values_list("slug", flat=True))) == 453
        rows = ReportedStatus.objects.filter(organisation=client_organisation)
        assert rows.count() == sum(SIZES.values())
        colours = Counter(rows.filter(source="portfolio-2014").values_list("colour", flat=True))
        assert colours == {"AMBER": 154, "NOT_REPORTED": 24, "GREEN": 17, "RED": 4}
        exempt = rows.filter(original__icontains="exempt")
        assert set(exempt.values_list("colour", flat=True)) == {"NOT_REPORTED"}
        assert set(rows.filter(original="Reset").values_list("colour", flat=True)) == {
            "NOT_REPORTED"
        }
        stonehenge = projects.get(name="A303 Amesbury to Berwick Down")
        assert stonehenge.start_date == date(2014, 12, 1)
        assert Department.objects.filter(project=stonehenge).get().name == "DfT"

    @pytest.mark.shared_data
    def test_knows_the_turned_and_mended_files_for_the_same(
        self, shared_data_folder: Path, client_organisation: Organisation
    ) -> None:
        folder = shared_data_folder / REAL
        for year in (2014, 2016):
            import_path(folder / f"uk_{year}.csv", organisation=client_organisation)
            path = folder / "row_oriented" / f"df_{year}.csv"
            run, _ = import_path(path, organisation=client_organisation)
            assert (run.state, run.taken, run.unchanged) == ("DONE", 0, SIZES[year])


@pytest.mark.both_engines
class TestImportAYearlyReport:
    def test_takes_projects_as_rows(self, client_organisation: Organisation) -> None:
        path = FIXTURES / "portfolio_rows.csv"
        run, ledger = import_path(path, organisation=client_organisation)
        assert (run.state, run.kind, run.taken, ledger.refusals) == ("DONE", "portfolio", 3, [])
        harbour = Project.objects.get(organisation=client_organisation, slug="harbour-dredging")
        assert (harbour.start_date, harbour.go_live_date) == (date(2015, 4, 1), date(2027, 6, 30))
        assert GoLiveDate.objects.filter(project=harbour, is_first=True).exists()
        lamps = Project.objects.get(organisation=client_organisation, slug="lamp-renewal")
        assert (harbour.phase, lamps.phase) == (Phase.DESIGN, Phase.CLOSED)
        assert statuses(client_organisation) == {
            ("Harbour dredging", "AMBER", "Amber"),
            ("Tide gauges", "NOT_REPORTED", "Exempt under Section 9 of an Act"),
            ("Lamp renewal", "AMBER", "Amber/red"),
        }
        told = ReportedStatus.objects.get(project=harbour)
        assert told.note == "On its way \N{EN DASH} mostly,\nwith a wait"
        assert (told.reporter_name, told.source) == ("Ports", "portfolio-2025")
        assert told.reported_at == datetime(2024, 9, 30, 12, tzinfo=UTC)

    def test_takes_projects_as_columns(self, client_organisation: Organisation) -> None:
        path = FIXTURES / "portfolio_columns.csv"
        run, ledger = import_path(path, organisation=client_organisation)
        assert (run.state, run.taken, ledger.refusals) == ("DONE", 3, [])
        assert [(skip.row, skip.reason) for skip in ledger.skips] == [
            (5, "empty but for its number")
        ]
        assert statuses(client_organisation) == {
            ("Harbour dredging", "AMBER", "Amber/ Green"),
            ("Tide gauges", "NOT_REPORTED", "Reset"),
            ("Lamp renewal (stage 1 & 2)", "NOT_REPORTED", "No DCA"),
        }
        tide = Project.objects.get(organisation=client_organisation, name="Tide gauges")
        assert (tide.start_date, tide.go_live_date) == (date(2015, 4, 1), None)

    def test_mends_what_was_read_as_central_european(
        self, client_organisation: Organisation
    ) -> None:
        import_path(FIXTURES / "portfolio_columns.csv", organisation=client_organisation)
        run, ledger = import_path(
            FIXTURES / "portfolio_mojibake.csv", organisation=client_organisation
        )
        assert (run.taken, run.unchanged, ledger.refusals) == (0, 3, [])

    def test_leaves_a_word_that_cannot_be_mended(self, client_organisation: Organisation) -> None:
        heading = "project_name,department,colour_rating,start_date,end_date,2023/24 Budget (Łm)"
        sheet = text_of(heading, "Tide \N{CROCODILE},Ports,Green,,,")
        run, _ = import_content(sheet, organisation=client_organisation)
        assert run.state == "DONE"
        assert Project.objects.get().name == "Tide \N{CROCODILE}"

    def test_keeps_one_project_over_the_years(self, client_organisation: Organisation) -> None:
        import_path(FIXTURES / "portfolio_columns.csv", organisation=client_organisation)
        run, _ = import_path(FIXTURES / "portfolio_rows.csv", organisation=client_organisation)
        assert (run.taken, run.counts["statuses"], run.counts["projects"]) == (3, 3, 1)
        harbour = Project.objects.get(organisation=client_organisation, name="Harbour dredging")
        assert ReportedStatus.objects.filter(project=harbour).count() == 2

    def test_never_moves_a_date_and_says_so(self, client_organisation: Organisation) -> None:
        import_path(FIXTURES / "portfolio_columns.csv", organisation=client_organisation)
        import_path(FIXTURES / "portfolio_rows.csv", organisation=client_organisation)
        harbour = Project.objects.get(organisation=client_organisation, name="Harbour dredging")
        assert harbour.go_live_date == date(2026, 12, 31)
        newest = ReportedStatus.objects.get(project=harbour, source="portfolio-2025")
        assert newest.note.startswith(
            "The report gives 2027-06-30 as end date; the project holds 2026-12-31."
        )

    def test_changes_nothing_the_second_time(self, client_organisation: Organisation) -> None:
        path = FIXTURES / "portfolio_rows.csv"
        import_path(path, organisation=client_organisation)
        run, _ = import_path(path, organisation=client_organisation)
        assert (run.state, run.taken, run.unchanged) == ("DONE", 0, 3)

    def test_fills_a_start_date_that_was_empty(self, client_organisation: Organisation) -> None:
        project = make_project(organisation=client_organisation, name="Tide Gauges")
        import_path(FIXTURES / "portfolio_rows.csv", organisation=client_organisation)
        project.refresh_from_db()
        assert project.start_date == date(2015, 4, 1)

    def test_asks_for_a_year_that_nothing_says(self, client_organisation: Organisation) -> None:
        sheet = text_of(
            "project_name,department,colour_rating,start_date,end_date", "A,B,Green,01.01.20,"
        )
        run, _ = import_content(sheet, organisation=client_organisation, name="list.csv")
        assert (run.state, "Give the option year" in run.message) == ("REFUSED", True)
        run, _ = import_content(sheet, organisation=client_organisation, year="2021")
        assert run.state == "DONE"
        assert ReportedStatus.objects.get().source == "portfolio-2021"

    def test_takes_the_year_from_the_name_of_the_file(
        self, client_organisation: Organisation
    ) -> None:
        sheet = text_of(
            "project_name,department,colour_rating,start_date,end_date", "A,B,Green,01.01.20,"
        )
        import_content(sheet, organisation=client_organisation, name="list_2019.csv")
        assert ReportedStatus.objects.get().source == "portfolio-2019"

    @pytest.mark.parametrize(
        ("row", "why"),
        [
            ("A,B,Purple,01.01.20,31.12.20,2021", "colour_rating: is no colour we know"),
            ("A,B,Green,31.02.20,31.12.20,2021", "start_date: is a date that does not exist"),
            ("A,B,Green,01.01.21,31.12.20,2021", "end_date: lies before the start"),
            ("A,B,Green,01.01.20,31.12.20,MMXXI", "year: is no year"),
            ("A,B,Green,01.01.20,31.12.20,", "year: is no year"),
            (",B,Green,01.01.20,31.12.20,2021", "project_name: is empty"),
        ],
    )
    def test_refuses_what_cannot_be(
        self, client_organisation: Organisation, row: str, why: str
    ) -> None:
        sheet = text_of("project_name,department,colour_rating,start_date,end_date,year", row)
        run, ledger = import_content(sheet, organisation=client_organisation)
        assert run.state == "REFUSED"
        assert [f"{one.column}: {one.reason}" for one in ledger.refusals] == [why]
        assert not Project.objects.exists()

    def test_refuses_a_status_told_differently_before(
        self, client_organisation: Organisation
    ) -> None:
        heading = "project_name,department,colour_rating,start_date,end_date,year"
        import_content(text_of(heading, "A,B,Green,,,2021"), organisation=client_organisation)
        run, ledger = import_content(
            text_of(heading, "A,B,Red,,,2021"), organisation=client_organisation
        )
        assert (run.state, ledger.refusals[0].value) == ("REFUSED", "Red")
        assert "differs from “Green”" in ledger.refusals[0].reason

    def test_refuses_a_project_that_is_twice(self, client_organisation: Organisation) -> None:
        heading = "project_name,department,colour_rating,start_date,end_date,year"
        sheet = text_of(heading, "A & B,X,Green,,,2021", "a and b,X,Green,,,2021")
        _, ledger = import_content(sheet, organisation=client_organisation)
        assert ledger.refusals[0].reason == "is the project of row 2 too"


@pytest.mark.both_engines
class TestImportOurOwnPortfolio:
    def test_makes_projects(self, client_organisation: Organisation) -> None:
        path = FIXTURES / "portfolio_plain.csv"
        run, ledger = import_path(path, organisation=client_organisation)
        assert (run.state, run.taken, ledger.refusals) == ("DONE", 2, [])
        ledger_project = Project.objects.get(organisation=client_organisation, slug="ledger")
        assert (ledger_project.phase, ledger_project.time_zone) == ("UAT", "Europe/Berlin")
        assert ledger_project.to_platform == "New ledger"
        told = ReportedStatus.objects.get(project=ledger_project)
        assert (told.colour, told.reporter_name) == ("AMBER", "Pat Quill")
        assert told.reported_at == datetime(2026, 5, 29, tzinfo=UTC)

    def test_begins_the_record_of_each(self, client_organisation: Organisation) -> None:
        rows = [f"Move {number},,,2026-12-01,,,Green,2026-05-29" for number in range(3)]
        import_content(text_of(PLAIN, *rows), organisation=client_organisation)
        later = [row.replace("Green,2026-05-29", "Red,2026-05-30") for row in rows]
        import_content(text_of(PLAIN, *later), organisation=client_organisation)
        for project in Project.objects.filter(organisation=client_organisation):
            entries = RecordEntry.objects.filter(project=project).in_order()
            assert list(entries.values_list("kind", flat=True)) == [
                "LOG_STARTED",
                "DATE_SET",
                "POLICY_ADOPTED",
                "STATUS_REPORTED",
                "STATUS_REPORTED",
            ]
            assert list(compare_rows(project)) == []

    def test_finds_a_short_name_that_is_free(self, client_organisation: Organisation) -> None:
        make_project(organisation=client_organisation, slug="move")
        sheet = text_of(PLAIN, "Move!,,,2026-12-01,,,,", "?!?,,,2026-12-01,,,,")
        import_content(sheet, organisation=client_organisation)
        slugs = Project.objects.filter(organisation=client_organisation).values_list(
            "slug", flat=True
        )
        assert set(slugs) == {"move", "move-2", "project"}

    @pytest.mark.parametrize(
        ("row", "why"),
        [
            ("A,,,2026-05-31,,,,", "Go-live date: lies in the past"),
            ("A,,,2026-13-01,,,,", "Go-live date: is a date that does not exist"),
            ("A,,2026-12-02,2026-12-01,,,,", "Go-live date: lies before the start"),
            ("A,,,2026-12-01,someday,,,", "Phase: is a word we do not know here"),
            ("A,,,2026-12-01,,Mars/Base,,", "Time zone: is no time zone"),
            ("A,Not A Slug,,2026-12-01,,,,", "Slug: is no short name for an address"),
            ("A,,,2026-12-01,,,Green,", "Reported on: is empty"),
            ("A,,,2026-12-01,,,Green,2026-06-30", "Reported on: lies in the future"),
        ],
    )
    def test_refuses_what_cannot_be(
        self, client_organisation: Organisation, row: str, why: str
    ) -> None:
        run, ledger = import_content(text_of(PLAIN, row), organisation=client_organisation)
        assert run.state == "REFUSED"
        assert [f"{one.column}: {one.reason}" for one in ledger.refusals] == [why]
        assert not Project.objects.exists()

    def test_refuses_a_short_name_that_another_project_has(
        self, client_organisation: Organisation
    ) -> None:
        sheet = text_of(PLAIN, "A,same,,2026-12-01,,,,", "B,same,,2026-12-01,,,,")
        _, ledger = import_content(sheet, organisation=client_organisation)
        assert ledger.refusals[0].reason == "is the short name of another project"

    def test_belongs_to_a_client(self) -> None:
        partner = make_organisation(kind=OrganisationKind.PARTNER)
        run, _ = import_path(FIXTURES / "portfolio_plain.csv", organisation=partner)
        assert (run.state, run.message) == (
            "REFUSED",
            "A portfolio belongs to a client, not to a partner.",
        )
