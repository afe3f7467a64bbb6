"""One mail per account and day: sent at most once, and lost to no refusal."""

import smtplib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from pytest_django import Settings

from governance.models import User
from governance.services.post import Letter
from readiness.choices import DigestState
from readiness.models import Digest
from readiness.services.digests import (
    choose_digest,
    due_digests,
    post_digests,
    slot_of,
    write_due_digests,
)
from tests.factories import make_organisation, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
MONDAY = datetime(2026, 6, 1, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class Stubborn(BaseEmailBackend):
    """A mail server that does what a test says: raises on opening or on sending."""

    on_open: list[Exception] = []
    on_send: list[Exception] = []
    sent: list[str] = []

    def open(self) -> bool:
        """Let nobody in as long as there is a reason."""
        if self.on_open:
            raise self.on_open.pop(0)
        return True

    def send_messages(self, email_messages: Any) -> int:
        """Take the letter unless there is a reason not to."""
        if self.on_send:
            raise self.on_send.pop(0)
        self.sent.extend(message.to[0] for message in email_messages)
        return 1


@pytest.fixture(autouse=True)
def server(settings: Settings) -> Iterator[type[Stubborn]]:
    """Return the mail server of a test, in a good mood."""
    settings.EMAIL_BACKEND = f"{__name__}.Stubborn"
    settings.DIGEST_HOUR = 7
    Stubborn.on_open, Stubborn.on_send, Stubborn.sent = [], [], []
    yield Stubborn
    mail.outbox = []


@pytest.fixture
def user() -> User:
    """Return an account that was there before."""
    return make_account()


def make_account(**fields: Any) -> User:
    """Return an account made long ago."""
    found = make_user(organisation=make_organisation(), **fields)
    User.objects.filter(pk=found.pk).update(created_at=LONG_AGO)
    found.refresh_from_db()
    return found


def letter_to(user: User, at: datetime, day: date) -> list[Letter]:
    """Return a letter that lists two things."""
    return [Letter(to=user.email, subject="Two", text="Two", html="<p>Two</p>", things=2)]


def nothing(user: User, at: datetime, day: date) -> list[Letter]:
    """Find nothing to do."""
    return []


def broken(user: User, at: datetime, day: date) -> list[Letter]:
    """Fail on the way."""
    raise RuntimeError("a template is gone")


def sweep(now: datetime = MONDAY, **composing: Any) -> dict[str, int]:
    """Write and send what is due."""
    write_due_digests(now=now)
    return dict(post_digests(now=now, compose=composing.get("compose", letter_to)))


def state() -> str:
    """Return how far the one digest has come."""
    return Digest.objects.get().state


class TestSlotOf:
    @pytest.mark.parametrize(
        ("zone", "now", "moment"),
        [
            ("UTC", MONDAY, MONDAY),
            ("UTC", MONDAY - timedelta(seconds=1), MONDAY - timedelta(days=1)),
            ("UTC", MONDAY + timedelta(hours=23), MONDAY),
            ("Europe/Oslo", MONDAY, MONDAY - 2 * HOUR),
            ("America/New_York", MONDAY, MONDAY + 4 * HOUR - timedelta(days=1)),
            ("Pacific/Kiritimati", MONDAY, MONDAY - 14 * HOUR),
            ("Nowhere/At all", MONDAY, MONDAY),
        ],
    )
    def test_is_the_newest_one_in_the_accounts_own_zone(
        self, zone: str, now: datetime, moment: datetime
    ) -> None:
        assert slot_of(zone, now=now).moment == moment

    def test_is_at_the_hour_that_was_chosen(self) -> None:
        assert slot_of("UTC", now=MONDAY, hour=16).moment == MONDAY - 15 * HOUR
        assert slot_of("UTC", now=MONDAY, hour=0).moment == MONDAY - 7 * HOUR

    def test_keeps_the_hour_when_the_clocks_change(self) -> None:
        assert slot_of("Europe/Oslo", now=datetime(2026, 3, 30, 6, 0, tzinfo=UTC)).moment == (
            datetime(2026, 3, 30, 5, 0, tzinfo=UTC)
        )


class TestWriteDueDigests:
    def test_writes_one_per_account_and_day(self, user: User) -> None:
        other = make_account(time_zone="America/New_York")
        User.objects.filter(pk=other.pk).update(created_at=MONDAY)
        assert write_due_digests(now=MONDAY) == 1
        assert write_due_digests(now=MONDAY + HOUR) == 0
        assert write_due_digests(now=MONDAY + 5 * HOUR) == 1
        assert write_due_digests(now=MONDAY + timedelta(days=1)) == 1
        assert Digest.objects.filter(user=user).count() == 2

    def test_writes_none_twice_a_day_for_who_changes_the_hour(self, user: User) -> None:
        assert write_due_digests(now=MONDAY) == 1
        choose_digest(user=user, is_wanted=True, hour=9, changed_at=MONDAY + HOUR)
        assert write_due_digests(now=MONDAY + 2 * HOUR) == 0
        assert write_due_digests(now=MONDAY + 25 * HOUR) == 0
        assert write_due_digests(now=MONDAY + 26 * HOUR) == 1

    def test_leaves_out_who_left_who_wants_none_and_who_came_later(self, user: User) -> None:
        make_account(is_active=False)
        choose_digest(user=make_account(), is_wanted=False, changed_at=LONG_AGO)
        back = make_account()
        choose_digest(user=back, is_wanted=True, changed_at=MONDAY + HOUR)
        make_user(organisation=make_organisation())
        found = due_digests(now=MONDAY + 2 * HOUR)
        assert [digest.user for digest in found] == [user]

    def test_is_refused_a_second_time_by_the_table(self, user: User) -> None:
        write_due_digests(now=MONDAY)
        (digest,) = Digest.objects.all()
        digest.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            digest.save(force_insert=True)

    def test_says_when_it_was_sent(self, user: User) -> None:
        write_due_digests(now=MONDAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            Digest.objects.update(state=DigestState.SENT)


class TestPostDigests:
    def test_sends_once(self, user: User, server: type[Stubborn]) -> None:
        assert sweep() == {"SENT": 1}
        assert sweep() == sweep(MONDAY + HOUR) == {}
        assert server.sent == [user.email]
        digest = Digest.objects.get()
        assert (digest.things, digest.attempts, digest.ended_at) == (2, 1, MONDAY)
        assert str(digest).endswith("SENT")

    def test_sends_nothing_when_there_is_nothing_to_do(
        self, user: User, server: type[Stubborn]
    ) -> None:
        assert sweep(compose=nothing) == {"EMPTY": 1}
        assert sweep() == {}
        assert server.sent == []

    def test_sends_nothing_to_who_left_or_stopped_it_meanwhile(
        self, user: User, server: type[Stubborn]
    ) -> None:
        other = make_account()
        write_due_digests(now=MONDAY)
        User.objects.filter(pk=user.pk).update(is_active=False)
        choose_digest(user=other, is_wanted=False, changed_at=MONDAY)
        assert sweep() == {"NOT_WANTED": 2}
        assert server.sent == []

    @pytest.mark.parametrize(
        "refusal",
        [
            smtplib.SMTPDataError(451, b"greylisted"),
            smtplib.SMTPSenderRefused(550, b"who are you", "x@y"),
            smtplib.SMTPRecipientsRefused({"x@y": (550, b"no such box")}),
        ],
    )
    def test_loses_nothing_to_a_server_that_refuses(
        self, user: User, server: type[Stubborn], refusal: Exception
    ) -> None:
        server.on_send = [refusal, refusal]
        assert sweep() == {"WAITING": 1}
        assert "x@y" not in Digest.objects.get().error
        assert sweep(MONDAY + timedelta(minutes=5)) == {}
        assert sweep(MONDAY + timedelta(minutes=31)) == {"WAITING": 1}
        assert sweep(MONDAY + 3 * HOUR) == {"SENT": 1}
        assert server.sent == [user.email]

    @pytest.mark.parametrize(
        "reason", [ConnectionRefusedError(), smtplib.SMTPAuthenticationError(535, b"no")]
    )
    def test_lets_all_wait_while_no_server_is_there(
        self, user: User, server: type[Stubborn], reason: Exception
    ) -> None:
        make_account()
        server.on_open = [reason]
        assert sweep() == {}
        assert set(Digest.objects.values_list("state", flat=True)) == {DigestState.WAITING}
        assert sweep(MONDAY + timedelta(minutes=5)) == {"SENT": 2}
        assert len(server.sent) == 2

    @pytest.mark.parametrize("loss", [smtplib.SMTPServerDisconnected(), TimeoutError()])
    def test_never_sends_again_what_may_have_arrived(
        self, user: User, server: type[Stubborn], loss: Exception
    ) -> None:
        server.on_send = [loss]
        assert sweep() == {"UNKNOWN": 1}
        assert sweep(MONDAY + HOUR) == {}
        assert server.sent == []
        assert sweep(MONDAY + timedelta(days=1)) == {"SENT": 1}

    def test_never_sends_again_what_a_dead_worker_had_taken(
        self, user: User, server: type[Stubborn]
    ) -> None:
        write_due_digests(now=MONDAY)
        Digest.objects.update(state=DigestState.SENDING, taken_at=MONDAY)
        assert sweep(MONDAY + timedelta(minutes=29)) == {}
        assert sweep(MONDAY + timedelta(minutes=31)) == {"UNKNOWN": 1}
        assert server.sent == []

    def test_leaves_a_digest_to_whoever_took_it_first(
        self, user: User, server: type[Stubborn]
    ) -> None:
        def taken_meanwhile(user: User, at: datetime, day: date) -> list[Letter]:
            Digest.objects.update(state=DigestState.SENDING, taken_at=at)
            return letter_to(user, at, day)

        assert sweep(compose=taken_meanwhile) == {"TAKEN": 1}
        assert (server.sent, state()) == ([], DigestState.SENDING)

    @pytest.mark.parametrize("ending", [nothing, broken])
    def test_moves_no_digest_that_another_has_taken(
        self, user: User, server: type[Stubborn], ending: Any
    ) -> None:
        def taken_meanwhile(user: User, at: datetime, day: date) -> list[Letter]:
            Digest.objects.update(state=DigestState.SENDING, taken_at=at)
            found: list[Letter] = ending(user, at, day)
            return found

        assert sweep(compose=taken_meanwhile) == {"TAKEN": 1}
        assert (server.sent, state()) == ([], DigestState.SENDING)

    def test_goes_on_with_the_others_when_one_cannot_be_written(
        self, user: User, server: type[Stubborn]
    ) -> None:
        other = make_account()

        def for_one(user_: User, at: datetime, day: date) -> list[Letter]:
            return letter_to(user_, at, day) if user_ == other else broken(user_, at, day)

        assert sweep(compose=for_one) == {"WAITING": 1, "SENT": 1}
        assert server.sent == [other.email]

    def test_gives_up_on_what_is_no_news_any_more(self, user: User, server: type[Stubborn]) -> None:
        write_due_digests(now=MONDAY)
        assert sweep(MONDAY + timedelta(days=3)) == {"TOO_OLD": 1, "SENT": 1}
        assert server.sent == [user.email]
