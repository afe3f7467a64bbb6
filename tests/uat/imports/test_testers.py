"""Testers come in as roster entries with departments and assignments."""

from pathlib import Path

import pytest

from governance.models import Department, Person, Project
from tests.factories import make_person, make_process, make_project
from tests.importing import FIXTURES, import_content, import_path, text_of
from uat.models import TesterAssignment as Assignment

pytestmark = pytest.mark.django_db
REAL = Path("uat_test_management") / "uat_tracking_contoso"
HEADING = "Tester Name,Email,Process,From,To,Total Tests Assigned"


@pytest.fixture
def project() -> Project:
    return make_project()


@pytest.mark.both_engines
class TestImportTesters:
    @pytest.mark.shared_data
    def test_takes_the_real_list_without_its_total(
        self, shared_data_folder: Path, project: Project
    ) -> None:
        path = shared_data_folder / REAL / "uat-tester-assignments.csv"
        run, ledger = import_path(path, project=project)
        assert (run.state, run.kind, run.taken, run.refused) == ("DONE", "testers", 18, 0)
        assert [(skip.row, skip.reason) for skip in ledger.skips] == [(21, "a total, not data")]
        assert Person.objects.filter(project=project).count() == 18
        assert Department.objects.filter(project=project).count() == 11
        due = Assignment.objects.filter(project=project).values_list("scenarios_due", flat=True)
        assert sum(number or 0 for number in due) == 50
        again, _ = import_path(path, project=project)
        assert (again.taken, again.unchanged) == (0, 18)

    def test_takes_our_own_list(self, project: Project) -> None:
        run, _ = import_path(FIXTURES / "testers.csv", project=project)
        assert (run.state, run.taken, run.skipped) == ("DONE", 2, 1)
        ada = Person.objects.get(project=project, external_id="ada.young@example.com")
        assert ada.department is not None
        assert (ada.name, ada.job_title, ada.department.name) == ("Ada Young", "Clerk", "Sales")

    def test_finds_the_person_who_is_there_by_e_mail(self, project: Project) -> None:
        there = make_person(project=project, email="ada.young@example.com", external_id="007")
        import_path(FIXTURES / "testers.csv", project=project)
        assert Assignment.objects.filter(person=there).exists()
        assert Person.objects.filter(project=project).count() == 2

    def test_assigns_a_process_in_a_window(self, project: Project) -> None:
        process = make_process(project=project, code="10.10")
        sheet = text_of(HEADING, "Ada,,10.10,2026-05-01,2026-05-31,4")
        import_content(sheet, project=project)
        row = Assignment.objects.get(project=project)
        assert (row.process, str(row.from_date), row.scenarios_due) == (process, "2026-05-01", 4)

    @pytest.mark.parametrize(
        ("row", "why"),
        [
            ("Ada,nonsense,,,,1", "Email: is no e-mail address"),
            ("Ada,,99,,,1", "Process: is no process of this project"),
            ("Ada,,,2026-05-02,2026-05-01,1", "To: lies before the start"),
            ("Ada,,,,,many", "Total Tests Assigned: is not a number"),
            ("Ada,,,,,-1", "Total Tests Assigned: is not a whole number from 0 to 1000000"),
        ],
    )
    def test_refuses_what_cannot_be(self, project: Project, row: str, why: str) -> None:
        run, ledger = import_content(text_of(HEADING, row), project=project)
        assert run.state == "REFUSED"
        assert [f"{one.column}: {one.reason}" for one in ledger.refusals] == [why]

    def test_refuses_somebody_who_is_assigned_twice(self, project: Project) -> None:
        sheet = text_of(HEADING, "Ada,,,,,1", "Ada,,,,,2")
        _, ledger = import_content(sheet, project=project)
        assert ledger.refusals[0].reason == "is assigned in row 2 already"
