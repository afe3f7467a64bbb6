"""Checkpoints leave the house every night, and the age of the newest one is known."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from governance.choices import AnchorKind, RecordKind, Role
from governance.models import Anchor, Checkpoint, Job, Project, RecordHead, User
from governance.record.checkpoints import checkpoint_of
from governance.record.log import Deed, append
from governance.services.anchoring import anchor_age, write_due_checkpoints
from tests.factories import join, make_organisation, make_project, make_user
from tests.governance.services.test_freezing import freeze

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def admin() -> User:
    """Return the administrator of a client."""
    return make_user(organisation=make_organisation(), name="Ada", is_administrator=True)


@pytest.fixture
def project(admin: User) -> Project:
    """Return a project with a sponsor and a log."""
    project = make_project(organisation=admin.organisation, slug="orion", time_zone="UTC")
    sponsor = make_user(organisation=admin.organisation, name="Sponsor")
    join(project=project, user=sponsor, role=Role.SPONSOR)
    grow(project)
    return project


def grow(project: Project) -> RecordHead:
    """Append one entry."""
    return append(Deed(kind=RecordKind.EXPORTED, actor=None), project=project).head


def anchored(project: Project, *, kind: str = AnchorKind.MAIL, ago: timedelta = HOUR) -> Anchor:
    """Write that the newest checkpoint left the house a while ago."""
    head = RecordHead.objects.get(project=project)
    return Anchor.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        checkpoint=checkpoint_of(head),
        kind=kind,
        anchored_at=timezone.now() - ago,
    )


def tomorrow(days: int = 1) -> datetime:
    """Return a moment at which everything up to now is of an earlier day."""
    return timezone.now() + days * DAY


class TestAnchorAge:
    def test_is_never_and_late_before_anything_left(self, project: Project) -> None:
        age = anchor_age(project)
        assert (age.until, age.anchored_at) == (0, None)
        assert age.is_late(timezone.now())

    def test_of_an_empty_record_is_late_too(self, admin: User) -> None:
        empty = make_project(organisation=admin.organisation)
        assert anchor_age(empty).is_late(timezone.now())

    @pytest.mark.parametrize(("ago", "is_late"), [(47 * HOUR, False), (49 * HOUR, True)])
    def test_is_late_after_two_days_while_entries_wait(
        self, project: Project, ago: timedelta, is_late: bool
    ) -> None:
        anchored(project, ago=ago)
        grow(project)
        age = anchor_age(project)
        assert (age.size - age.until, age.is_late(timezone.now())) == (1, is_late)

    def test_is_not_late_while_nothing_was_added(self, project: Project) -> None:
        anchored(project, ago=30 * DAY)
        assert not anchor_age(project).is_late(timezone.now())

    def test_counts_receipts_and_takes_what_covers_most(self, project: Project) -> None:
        anchored(project, kind=AnchorKind.RECEIPT, ago=9 * HOUR)
        first = anchor_age(project).until
        grow(project)
        newest = anchored(project, kind=AnchorKind.RECEIPT, ago=DAY)
        age = anchor_age(project)
        assert (age.until, age.anchored_at) == (first + 1, newest.anchored_at)


class TestWriteDueCheckpoints:
    def test_waits_for_the_night(self, project: Project) -> None:
        assert write_due_checkpoints(moment=timezone.now()) == []
        (job,) = write_due_checkpoints(moment=tomorrow())
        assert job.key == f"checkpoints:{project.organisation.public_id}:{tomorrow().date()}"
        assert Checkpoint.objects.get().size == RecordHead.objects.get().size

    def test_writes_one_mail_for_each_client_and_night(self, project: Project) -> None:
        grow(make_project(organisation=project.organisation))
        grow(make_project())
        assert len(write_due_checkpoints(moment=tomorrow())) == 2
        assert write_due_checkpoints(moment=tomorrow()) == []
        assert Job.objects.filter(kind="record-mail").count() == 2

    def test_sends_nothing_of_a_record_that_did_not_grow(self, project: Project) -> None:
        anchored(project)
        assert write_due_checkpoints(moment=tomorrow()) == []
        grow(project)
        assert len(write_due_checkpoints(moment=tomorrow())) == 1

    def test_vouches_for_no_record_that_does_not_verify(self, project: Project) -> None:
        freeze(project)
        assert write_due_checkpoints(moment=tomorrow()) == []
        assert not Checkpoint.objects.exists()

    def test_goes_on_without_the_key(self, project: Project) -> None:
        RecordHead.objects.update(key="another+key")
        assert write_due_checkpoints(moment=tomorrow()) == []

    def test_tries_again_the_next_night_what_was_not_sent(self, project: Project) -> None:
        write_due_checkpoints(moment=tomorrow())
        assert len(write_due_checkpoints(moment=tomorrow(2))) == 1
