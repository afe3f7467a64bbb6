"""Runs come in from a sheet, with the scenarios that only the sheet knows."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from governance.models import Project
from tests.factories import make_person, make_process, make_project
from tests.importing import FIXTURES, import_content, import_path, text_of
from uat.models import Execution, Scenario

pytestmark = pytest.mark.django_db
REAL = Path("uat_test_management") / "uat_tracking_contoso"
HEADING = "Test ID,Test Scenario,Status,Tester,Test Date"


@pytest.fixture
def project() -> Project:
    return make_project()


class TestImportTheRealRuns:
    @pytest.mark.shared_data
    def test_refuses_the_two_shifted_rows_by_number_and_writes_nothing(
        self, shared_data_folder: Path, project: Project
    ) -> None:
        run, ledger = import_path(
            shared_data_folder / REAL / "uat-tracking-template.csv", project=project
        )
        assert (run.state, run.kind, run.refused) == ("REFUSED", "executions", 2)
        assert [(one.row, one.value) for one in ledger.refusals] == [
            (16, "UAT-015"),
            (41, "UAT-040"),
        ]
        assert "has 17 fields where the heading has 15" in ledger.refusals[0].reason
        assert "has 21 fields where the heading has 15" in ledger.refusals[1].reason
        assert not Execution.objects.filter(project=project).exists()
        assert not Scenario.objects.filter(project=project).exists()

    @pytest.mark.shared_data
    def test_takes_the_rest_when_told(self, shared_data_folder: Path, project: Project) -> None:
        folder = shared_data_folder / REAL
        import_path(folder / "uat-tester-assignments.csv", project=project)
        path = folder / "uat-tracking-template.csv"
        run, _ = import_path(path, project=project, skip_refused=True)
        assert (run.state, run.taken, run.refused) == ("DONE", 38, 2)
        rows = Execution.objects.filter(project=project)
        results = Counter(rows.values_list("result", "affiliation"))
        assert results == {
            ("PASSED", "CLIENT"): 33,
            ("PASSED_WITH_COMMENTS", "CLIENT"): 4,
            ("FAILED", "CLIENT"): 1,
        }
        again, _ = import_path(path, project=project, skip_refused=True)
        assert (again.taken, again.unchanged, again.refused) == (0, 38, 2)


@pytest.mark.both_engines
class TestImportRuns:
    def test_takes_the_sound_rows_of_our_own_sheet(self, project: Project) -> None:
        make_person(project=project, name="Ada Young")
        make_person(project=project, name="Ben Ochoa", email="ben.ochoa@example.com")
        process = make_process(project=project, code="10.10", name="Sell")
        run, ledger = import_path(FIXTURES / "runs.csv", project=project, skip_refused=True)
        assert (run.state, run.taken, run.refused, run.skipped) == ("DONE", 4, 1, 1)
        assert ledger.refusals[0].row == 5
        rows = Execution.objects.filter(project=project).order_by("external_id")
        assert [(row.scenario.code, row.result, row.affiliation) for row in rows] == [
            ("T-01", "PASSED", "CLIENT"),
            ("T-02", "PASSED_WITH_COMMENTS", "CLIENT"),
            ("T-03", "FAILED", "CLIENT"),
        ]
        assert rows[1].comment == "Refused late\nWarn earlier"
        assert rows[2].defect_code == "D-01"
        first = Scenario.objects.get(project=project, code="T-01")
        assert (first.process, first.criticality, first.latest_result) == (
            process,
            "CRITICAL",
            "PASSED",
        )
        assert first.steps == "1. Call\n2. Key in"

    def test_keeps_a_scenario_that_nobody_has_run_in_scope(self, project: Project) -> None:
        import_path(FIXTURES / "runs.csv", project=project, skip_refused=True)
        untested = Scenario.objects.get(project=project, code="T-05")
        assert (untested.in_scope, untested.latest_result) == (True, "")

    def test_counts_nobody_as_the_client_whom_the_roster_does_not_know(
        self, project: Project
    ) -> None:
        import_path(FIXTURES / "runs.csv", project=project, skip_refused=True)
        rows = Execution.objects.filter(project=project)
        assert set(rows.values_list("affiliation", flat=True)) == {"UNKNOWN"}
        assert not Scenario.objects.filter(project=project).exclude(latest_result="").exists()

    def test_believes_whoever_says_for_whom_unknown_testers_acted(self, project: Project) -> None:
        import_path(
            FIXTURES / "runs.csv", project=project, skip_refused=True, affiliation="PARTNER"
        )
        rows = Execution.objects.filter(project=project)
        assert set(rows.values_list("affiliation", flat=True)) == {"PARTNER"}

    def test_reads_a_day_as_its_first_moment_in_the_projects_zone(self) -> None:
        project = make_project(time_zone="Asia/Tokyo")
        import_content(text_of(HEADING, "A,One,pass,Ada,2026-05-04"), project=project)
        row = Execution.objects.get(project=project)
        assert row.executed_at == datetime(2026, 5, 3, 15, 0, tzinfo=UTC)

    def test_takes_an_empty_result_for_not_run(self, project: Project) -> None:
        run, _ = import_content(text_of(HEADING, "A,One,,,"), project=project)
        assert (run.state, run.counts) == ("DONE", {"scenarios": 1})

    def test_finds_a_process_by_a_name_that_only_one_has(self, project: Project) -> None:
        for code, name in (("1", "Sell"), ("2", "Buy"), ("3", "Buy")):
            make_process(project=project, code=code, name=name)
        rows = ("A,One,,,,sell", "B,Two,,,,Buy", "C,Three,,,,2")
        import_content(text_of(f"{HEADING},Process", *rows), project=project)
        placed = Scenario.objects.filter(project=project).order_by("code")
        assert [row.process.code if row.process else "" for row in placed] == ["1", "", "2"]

    def test_keeps_two_runs_of_a_day_in_the_order_of_the_file(self, project: Project) -> None:
        make_person(project=project, name="Ada")
        sheet = text_of(HEADING, "A,One,fail,Ada,2026-05-04", "A,One,pass,Ada,2026-05-04")
        run, _ = import_content(sheet, project=project)
        assert (run.taken, Execution.objects.filter(project=project).count()) == (2, 2)
        assert Scenario.objects.get(project=project).latest_result == "PASSED"
        again, _ = import_content(sheet, project=project)
        assert (again.taken, again.unchanged) == (0, 2)

    def test_leaves_out_a_row_that_repeats_an_earlier_one(self, project: Project) -> None:
        row = "A,One,pass,Ada,2026-05-04"
        run, ledger = import_content(text_of(HEADING, row, row), project=project)
        assert (run.taken, ledger.skipped_because()) == (1, {"the same as an earlier row": 1})

    def test_makes_a_short_id_of_a_long_one(self, project: Project) -> None:
        name = "A" * 190
        run, _ = import_content(
            text_of(HEADING, f"{'S' * 90},One,pass,{name},2026-05-04"), project=project
        )
        assert run.state == "DONE"
        assert len(Execution.objects.get(project=project).external_id) == 64

    def test_leaves_the_scenarios_of_others_as_they_are(self, project: Project) -> None:
        import_path(FIXTURES / "catalogue_plain.csv", project=project)
        sheet = text_of(HEADING, "10.10.010.100,Another title,pass,Ada,2026-05-04")
        run, _ = import_content(sheet, project=project)
        assert run.taken == 1
        row = Scenario.objects.get(project=project, code="10.10.010.100")
        assert (row.title, row.source) == ("Order by phone", "catalogue")


class TestRefuseRuns:
    def why(self, project: Project, *rows: str, heading: str = HEADING) -> list[str]:
        run, ledger = import_content(text_of(heading, *rows), project=project)
        assert (run.state, run.taken) == ("REFUSED", 0)
        assert all(one.remedy for one in ledger.refusals)
        return [f"{one.row} {one.column}: {one.reason}" for one in ledger.refusals]

    @pytest.mark.parametrize(
        ("row", "why"),
        [
            ("A,One,pass,Ada,2026-02-30", "2 Test Date: is a date that does not exist"),
            ("A,One,pass,Ada,03/04/2026", "2 Test Date: can be read as day/month or month/day"),
            ("A,One,pass,Ada,2026-06-02", "2 Test Date: lies in the future"),
            ("A,One,pass,Ada,", "2 Test Date: is empty"),
            ("A,One,splendid,Ada,2026-05-04", "2 Status: is a word we do not know here"),
            ("A,One,pass,,2026-05-04", "2 Tester: is empty"),
            (",One,pass,Ada,2026-05-04", "2 Test ID: is empty"),
            (f"A,{'x' * 501},pass,Ada,2026-05-04", "2 Test Scenario: is longer than 500 signs"),
        ],
    )
    def test_with_something_that_cannot_be(self, project: Project, row: str, why: str) -> None:
        assert self.why(project, row) == [why]

    def test_of_scenarios_that_nobody_knows(self, project: Project) -> None:
        heading = "Test ID,Status,Tester,Test Date"
        found = self.why(project, "A,pass,Ada,2026-05-04", heading=heading)
        assert found == ["2 Test ID: is no scenario of this project"]

    def test_that_an_earlier_import_told_differently(self, project: Project) -> None:
        import_content(text_of(HEADING, "A,One,pass,Ada,2026-05-04"), project=project)
        found = self.why(project, "A,One,fail,Ada,2026-05-04")
        assert found == ["2 Status: differs from what an earlier import said about the same run"]
        assert Execution.objects.get(project=project).result == "PASSED"

    def test_whose_own_id_is_twice(self, project: Project) -> None:
        found = self.why(
            project,
            "R1,A,One,pass,Ada,2026-05-04",
            "R1,B,Two,pass,Ada,2026-05-04",
            heading=f"Run ID,{HEADING}",
        )
        assert found == ["3 Run ID: is in the file twice"]
