"""What verifying found is written down, freezes the gates, and is told once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance.choices import SecurityEventKind
from governance.models import Job, Project, ProjectMark, RecordCheck, SecurityEvent
from governance.record.checking import KEPT_OUTSIDE
from governance.services.freezing import (
    freezes_at,
    is_frozen,
    records_frozen,
    records_never_verified,
)
from governance.services.record_checks import (
    due_projects,
    note_check,
    run_verify,
    verify_and_note,
)
from governance.services.verifying import Verification
from tests.factories import make_organisation, make_project, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
NOW = timezone.now() + timedelta(minutes=1)
DAY = timedelta(days=1)
WRONG = ("entry 1: its text was changed", "entry 2: it is older than the entry before it")


@pytest.fixture
def project() -> Project:
    """Return a project of a client with two administrators."""
    client = make_organisation()
    for number in range(2):
        make_user(organisation=client, name=f"Admin {number}", is_administrator=True)
    return make_project(organisation=client)


def found(project: Project, *findings: str, with_outside: bool = False) -> Verification:
    """Return what verifying found."""
    return Verification(project=project, size=7, findings=findings, with_outside=with_outside)


class TestNoteCheck:
    def test_writes_what_was_found_once_a_day_and_when_it_is_new(self, project: Project) -> None:
        assert note_check(found(project), moment=NOW) is not None
        assert note_check(found(project), moment=NOW) is None
        assert note_check(found(project, *WRONG), moment=NOW) is not None
        assert note_check(found(project, *WRONG), moment=NOW) is None
        assert note_check(found(project, *WRONG), moment=NOW + DAY) is not None
        newest = RecordCheck.objects.newest_first()[0]
        assert (newest.is_sound, newest.size, newest.reason) == (False, 7, "\n".join(WRONG))

    def test_marks_the_project_when_the_gates_freeze_and_open(self, project: Project) -> None:
        versions = []
        for findings in ((), WRONG, WRONG[:1], ()):
            note_check(found(project, *findings), moment=NOW)
            versions.append(ProjectMark.objects.get(project=project).version)
        assert [later - versions[0] for later in versions] == [0, 1, 1, 2]

    def test_tells_the_administrators_once(self, project: Project) -> None:
        for moment in (NOW, NOW + DAY):
            note_check(found(project, *WRONG), moment=moment)
        assert Job.objects.filter(kind="record-mail").count() == 2
        event = SecurityEvent.objects.get(kind=SecurityEventKind.RECORD_UNSOUND)
        assert event.terms == {"name": project.name, "why": WRONG[0], "urgent": True}
        note_check(found(project), moment=NOW)
        assert SecurityEvent.objects.filter(kind=SecurityEventKind.RECORD_SOUND_AGAIN).exists()
        assert Job.objects.filter(kind="record-mail").count() == 2

    def test_keeps_what_only_something_kept_outside_has_shown(self, project: Project) -> None:
        cut = f"{KEPT_OUTSIDE} (a.txt): the end was cut off"
        note_check(found(project, cut, with_outside=True), moment=NOW)
        note_check(found(project), moment=NOW + DAY)
        assert is_frozen(project)
        assert due_projects(moment=NOW) == []
        note_check(found(project, with_outside=True), moment=NOW + DAY)
        assert not is_frozen(project)


class TestFreezesAt:
    def test_is_what_was_known_at_a_moment(self, project: Project) -> None:
        other = make_project()
        ids = [project.pk, other.pk]
        before = timezone.now() - timedelta(minutes=5)
        note_check(found(project, *WRONG), moment=NOW)
        note_check(found(other), moment=NOW)
        assert freezes_at(project_ids=ids, as_of=NOW + DAY) == {project.pk: WRONG[0]}
        assert freezes_at(project_ids=ids, as_of=before) == {}
        note_check(found(project), moment=NOW)
        assert freezes_at(project_ids=ids, as_of=NOW + DAY) == {}

    def test_is_told_of_all_projects_together(self, project: Project) -> None:
        assert (records_frozen(), records_never_verified()) == (False, True)
        note_check(found(project, *WRONG), moment=NOW)
        assert (records_frozen(), records_never_verified()) == (True, False)


class TestDueProjects:
    def test_are_those_nobody_looked_at_since_their_own_midnight(self, project: Project) -> None:
        assert due_projects(moment=NOW) == [project]
        verify_and_note([project], moment=NOW)
        assert due_projects(moment=timezone.now()) == []
        assert due_projects(moment=NOW + DAY) == [project]


class TestRunVerify:
    def test_looks_at_every_record(self, project: Project) -> None:
        other = make_project()
        job = Job.objects.create(kind="verify", key="k")
        run_verify(job, moment=NOW)
        checks = RecordCheck.objects.values_list("project", "is_sound")
        assert sorted(checks) == [(project.pk, True), (other.pk, True)]
