"""Wrong attempts to prove who somebody is: counted, noted, told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.cache import cache

from governance.choices import OrganisationKind
from governance.models import Job, SecurityEvent, User
from governance.rendering.letters import run_letter
from governance.services import throttling
from governance.services.accounts import Credentials, IdentityNotProved, prove_identity
from governance.services.attempts import WRONG_ATTEMPTS_ALLOWED
from tests.factories import make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> Iterator[User]:
    """Return an account with an administrator, a colleague, and another client's administrator."""
    cache.clear()
    throttling._own.clear()
    client = make_organisation(name="Northwind Mills")
    make_user(organisation=client, name="Admin", email="admin@mills.example", is_administrator=True)
    make_user(organisation=client, name="Colleague")
    make_user(organisation=make_organisation(), name="Foreign", is_administrator=True)
    partner = make_organisation(name="Integrators", kind=OrganisationKind.PARTNER)
    make_user(organisation=partner, is_administrator=True)
    yield make_user(organisation=client, name="Guessed At", email="guessed@mills.example")
    cache.clear()


def fail(user: User, *, times: int, at: datetime) -> None:
    for _ in range(times):
        with pytest.raises(IdentityNotProved):
            prove_identity(user=user, credentials=Credentials("wrong"), at=at)


def readers() -> list[str]:
    """Send what waits, and return to whom."""
    mail.outbox.clear()
    for job in Job.objects.filter(key__startswith="letter:proofs:", state="PENDING"):
        run_letter(job, moment=datetime.now(UTC))
        Job.objects.filter(pk=job.pk).update(state="DONE")
    return sorted(letter.to[0] for letter in mail.outbox)


class TestWrongAttempts:
    def test_four_are_noted_and_told_to_nobody(self, user: User) -> None:
        fail(user, times=WRONG_ATTEMPTS_ALLOWED - 1, at=datetime.now(UTC))
        assert SecurityEvent.objects.filter(kind="PROOF_FAILED").count() == 4
        assert not readers()

    def test_the_fifth_is_told_to_the_account_and_its_own_administrators(self, user: User) -> None:
        fail(user, times=WRONG_ATTEMPTS_ALLOWED, at=datetime.now(UTC))
        assert SecurityEvent.objects.filter(terms__urgent=True).count() == 1
        assert readers() == ["admin@mills.example", "guessed@mills.example"]
        own, other = sorted(mail.outbox, key=lambda letter: letter.to[0], reverse=True)
        assert "signed in as you failed 5 times" in own.body
        assert "signed in as Guessed At failed 5 times" in other.body
        assert "wrong" not in own.body

    def test_is_told_once_an_hour_at_most(self, user: User) -> None:
        now = datetime.now(UTC)
        for minutes in (0, 10, 20, 50):
            fail(user, times=WRONG_ATTEMPTS_ALLOWED + 2, at=now + timedelta(minutes=minutes))
        assert len(readers()) == 2
        fail(user, times=WRONG_ATTEMPTS_ALLOWED, at=now + timedelta(minutes=61))
        assert len(readers()) == 2
        assert SecurityEvent.objects.filter(terms__urgent=True).count() == 5

    def test_speaks_each_readers_language(self, user: User) -> None:
        User.objects.filter(pk=user.pk).update(language="de")
        fail(user, times=WRONG_ATTEMPTS_ALLOWED, at=datetime.now(UTC))
        readers()
        bodies = {letter.to[0]: letter.body for letter in mail.outbox}
        assert "konnte sich 5-mal nicht ausweisen" in bodies["guessed@mills.example"]
        assert "failed 5 times" in bodies["admin@mills.example"]

    def test_an_account_that_administers_is_told_once(self, user: User) -> None:
        admin = User.objects.get(email="admin@mills.example")
        fail(admin, times=WRONG_ATTEMPTS_ALLOWED, at=datetime.now(UTC))
        assert readers() == ["admin@mills.example"]
