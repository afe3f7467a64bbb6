"""The process catalogue becomes a tree and scenarios."""

import time
from collections import Counter
from pathlib import Path

import pytest

from governance.choices import OrganisationKind, ProcessLevel
from governance.models import BusinessProcess, Project
from tests.factories import make_process, make_project
from tests.importing import FIXTURES, import_content, import_path, text_of
from uat.choices import ScenarioClass
from uat.models import Scenario

pytestmark = pytest.mark.django_db
REAL = Path("process_catalogue") / "d365_bpc_may2025"
PLAIN_HEADING = "Code,Name,Level,Parent code"


@pytest.fixture
def project() -> Project:
    return make_project()


def processes(project: Project) -> dict[str, BusinessProcess]:
    rows = BusinessProcess.objects.filter(project=project)
    return {row.code: row for row in rows.select_related("parent", "accountable")}


class TestImportTheRealCatalogue:
    @pytest.mark.shared_data
    def test_takes_the_full_workbook(self, shared_data_folder: Path, project: Project) -> None:
        path = shared_data_folder / REAL / "Microsoft Business Process Catalog Full May 2025.xlsx"
        began = time.monotonic()
        run, ledger = import_path(path, project=project, kind="catalogue")
        assert time.monotonic() - began < 30
        assert (run.state, run.taken, ledger.refusals) == ("DONE", 4217, [])
        reasons = ledger.skipped_because()
        assert reasons["Deleted in the catalogue"] == 2216
        assert reasons["Deprecated in the catalogue"] == 442
        assert run.taken + run.skipped == 10_003
        levels = Counter(row.level for row in processes(project).values())
        assert levels == {"END_TO_END": 15, "AREA": 93, "PROCESS": 669}
        scenarios = Scenario.objects.filter(project=project)
        assert scenarios.count() == 3440
        assert set(scenarios.values_list("scenario_class", flat=True)) == {"UNCLASSIFIED"}
        assert not scenarios.filter(steps__contains="<div").exists()

    @pytest.mark.shared_data
    def test_hangs_every_row_of_it_on_the_tree(
        self, shared_data_folder: Path, project: Project
    ) -> None:
        path = shared_data_folder / REAL / "Microsoft Business Process Catalog Full May 2025.xlsx"
        import_path(path, project=project, kind="catalogue")
        tree = processes(project)
        assert tree["65.20"].name
        assert "65.2" not in tree
        above = {"AREA": "END_TO_END", "PROCESS": "AREA"}
        for row in tree.values():
            assert (row.parent.level if row.parent else None) == above.get(row.level)
            assert row.accountable is not None
            assert row.accountable.level == ProcessLevel.END_TO_END
        assert tree["50.65.525"].parent == tree["50.65"]
        placed = Scenario.objects.filter(project=project, process__level=ProcessLevel.PROCESS)
        assert placed.count() == 3440
        moved = Scenario.objects.get(project=project, title__startswith="Use charges quantity to")
        assert moved.process == tree["40.20.050"]
        parties = Counter(row.suggested_party for row in tree.values() if row.suggested_party)
        assert parties[OrganisationKind.CLIENT] > parties[OrganisationKind.PARTNER] > 0

    @pytest.mark.shared_data
    def test_finds_one_word_changed_between_the_full_and_the_simple_workbook(
        self, shared_data_folder: Path, project: Project
    ) -> None:
        folder = shared_data_folder / REAL
        simple = folder / "Microsoft Business Process Catalog Simple May 2025.xlsx"
        first, _ = import_path(simple, project=project, kind="catalogue")
        assert (first.state, first.taken, first.skipped) == ("DONE", 4217, 0)
        full = folder / "Microsoft Business Process Catalog Full May 2025.xlsx"
        import_path(full, project=project, kind="catalogue")
        again, _ = import_path(simple, project=project, kind="auto")
        assert (again.kind, again.taken, again.unchanged) == ("catalogue", 1, 4216)
        last, _ = import_path(simple, project=project, kind="auto")
        assert (last.taken, last.unchanged) == (0, 4217)


@pytest.mark.both_engines
class TestImportACatalogue:
    def test_plants_the_tree_of_a_full_export(self, project: Project) -> None:
        run, ledger = import_path(FIXTURES / "catalogue_full.xlsx", project=project)
        assert (run.state, run.kind, ledger.refusals) == ("DONE", "catalogue", [])
        tree = processes(project)
        assert {code: row.parent.code if row.parent else "" for code, row in tree.items()} == {
            "10": "",
            "10.10": "10",
            "10.10.010": "10.10",
            "10.20": "10",
            "10.20.030": "10.20",
        }
        assert tree["10"].description == "From call to cash"
        assert tree["10.10.010"].accountable == tree["10"]

    def test_leaves_out_and_counts_what_is_no_process(self, project: Project) -> None:
        run, ledger = import_path(FIXTURES / "catalogue_full.xlsx", project=project)
        assert ledger.skipped_because() == {
            "Deprecated in the catalogue": 2,
            "Deleted in the catalogue": 1,
            "Workshop: neither a process nor a scenario": 1,
            "Configuration deliverable: neither a process nor a scenario": 1,
            "Task: neither a process nor a scenario": 1,
        }
        assert run.counts["skipped: Deprecated in the catalogue"] == 2
        assert (run.taken, run.skipped) == (9, 6)

    def test_gives_each_scenario_a_code_and_its_process(self, project: Project) -> None:
        import_path(FIXTURES / "catalogue_full.xlsx", project=project)
        rows = Scenario.objects.filter(project=project).select_related("process")
        assert {(row.code, row.title, row.process.code if row.process else "") for row in rows} == {
            ("10.10.010.100", "Order by phone", "10.10.010"),
            ("10.10.010.100~2", "Order by web", "10.10.010"),
            ("10.10.010.110", "Order by letter", "10.10.010"),
            ("10.10.010.120", "Order by pigeon", "10.10.010"),
        }

    def test_makes_plain_text_of_html(self, project: Project) -> None:
        import_path(FIXTURES / "catalogue_full.xlsx", project=project)
        row = Scenario.objects.get(project=project, title="Order by phone")
        assert row.steps == "Take the call\n- Ask\n- Key in\nMenu: Sales > Orders"
        assert (row.expected_result, row.criticality) == ("Saved", "CRITICAL")
        assert row.origin == "Process Sequence ID 10.10.010.100"
        assert row.scenario_class == ScenarioClass.UNCLASSIFIED

    def test_lets_parties_suggest_an_owner_and_says_nothing_on_a_tie(
        self, project: Project
    ) -> None:
        import_path(FIXTURES / "catalogue_full.xlsx", project=project)
        tree = processes(project)
        assert tree["10.10.010"].suggested_party == OrganisationKind.CLIENT
        assert tree["10.10.010"].suggested_role == "Application administrator"
        assert tree["10.20.030"].suggested_party == ""

    def test_reads_the_flat_export_to_the_same_tree(self, project: Project) -> None:
        import_path(FIXTURES / "catalogue_full.xlsx", project=project)
        run, _ = import_path(FIXTURES / "catalogue_simple.xlsx", project=project)
        assert (run.state, run.taken, run.unchanged) == ("DONE", 0, 9)

    def test_changes_nothing_the_second_time(self, project: Project) -> None:
        first, _ = import_path(FIXTURES / "catalogue_plain.csv", project=project)
        again, _ = import_path(FIXTURES / "catalogue_plain.csv", project=project)
        assert (first.taken, first.skipped) == (6, 1)
        assert (again.state, again.taken, again.unchanged) == ("DONE", 0, 6)

    def test_reads_our_own_columns(self, project: Project) -> None:
        import_path(FIXTURES / "catalogue_plain.csv", project=project)
        tree = processes(project)
        assert (tree["10"].criticality, tree["10.10.030"].in_scope) == ("CRITICAL", False)
        assert tree["10.10.030"].suggested_party == OrganisationKind.PARTNER
        rows = Scenario.objects.filter(project=project).order_by("code")
        assert [row.scenario_class for row in rows] == ["HAPPY_PATH", "EXCEPTION"]

    def test_keeps_what_somebody_changed_and_the_file_does_not_state(
        self, project: Project
    ) -> None:
        import_path(FIXTURES / "catalogue_simple.xlsx", project=project)
        Scenario.objects.filter(project=project).update(scenario_class=ScenarioClass.EDGE)
        import_path(FIXTURES / "catalogue_full.xlsx", project=project)
        classes = Scenario.objects.filter(project=project).values_list("scenario_class", flat=True)
        assert set(classes) == {ScenarioClass.EDGE}

    def test_moves_a_process_whose_parent_changed(self, project: Project) -> None:
        import_content(
            text_of(PLAIN_HEADING, "A,All,end to end,", "B,Both,end to end,", "C,See,area,A"),
            project=project,
        )
        run, _ = import_content(text_of(PLAIN_HEADING, "C,See,area,B"), project=project)
        tree = processes(project)
        assert (run.taken, tree["C"].parent, tree["C"].accountable) == (1, tree["B"], tree["B"])

    def test_finds_parents_by_their_codes_where_none_are_named(self, project: Project) -> None:
        make_process(project=project, code="70", name="There before")
        run, ledger = import_content(
            text_of("Code,Name,Level", "70.10,Area,area", "70.10.010,Do,process"), project=project
        )
        assert (run.state, ledger.refusals) == ("DONE", [])
        assert processes(project)["70.10.010"].parent == processes(project)["70.10"]


class TestRefuseACatalogue:
    def refused(self, project: Project, *rows: str, heading: str = PLAIN_HEADING) -> list[str]:
        run, ledger = import_content(text_of(heading, *rows), project=project)
        assert (run.state, run.taken) == ("REFUSED", 0)
        assert not BusinessProcess.objects.filter(project=project).exists()
        return [f"{one.row} {one.column}: {one.value} {one.reason}" for one in ledger.refusals]

    def test_with_a_loop_in_its_tree(self, project: Project) -> None:
        found = self.refused(
            project, "A,All,area,C", "B,Both,area,A", "C,See,area,B", "D,Dee,end to end,"
        )
        assert found == [
            "2 Parent: C closes a loop: A > C > B > A",
            "3 Parent: A closes a loop: B > A > C > B",
            "4 Parent: B closes a loop: C > B > A > C",
        ]

    def test_with_a_process_below_itself(self, project: Project) -> None:
        assert self.refused(project, "A,All,area,A") == ["2 Parent: A closes a loop: A > A"]

    def test_with_a_parent_that_nobody_knows(self, project: Project) -> None:
        found = self.refused(project, "A,All,end to end,", "B,Both,area,Z")
        assert found == ["3 Parent: Z is no process above this row"]

    def test_with_everything_below_what_is_refused(self, project: Project) -> None:
        rows = ("A,All,end to end,", "B,Both,area,Z", "C,See,process,B", "S,Do,scenario,C")
        sheet = text_of(PLAIN_HEADING, *rows)
        run, ledger = import_content(sheet, project=project, skip_refused=True)
        assert (run.state, run.taken) == ("DONE", 1)
        assert [(one.row, one.value) for one in ledger.refusals] == [(3, "Z"), (4, "B"), (5, "C")]

    def test_with_a_scenario_that_hangs_on_nothing(self, project: Project) -> None:
        assert self.refused(project, "S,Do it,scenario,") == [
            "2 Parent:  is no process above this row"
        ]

    def test_with_a_code_that_is_twice(self, project: Project) -> None:
        found = self.refused(project, "A,All,end to end,", "A,Again,end to end,")
        assert found == ["3 Code: A is the code of row 2 too"]

    def test_with_an_unknown_level(self, project: Project) -> None:
        (found,) = self.refused(project, "A,All,galaxy,")
        assert found == "2 Level: galaxy is a word we do not know here"

    def test_with_a_title_without_a_code(self, project: Project) -> None:
        heading = (
            "Work Item Type,Catalog status,Process Sequence ID,"
            "End to end,Process area,Process,Scenario"
        )
        (found,) = self.refused(project, "End to end,New,1,Order,,,", heading=heading)
        assert "does not start with a code" in found

    def test_with_a_name_that_is_too_long(self, project: Project) -> None:
        heading = (
            "Work Item Type,Catalog status,Process Sequence ID,"
            "End to end,Process area,Process,Scenario"
        )
        (found,) = self.refused(project, f"End to end,New,1,10 {'x' * 301},,,", heading=heading)
        assert "has more than 300 signs" in found

    def test_with_a_party_that_is_neither(self, project: Project) -> None:
        heading = f"{PLAIN_HEADING},Responsible party"
        (found,) = self.refused(project, "A,All,end to end,,Everybody", heading=heading)
        assert found == "2 Responsible party: Everybody is a word we do not know here"
