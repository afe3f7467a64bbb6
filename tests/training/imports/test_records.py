"""Training records come in once, whole and dated."""

import io
import time
import zipfile
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from governance.models import ImportRun, Person, Project
from tests.factories import make_project
from tests.importing import FIXTURES, import_content, import_path, text_of
from training.models import (
    Course,
    JobRole,
    JobRoleAssignment,
    Requirement,
    Standing,
    TrainingRecord,
)

pytestmark = pytest.mark.django_db
HEADING = "Person ID,Course code,Result,Date,Score,Max score"
STARTS = {"2025B": "2025-02-01", "2025J": "2025-10-01"}


def packed(folder: Path) -> bytes:
    """Return the files of a folder as one zip file."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.writestr(path.name, path.read_bytes())
    return output.getvalue()


@pytest.fixture
def project() -> Project:
    row = make_project()
    for name in ("courses.csv", "roster.csv"):
        import_path(FIXTURES / name, project=row)
    return row


class TestImportTheRealRecords:
    @pytest.mark.shared_data
    def test_takes_roster_courses_requirements_and_records(self, shared_data_folder: Path) -> None:
        project = make_project()
        content = packed(shared_data_folder / "training" / "oulad_subset")
        began = time.monotonic()
        starts = {"2013J": "2013-10-01", "2014J": "2014-10-01"}
        run, ledger = import_content(
            content, name="oulad.zip", project=project, kind="training", starts=starts
        )
        assert time.monotonic() - began < 60
        assert (run.state, run.taken, ledger.refusals) == ("DONE", 61_211, [])
        assert Person.objects.filter(project=project).count() == 12_400
        assert JobRole.objects.filter(project=project).count() == 12
        assert JobRoleAssignment.objects.filter(project=project).count() == 12_489
        assert Course.objects.filter(project=project).count() == 12 + 37
        assert Requirement.objects.filter(project=project).count() == 12 + 37
        records = TrainingRecord.objects.filter(project=project)
        marks = records.filter(course__code__startswith="assessment")
        assert marks.count() == 36_184
        assert marks.filter(result="ATTENDED", score=None).count() == 18
        finals = Counter(
            records.exclude(course__code__startswith="assessment").values_list("result", flat=True)
        )
        assert finals == {"PASSED": 7_310 + 1_607, "FAILED": 3_572}
        again, _ = import_content(
            content, name="oulad.zip", project=project, kind="auto", starts=starts
        )
        assert (again.state, again.taken, again.unchanged) == ("DONE", 0, 61_211)


@pytest.mark.both_engines
class TestImportModules:
    def imported(self, **options: Any) -> tuple[Project, ImportRun]:
        project = make_project()
        run, _ = import_content(
            packed(FIXTURES / "modules"),
            name="modules.zip",
            project=project,
            kind="training",
            starts=STARTS,
            **options,
        )
        assert run.state == "DONE"
        return project, run

    def test_takes_a_bundle_in_the_order_in_which_facts_build_up(self) -> None:
        project, run = self.imported()
        assert (run.kind, run.taken) == ("training", 2 + 3 + 3 + 3 + 3)
        rows = TrainingRecord.objects.filter(project=project)
        assert set(rows.values_list("person__external_id", "course__code", "result", "score")) == {
            ("11", "assessment 901", "PASSED", Decimal(78)),
            ("12", "assessment 901", "FAILED", Decimal(39)),
            ("11", "assessment 903", "ATTENDED", None),
            ("11", "QQQ 2025B", "PASSED", None),
            ("12", "QQQ 2025B", "FAILED", None),
            ("11", "QQQ 2025J", "PASSED", None),
        }
        handed_in = rows.get(person__external_id="11", course__code="assessment 901")
        assert handed_in.happened_at == datetime(2025, 2, 19, tzinfo=UTC)

    def test_passes_at_the_mark_that_is_asked_for(self) -> None:
        project, _ = self.imported(pass_mark=39)
        row = TrainingRecord.objects.get(project=project, score=39)
        assert row.result == "PASSED"

    @pytest.mark.parametrize("mark", ["lots", "101", "-1"])
    def test_refuses_a_mark_that_is_none(self, mark: str) -> None:
        run, _ = import_content(
            packed(FIXTURES / "modules"),
            project=make_project(),
            kind="training",
            starts=STARTS,
            pass_mark=mark,
        )
        assert run.state == "REFUSED"
        assert "pass_mark" in run.message

    def test_asks_for_the_start_that_marks_alone_need(self) -> None:
        project, _ = self.imported()
        path = FIXTURES / "modules" / "studentAssessment.csv"
        run, _ = import_path(path, project=project)
        assert (run.state, run.message[:46]) == (
            "REFUSED",
            "Days are counted from the start of 2025B, and ",
        )

    @pytest.mark.parametrize(
        ("row", "why"),
        [
            ("999,11,3,50", "id_assessment: is no course of this project"),
            ("901,99,3,50", "id_student: is nobody on the roster"),
            ("901,11,,50", "date_submitted: is empty"),
            ("901,11,3,140", "score: does not lie between 0 and 100"),
            ("903,11,300,50", "date_submitted: lies in the future"),
        ],
    )
    def test_refuses_marks_that_cannot_be(self, row: str, why: str) -> None:
        project, _ = self.imported()
        sheet = text_of("id_assessment,id_student,date_submitted,score", row)
        _, ledger = import_content(sheet, project=project, starts=STARTS)
        assert [f"{one.column}: {one.reason}" for one in ledger.refusals] == [why]

    def test_refuses_results_of_a_presentation_without_a_last_day(self) -> None:
        project = make_project()
        import_path(FIXTURES / "modules" / "studentInfo.csv", project=project, kind="roster")
        sheet = text_of("Course code,Course name", "QQQ 2025B,Module", "QQQ 2025J,Module J")
        import_content(sheet, project=project)
        path = FIXTURES / "modules" / "studentInfo.csv"
        run, ledger = import_path(path, project=project, kind="training")
        assert run.state == "REFUSED"
        assert {one.reason for one in ledger.refusals} == {"has no last day"}

    def test_leaves_out_who_withdrew(self) -> None:
        project, _ = self.imported()
        sheet = text_of(
            "code_module,code_presentation,id_student,final_result", "QQQ,2025B,11,Withdrawn"
        )
        run, _ = import_content(sheet, project=project, kind="training")
        assert (run.state, run.taken) == ("DONE", 0)


@pytest.mark.both_engines
class TestImportRecords:
    def test_takes_our_own_columns(self, project: Project) -> None:
        run, ledger = import_path(FIXTURES / "records.csv", project=project)
        assert (run.state, run.kind, run.taken, ledger.refusals) == ("DONE", "training", 3, [])
        assert ledger.skipped_because() == {"not finished yet": 1}
        rows = TrainingRecord.objects.filter(project=project).order_by("external_id")
        assert [
            (row.person.external_id, row.course.code, row.result, row.score, row.score_max)
            for row in rows
        ] == [
            ("007", "C-10", "ATTENDED", None, None),
            ("007", "C-10", "PASSED", Decimal(45), Decimal(50)),
            ("008", "C-10", "FAILED", Decimal(30), Decimal(100)),
        ]
        assert rows[1].happened_at == datetime(2026, 5, 2, 14, 30, tzinfo=UTC)
        assert rows[0].course_version == "2"
        standing = Standing.objects.get(person__external_id="007", course__code="C-10")
        assert standing.passed_at == rows[1].happened_at

    def test_changes_nothing_the_second_time(self, project: Project) -> None:
        import_path(FIXTURES / "records.csv", project=project)
        run, _ = import_path(FIXTURES / "records.csv", project=project)
        assert (run.taken, run.unchanged, run.skipped) == (0, 3, 1)

    def test_tells_records_without_ids_apart_by_their_content(self, project: Project) -> None:
        sheet = text_of(
            HEADING,
            "007,C-10,failed,2026-05-01,10,",
            "007,C-10,failed,2026-05-01,20,",
            "007,C-10,failed,2026-05-01,20,",
        )
        run, ledger = import_content(sheet, project=project)
        assert (run.taken, ledger.skipped_because()) == (2, {"the same as an earlier row": 1})
        again, _ = import_content(sheet, project=project)
        assert (again.taken, again.unchanged) == (0, 2)


class TestRefuseRecords:
    @pytest.mark.parametrize(
        ("row", "why"),
        [
            ("007,C-10,passed,2026-05-01,140,", "Score: does not lie between 0 and 100"),
            ("007,C-10,passed,2026-05-01,140%,", "Score: does not lie between 0 and 100"),
            ("007,C-10,passed,2026-05-01,-1,", "Score: does not lie between 0 and 100"),
            ("007,C-10,passed,2026-05-01,5,0", "Max score: is no maximum"),
            ("007,C-10,passed,2026-05-01,NaN,", "Score: is not a number"),
            ("007,C-10,passed,2026-05-01,lots,", "Score: is not a number"),
            ("999,C-10,passed,2026-05-01,,", "Person ID: is nobody on the roster"),
            (",C-10,passed,2026-05-01,,", "Person ID: is empty"),
            ("007,C-99,passed,2026-05-01,,", "Course code: is no course of this project"),
            ("007,,passed,2026-05-01,,", "Course code: is empty"),
            ("007,C-10,excellent,2026-05-01,,", "Result: is a word we do not know here"),
            ("007,C-10,passed,2026-02-29,,", "Date: is a date that does not exist"),
            ("007,C-10,passed,,,", "Date: is empty"),
            ("007,C-10,passed,2027-01-01,,", "Date: lies in the future"),
        ],
    )
    def test_that_cannot_be(self, project: Project, row: str, why: str) -> None:
        run, ledger = import_content(text_of(HEADING, row), project=project)
        assert (run.state, run.refused) == ("REFUSED", 1)
        assert [f"{one.column}: {one.reason}" for one in ledger.refusals] == [why]
        assert not TrainingRecord.objects.filter(project=project).exists()

    def test_that_an_earlier_import_told_differently(self, project: Project) -> None:
        import_path(FIXTURES / "records.csv", project=project)
        sheet = text_of(f"{HEADING},Record ID", "007,C-10,Failed,2026-05-02 14:30,45,50,R-2")
        _, ledger = import_content(sheet, project=project)
        assert [(one.column, one.value) for one in ledger.refusals] == [("Result", "FAILED")]

    def test_whose_own_id_is_twice(self, project: Project) -> None:
        sheet = text_of(
            f"{HEADING},Record ID",
            "007,C-10,Failed,2026-05-02,,,R-9",
            "008,C-10,Failed,2026-05-02,,,R-9",
        )
        _, ledger = import_content(sheet, project=project)
        assert ledger.refusals[0].reason == "is in the file twice"

    def test_and_takes_the_rest_when_told(self, project: Project) -> None:
        sheet = text_of(
            HEADING, "007,C-10,passed,2026-05-01,140,", "008,C-10,passed,2026-05-01,50,"
        )
        run, _ = import_content(sheet, project=project, skip_refused=True)
        assert (run.state, run.taken, run.refused) == ("DONE", 1, 1)
        assert TrainingRecord.objects.get(project=project).person.external_id == "008"
