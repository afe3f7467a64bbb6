"""People come in with their departments and job roles."""

from datetime import date

import pytest

from governance.models import Department, Person, Project
from tests.factories import make_person, make_project
from tests.importing import FIXTURES, import_content, import_path, text_of, workbook_of
from training.models import JobRoleAssignment

pytestmark = pytest.mark.django_db
HEADING = "Person ID,Name,Email,Joined,Left"


@pytest.fixture
def project() -> Project:
    return make_project()


@pytest.mark.both_engines
class TestImportTheRoster:
    def test_adds_people_departments_and_roles(self, project: Project) -> None:
        run, ledger = import_path(FIXTURES / "roster.csv", project=project)
        assert (run.state, run.kind, run.taken, ledger.refusals) == ("DONE", "roster", 2, [])
        ben = Person.objects.select_related("department").get(project=project, external_id="008")
        assert ben.department is not None
        assert (ben.name, ben.site, ben.department.name) == ("Ben Ochoa", "Leeds", "Warehouse")
        assert (ben.joined_date, ben.left_date) == (date(2019, 5, 1), date(2026, 4, 30))
        held = JobRoleAssignment.objects.filter(project=project)
        assert set(held.values_list("person__external_id", "job_role__name")) == {
            ("007", "Order entry"),
            ("007", "Key user"),
            ("008", "Order entry"),
        }

    def test_changes_nothing_the_second_time(self, project: Project) -> None:
        import_path(FIXTURES / "roster.csv", project=project)
        run, _ = import_path(FIXTURES / "roster.csv", project=project)
        assert (run.taken, run.unchanged) == (0, 2)

    def test_changes_what_changed_and_keeps_what_is_left_empty(self, project: Project) -> None:
        import_path(FIXTURES / "roster.csv", project=project)
        sheet = text_of("Person ID,Name,Site", "007,Ada Old,")
        run, _ = import_content(sheet, project=project)
        row = Person.objects.get(project=project, external_id="007")
        assert (run.taken, row.name, row.site) == (1, "Ada Old", "Leeds")
        assert Department.objects.filter(project=project).count() == 2

    def test_reads_a_whole_number_of_a_workbook_as_it_is_shown(self, project: Project) -> None:
        book = workbook_of(["Person ID", "Name", "Joined"], [4711, "Ada", date(2020, 1, 2)])
        run, _ = import_content(book, project=project, name="roster.xlsx")
        assert run.state == "DONE"
        row = Person.objects.get(project=project)
        assert (row.external_id, row.joined_date) == ("4711", date(2020, 1, 2))

    @pytest.mark.parametrize(
        ("row", "why"),
        [
            (
                "1,Ada,,2026-02-01,2026-01-31",
                "Left: means leaving on 2026-01-31 before joining on 2026-02-01",
            ),
            ("1,Ada,nonsense,,", "Email: is no e-mail address"),
            ("1,Ada,,2026-02-30,", "Joined: is a date that does not exist"),
            ("1,,,,", "Name: is empty"),
            (",Ada,,,", "Person ID: is empty"),
        ],
    )
    def test_refuses_what_cannot_be(self, project: Project, row: str, why: str) -> None:
        run, ledger = import_content(text_of(HEADING, row), project=project)
        assert run.state == "REFUSED"
        assert [f"{one.column}: {one.reason}" for one in ledger.refusals] == [why]
        assert not Person.objects.filter(project=project).exists()

    def test_refuses_leaving_before_the_joining_that_is_on_record(self, project: Project) -> None:
        make_person(project=project, external_id="1", joined_date=date(2026, 2, 1))
        run, ledger = import_content(text_of(HEADING, "1,Ada,,,2026-01-31"), project=project)
        assert (run.state, ledger.refusals[0].column) == ("REFUSED", "Left")

    def test_refuses_joining_after_the_leaving_that_is_on_record(self, project: Project) -> None:
        make_person(project=project, external_id="1", left_date=date(2026, 1, 31))
        run, ledger = import_content(text_of(HEADING, "1,Ada,,2026-02-01,"), project=project)
        assert (run.state, ledger.refusals[0].column) == ("REFUSED", "Joined")

    def test_refuses_somebody_who_is_twice(self, project: Project) -> None:
        _, ledger = import_content(text_of(HEADING, "1,Ada,,,", "1,Ben,,,"), project=project)
        assert ledger.refusals[0].reason == "is the person of row 2 too"


class TestImportParticipants:
    STARTS = {"2025B": "2025-02-01", "2025J": "2025-10-01"}

    def test_takes_nothing_personal_but_the_region(self, project: Project) -> None:
        import_path(FIXTURES / "modules" / "studentInfo.csv", project=project, kind="roster")
        row = Person.objects.get(project=project, external_id="11")
        assert (row.name, row.site, row.job_title, row.email) == ("Student 11", "North", "", "")

    def test_dates_their_roles_by_the_registration(self, project: Project) -> None:
        path = FIXTURES / "modules" / "studentRegistration.csv"
        run, _ = import_path(path, project=project, starts=self.STARTS)
        assert (run.state, run.kind, run.taken) == ("DONE", "roster", 3)
        held = JobRoleAssignment.objects.filter(project=project).order_by("pk")
        assert set(
            held.values_list("person__external_id", "job_role__code", "from_date", "to_date")
        ) == {
            ("11", "QQQ 2025B", date(2025, 1, 12), None),
            ("12", "QQQ 2025B", date(2025, 1, 27), date(2025, 4, 2)),
            ("11", "QQQ 2025J", date(2025, 9, 30), None),
        }

    @pytest.mark.parametrize(
        ("rows", "why"),
        [
            (("QQQ,2025B,11,5,2",), "date_unregistration: lies before the registration"),
            (("QQQ,2025B,,5,",), "id_student: is empty"),
            (
                ("QQQ,2025B,11,5,", "QQQ,2025B,11,6,"),
                "id_student: is in row 2 for the same presentation",
            ),
            (
                ("QQQ,2025B,11,soon,",),
                "date_registration: is not a number",
            ),
            (
                ("QQQ,2025B,11,99999,",),
                "date_registration: is not a whole number from -3650 to 3650",
            ),
        ],
    )
    def test_refuses_what_cannot_be(
        self, project: Project, rows: tuple[str, ...], why: str
    ) -> None:
        heading = "code_module,code_presentation,id_student,date_registration,date_unregistration"
        _, ledger = import_content(text_of(heading, *rows), project=project, starts=self.STARTS)
        assert [f"{one.column}: {one.reason}" for one in ledger.refusals] == [why]
