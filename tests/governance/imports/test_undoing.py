"""An import is undone whole: its rows are voided, never deleted, and the past still sees them."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from governance.imports.holds import brought_by
from governance.imports.undoing import UndoRefused, rows_to_void, undo_import, undo_obstacle
from governance.models import (
    BusinessProcess,
    Department,
    ImportChange,
    ImportRun,
    ImportUndo,
    Person,
    Project,
    ProjectMark,
)
from readiness.measurements import take_readings
from readiness.services.checking import check_kept_columns
from tests.factories import make_organisation, make_project, make_user
from tests.importing import FIXTURES, import_content, import_path, text_of
from training.models import JobRole, JobRoleAssignment, Standing, TrainingRecord
from uat.models import Defect, DefectEvent, Execution, Scenario

pytestmark = pytest.mark.django_db
WHY = "The wrong month was exported."
FILES = ("catalogue_plain", "roster", "courses", "records", "runs", "defects", "testers")
RUNS = text_of(
    "Test ID,Test Scenario,Status,Tester,Test Date",
    "T-01,Order by phone,Passed,Ada Young,2026-05-04",
    "T-02,Order by fax,Failed,Ada Young,2026-05-04",
)


def now() -> datetime:
    """Return the clock that stamps the rows: what was known then is what these tests ask."""
    return datetime.now(tz=UTC)


@pytest.fixture
def project() -> Project:
    return make_project()


def undone(run: ImportRun, *, reason: str = WHY, at: datetime | None = None) -> ImportUndo:
    return undo_import(run=run, reason=reason, undone_by=None, undone_at=at or now())


def brought(name: str, project: Project) -> ImportRun:
    run, _ = import_path(FIXTURES / f"{name}.csv", project=project, skip_refused=True, moment=now())
    assert run.state == "DONE"
    return run


def figures(project: Project, as_of: datetime) -> dict[Any, Any]:
    """Return what is measured at a moment, the moment itself left out."""
    readings = take_readings(project_ids=[project.pk], as_of=as_of).by_project[project.pk]
    return {
        key: {name: value for name, value in asdict(reading).items() if name != "as_of"}
        for key, reading in readings.items()
    }


@pytest.mark.both_engines
class TestUndoImport:
    @pytest.mark.parametrize("last", FILES)
    def test_measures_as_before_and_still_answers_for_the_past(
        self, project: Project, last: str
    ) -> None:
        for name in FILES[: FILES.index(last)]:
            brought(name, project)
        before = figures(project, now())
        run = brought(last, project)
        between = now()
        seen = figures(project, between)
        undone(run)
        assert figures(project, now()) == before
        assert figures(project, between) == seen
        assert check_kept_columns(project_ids=[project.pk]) == []

    def test_deletes_nothing(self, project: Project) -> None:
        run = brought("runs", project)
        rows = Execution._base_manager.filter(project=project).count()
        assert rows == 3
        undone(run)
        assert Execution._base_manager.filter(project=project).count() == rows
        assert not Execution.objects.filter(project=project).exists()
        assert not Scenario.objects.filter(project=project).exists()

    def test_takes_the_corrected_file_afterwards(self, project: Project) -> None:
        for _ in range(2):
            run, _ = import_content(RUNS, project=project, affiliation="CLIENT")
            assert (run.state, run.taken) == ("DONE", 2)
            undone(run)
        corrected = RUNS.replace(b"Failed", b"Passed")
        run, _ = import_content(corrected, project=project, affiliation="CLIENT")
        assert (run.state, run.taken) == ("DONE", 2)
        rows = Execution.objects.filter(project=project)
        assert sorted(rows.values_list("result", "edition")) == [("PASSED", 2), ("PASSED", 2)]
        assert {each.latest_result for each in Scenario.objects.filter(project=project)} == {
            "PASSED"
        }

    def test_takes_events_and_records_again(self, project: Project) -> None:
        for name in ("roster", "courses"):
            brought(name, project)
        for name in ("records", "defects", "records", "defects"):
            run = brought(name, project)
            undone(run)
        brought("records", project)
        brought("defects", project)
        assert {row.edition for row in TrainingRecord.objects.filter(project=project)} == {2}
        assert Standing.objects.filter(project=project).exists()
        assert Defect.objects.filter(project=project).count() == 1

    def test_sets_changed_rows_back(self, project: Project) -> None:
        brought("roster", project)
        person = Person.objects.get(project=project, external_id="008")
        changed = text_of(
            "Person ID,Name,Department,Left", "008,Benjamin Ochoa,Planning,2026-05-31"
        )
        run, _ = import_content(changed, project=project)
        assert ImportChange.objects.get(import_run=run).before["left_date"] == "2026-04-30"
        undo = undone(run)
        person.refresh_from_db()
        assert (person.name, str(person.left_date)) == ("Ben Ochoa", "2026-04-30")
        assert person.department is not None
        assert person.department.name == "Warehouse"
        assert not Department.objects.filter(project=project, name="Planning").exists()
        assert undo.counts == {"department": 1, "changed row": 1}

    def test_hangs_moved_processes_back(self, project: Project) -> None:
        brought("catalogue_plain", project)
        moved = text_of(
            "Code,Name,Level,Parent code",
            "20,Plan to produce,End-to-end,",
            "10.10,Sell,Process area,20",
        )
        run, _ = import_content(moved, project=project)
        area = BusinessProcess.objects.get(project=project, code="10.10")
        assert (area.parent_id, area.accountable_id) == (
            BusinessProcess.objects.get(project=project, code="20").pk,
        ) * 2
        undone(run)
        area.refresh_from_db()
        assert area.accountable is not None
        assert area.accountable.code == "10"
        assert area.parent == area.accountable

    def test_opens_a_defect_again_that_an_undone_file_closed(self, project: Project) -> None:
        heading = "Defect ID,Title,Severity,Status,Reported Date,Closed at"
        first = text_of(heading, "D-1,Tax,High,Open,2026-05-01,")
        second = text_of(heading, "D-1,Tax,High,Closed,2026-05-01,2026-05-03")
        import_content(first, project=project)
        run, _ = import_content(second, project=project)
        assert Defect.objects.get(project=project).state == "CLOSED"
        undone(run)
        assert Defect.objects.get(project=project).state == "OPEN"
        assert DefectEvent.objects.filter(project=project).count() == 1

    def test_marks_the_project_so_that_its_gate_is_judged_again(
        self, project: Project, settings: Settings
    ) -> None:
        run = brought("roster", project)
        settings.IMPORT_KINDS = []  # what is derived anew marks it, too
        before = ProjectMark.objects.get(project=project).version
        undone(run)
        assert ProjectMark.objects.get(project=project).version > before

    def test_says_who_undid_it_when_and_why(self, project: Project) -> None:
        run = brought("roster", project)
        actor = make_user(organisation=project.organisation)
        at = now()
        undo = undo_import(run=run, reason=f"  {WHY} ", undone_by=actor, undone_at=at)
        assert (undo.reason, undo.undone_by, undo.undone_at) == (WHY, actor, at)
        assert undo.counts == {
            "department": 2,
            "job role": 2,
            "job role assignment": 3,
            "person": 2,
        }

    def test_is_written_once_for_all(self, project: Project) -> None:
        undo = undone(brought("roster", project))
        with pytest.raises(IntegrityError), transaction.atomic():
            ImportUndo.objects.filter(pk=undo.pk).update(reason="Nothing happened.")


class TestUndoRefused:
    def test_wants_a_reason(self, project: Project) -> None:
        run = brought("roster", project)
        with pytest.raises(UndoRefused, match="Say why") as refused:
            undone(run, reason="  ")
        assert refused.value.field == "reason"

    def test_undoes_an_import_once(self, project: Project) -> None:
        run = brought("roster", project)
        undone(run)
        with pytest.raises(UndoRefused, match="undone already"):
            undone(ImportRun.objects.get(pk=run.pk))

    def test_looks_again_once_it_holds_the_lock(self, project: Project) -> None:
        run = brought("roster", project)
        stale = ImportRun.objects.get(pk=run.pk)
        undone(run)
        stale.__dict__.pop("undo", None)
        assert Person.objects.filter(project=project).count() == 0
        with pytest.raises(UndoRefused, match="undone already"):
            undone(stale)

    def test_has_nothing_to_undo_after_a_check(self, project: Project) -> None:
        run, _ = import_path(FIXTURES / "roster.csv", project=project, dry_run=True)
        assert undo_obstacle(run).startswith("This import wrote nothing")

    def test_has_nothing_to_undo_when_all_was_there(self, project: Project) -> None:
        brought("roster", project)
        assert "there already" in undo_obstacle(brought("roster", project))

    def test_leaves_projects_that_a_portfolio_made(self) -> None:
        organisation = make_organisation()
        run, _ = import_path(
            FIXTURES / "portfolio_plain.csv",
            organisation=organisation,
            kind="portfolio",
            skip_refused=True,
            moment=now() + timedelta(days=1),
        )
        assert run.state == "DONE", run.message
        assert "portfolio" in undo_obstacle(run)

    def test_leaves_imports_from_before_rows_named_their_import(self, project: Project) -> None:
        run = brought("roster", project)
        Person.objects.filter(project=project).update(import_run=None)
        for model in (Department, JobRole, JobRoleAssignment):
            model.objects.filter(project=project).update(import_run=None)
        assert rows_to_void(run, brought=brought_by(run)) == {}
        with pytest.raises(UndoRefused, match="from before"):
            undone(run)
