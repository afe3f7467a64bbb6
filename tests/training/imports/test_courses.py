"""Courses come in with the job roles that need them."""

from datetime import date

import pytest

from governance.models import Project
from tests.factories import NOW, make_process, make_project
from tests.importing import FIXTURES, import_content, import_path, text_of
from training.models import Course, JobRole, Requirement

pytestmark = pytest.mark.django_db
HEADING = "Course code,Course name,Process code,Version,Has check,Required for,Mandatory,Due date"


@pytest.fixture
def project() -> Project:
    return make_project()


@pytest.mark.both_engines
class TestImportCourses:
    def test_adds_courses_roles_and_requirements(self, project: Project) -> None:
        run, ledger = import_path(FIXTURES / "courses.csv", project=project)
        assert (run.state, run.kind, run.taken, ledger.refusals) == ("DONE", "courses", 2, [])
        orders = Course.objects.get(project=project, code="C-10")
        assert (orders.name, orders.version, orders.has_check) == ("Taking orders", "2", True)
        needs = Requirement.objects.filter(project=project).order_by("course__code", "job_role")
        assert {(row.job_role.name, row.course.code, row.is_mandatory) for row in needs} == {
            ("Order entry", "C-10", True),
            ("Key user", "C-10", True),
            ("Key user", "C-20", False),
        }
        assert needs[0].due_date == date(2026, 6, 30)

    def test_changes_nothing_the_second_time(self, project: Project) -> None:
        import_path(FIXTURES / "courses.csv", project=project)
        JobRole.objects.filter(project=project, code="Key user").update(name="Key users, renamed")
        run, _ = import_path(FIXTURES / "courses.csv", project=project)
        assert (run.taken, run.unchanged) == (0, 2)
        assert JobRole.objects.filter(project=project, name="Key users, renamed").exists()

    def test_dates_a_version_that_replaces_another(self, project: Project) -> None:
        import_content(text_of(HEADING, "C,Course,,1,,,,"), project=project)
        run, _ = import_content(text_of(HEADING, "C,Course,,2,,,,"), project=project)
        row = Course.objects.get(project=project)
        assert (run.taken, row.version, row.version_at) == (1, "2", NOW)

    def test_hangs_a_course_on_a_process(self, project: Project) -> None:
        process = make_process(project=project, code="65.10")
        import_content(text_of(HEADING, "C,Course,65.10,,,,,"), project=project)
        assert Course.objects.get(project=project).process == process

    @pytest.mark.parametrize(
        ("row", "why"),
        [
            ("C,Course,99,,,,,", "Process code: is no process of this project"),
            ("C,,,,,,,", "Course name: is empty"),
            ("C,Course,,,perhaps,,,", "Has check: is neither yes nor no"),
            ("C,Course,,,,R,,2026-13-01", "Due date: is a date that does not exist"),
            (f"C,Course,,,,{'x' * 101},,", "Required for: lists something of more than 100 signs"),
        ],
    )
    def test_refuses_what_cannot_be(self, project: Project, row: str, why: str) -> None:
        run, ledger = import_content(text_of(HEADING, row), project=project)
        assert run.state == "REFUSED"
        assert [f"{one.column}: {one.reason}" for one in ledger.refusals] == [why]

    def test_refuses_a_course_that_is_twice(self, project: Project) -> None:
        sheet = text_of(HEADING, "C,Course,,,,,,", "C,Other,,,,,,")
        _, ledger = import_content(sheet, project=project)
        assert ledger.refusals[0].reason == "is the course of row 2 too"


class TestImportModules:
    def test_asks_when_a_presentation_started(self, project: Project) -> None:
        for name in ("courses.csv", "assessments.csv"):
            run, _ = import_path(FIXTURES / "modules" / name, project=project)
            assert run.state == "REFUSED"
            assert "the start of 2025B, 2025J" in run.message

    def test_refuses_a_start_that_is_no_date(self, project: Project) -> None:
        path = FIXTURES / "modules" / "courses.csv"
        run, _ = import_path(path, project=project, starts={"2025B": "soon"})
        assert (run.state, run.message[:24]) == ("REFUSED", "A start is not a date: w")

    def test_counts_days_from_it(self, project: Project) -> None:
        starts = {"2025B": "2025-02-01", "QQQ 2025J": "2025-10-01"}
        for name in ("courses.csv", "assessments.csv"):
            run, _ = import_path(FIXTURES / "modules" / name, project=project, starts=starts)
            assert run.state == "DONE"
        due = Requirement.objects.filter(project=project).values_list(
            "course__code", "job_role__code", "due_date", "is_mandatory"
        )
        assert set(due) == {
            ("QQQ 2025B", "QQQ 2025B", date(2025, 5, 12), True),
            ("QQQ 2025J", "QQQ 2025J", date(2026, 1, 29), True),
            ("assessment 901", "QQQ 2025B", date(2025, 2, 21), True),
            ("assessment 902", "QQQ 2025B", None, False),
            ("assessment 903", "QQQ 2025J", date(2025, 10, 31), True),
        }
