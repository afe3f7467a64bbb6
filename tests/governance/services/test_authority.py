"""Who asked for a job is looked at again when it is done."""

from collections.abc import Callable

import pytest
from django.conf import settings

from governance.choices import Role, SecurityEventKind
from governance.models import Job, Participation, SecurityEvent, User
from governance.outbox import write_job
from governance.services.authority import NOT_ANY_MORE, actor_of
from governance.services.jobs import JobRefused
from tests.factories import NOW, join
from tests.people import Cast, make_shared_partner_cast

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
WISHED = {"import", "letter", "pack", "render"}
"""What somebody asks for; whoever did is looked at again."""
OF_THE_PRODUCT = {"evaluate", "receipt", "record-mail", "time-stamp", "verify"}
"""What follows from facts: it has no actor, and takes the number of a project, letter or note."""


@pytest.fixture
def cast() -> Cast:
    """Return the cast whose consultant works for both clients."""
    return make_shared_partner_cast()


def job_for(actor: User | None, cast: Cast) -> Job:
    """Return a job in the first project."""
    return write_job(kind="render", key="render:x", actor=actor, project=cast.project)


def anybody(_: User) -> bool:
    """Let everybody."""
    return True


def close(cast: Cast) -> None:
    """Close the account."""
    User.objects.filter(pk=cast.consultant.pk).update(is_active=False)


def take_the_role(cast: Cast) -> None:
    """End the account's role in the project."""
    held = Participation.objects.filter(user=cast.consultant, project=cast.project)
    held.update(ended_at=NOW)


class TestActorOf:
    def test_is_nobody_for_the_products_own_work(self, cast: Cast) -> None:
        assert actor_of(job_for(None, cast), may=anybody) is None

    def test_acts_for_the_client_of_the_job_and_nobody_else(self, cast: Cast) -> None:
        actor = actor_of(job_for(cast.consultant, cast), may=anybody)
        assert actor == cast.consultant
        assert actor is not None
        assert actor.acting_for_id == cast.client.pk

    def test_is_asked_with_the_roles_of_now(self, cast: Cast) -> None:
        asked: list[User] = []

        def may(user: User) -> bool:
            asked.append(user)
            return False

        with pytest.raises(JobRefused, match="may not do it any more"):
            actor_of(job_for(cast.sponsor, cast), may=may)
        assert asked == [cast.sponsor]
        assert asked[0] is not cast.sponsor  # read anew

    @pytest.mark.parametrize("change", [close, take_the_role])
    def test_is_refused_when_something_ended_meanwhile(
        self, cast: Cast, change: Callable[[Cast], None]
    ) -> None:
        job = job_for(cast.consultant, cast)
        change(cast)
        with pytest.raises(JobRefused):
            actor_of(job, may=anybody)
        event = SecurityEvent.objects.get()
        assert (event.kind, event.account) == (SecurityEventKind.REFUSED, cast.consultant)
        assert (event.project, event.terms["reason"]) == (cast.project, NOT_ANY_MORE)

    def test_is_refused_a_project_of_another_client(self, cast: Cast) -> None:
        for user in (cast.other_sponsor, cast.stranger):
            job = write_job(kind="render", key=f"render:{user}", actor=user, project=cast.project)
            with pytest.raises(JobRefused):
                actor_of(job, may=anybody)

    def test_needs_a_role_of_now_not_one_that_was(self, cast: Cast) -> None:
        job = job_for(cast.stranger, cast)
        with pytest.raises(JobRefused):
            actor_of(job, may=anybody)
        join(project=cast.project, user=cast.stranger, role=Role.AUDITOR)
        assert actor_of(job, may=anybody) == cast.stranger


class TestEveryKindOfJob:
    def test_is_somebodys_wish_or_the_products_own(self) -> None:
        assert set(settings.JOB_KINDS) == WISHED | OF_THE_PRODUCT
