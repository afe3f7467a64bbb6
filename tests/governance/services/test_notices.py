"""An urgent notice is mailed at once: at most once, and lost to no refusal."""

import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from governance.choices import MailState
from governance.models import Notice, Participation
from governance.outbox import settle
from governance.pages.notice_mail import compose_notice
from governance.services.notices import (
    LONGEST_SENDING,
    TRIED_FOR,
    end_with_digest,
    post_urgent,
    read_notices,
    take_for_digest,
)
from tests.factories import NOW
from tests.people import Cast, make_cast, make_shared_partner_cast
from tests.telling import Stubborn, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
MINUTE = timedelta(minutes=1)
REFUSALS = [
    smtplib.SMTPDataError(451, b"greylisted"),
    smtplib.SMTPRecipientsRefused({"x@y": (550, b"no such box")}),
]


@pytest.fixture(autouse=True)
def server(settings: Settings) -> Iterator[type[Stubborn]]:
    """Return the mail server of a test, in a good mood."""
    settings.EMAIL_BACKEND = "tests.telling.Stubborn"
    Stubborn.forget()
    yield Stubborn
    Stubborn.forget()


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


def sweep(now: datetime = NOW) -> dict[str, int]:
    """Send what is to be sent at once."""
    return dict(post_urgent(now=now, compose=compose_notice))


def state_of(notice: Notice) -> str:
    """Return what became of the mail of a notice."""
    notice.refresh_from_db()
    return notice.mail_state


class TestPostUrgent:
    def test_sends_an_urgent_one_once_and_leaves_the_others_to_the_digest(
        self, cast: Cast, server: type[Stubborn]
    ) -> None:
        notice = told(cast, cast.sponsor, is_urgent=True)
        told(cast, cast.sponsor)
        assert sweep() == {"SENT": 1}
        assert sweep(NOW + MINUTE) == {}
        assert server.sent == [f"<notice-{notice.public_id}@localhost>"]
        notice.refresh_from_db()
        assert (notice.mail_state, notice.attempts, notice.ended_at) == ("SENT", 1, NOW)

    @pytest.mark.parametrize("refusal", REFUSALS)
    def test_loses_nothing_to_a_server_that_refuses(
        self, cast: Cast, server: type[Stubborn], refusal: Exception
    ) -> None:
        notice = told(cast, cast.sponsor, is_urgent=True)
        server.on_send = [refusal, refusal]
        assert sweep() == {"WAITING": 1}
        notice.refresh_from_db()
        assert "x@y" not in notice.error
        assert sweep(NOW + timedelta(seconds=30)) == {}
        assert sweep(NOW + 3 * MINUTE) == {"WAITING": 1}
        assert sweep(NOW + 60 * MINUTE) == {"SENT": 1}
        assert len(server.sent) == 1

    def test_lets_all_wait_while_no_server_is_there(
        self, cast: Cast, server: type[Stubborn]
    ) -> None:
        for account in (cast.sponsor, cast.process_owner):
            told(cast, account, is_urgent=True)
        server.on_open = [ConnectionRefusedError()]
        assert sweep() == {}
        assert sweep(NOW + timedelta(seconds=10)) == {"SENT": 2}

    @pytest.mark.parametrize("loss", [smtplib.SMTPServerDisconnected(), TimeoutError()])
    def test_never_sends_again_what_may_have_arrived_but_the_digest_tells_it(
        self, cast: Cast, server: type[Stubborn], loss: Exception
    ) -> None:
        notice = told(cast, cast.sponsor, is_urgent=True)
        server.on_send = [loss]
        assert sweep() == {"UNKNOWN": 1}
        assert sweep(NOW + 60 * MINUTE) == {}
        assert list(Notice.objects.for_digest()) == [notice]

    def test_never_sends_again_what_a_dead_worker_had_taken_but_the_digest_tells_it(
        self, cast: Cast, server: type[Stubborn]
    ) -> None:
        notice = told(cast, cast.sponsor, is_urgent=True)
        Notice.objects.update(mail_state=MailState.SENDING, taken_at=NOW)
        assert sweep(NOW + LONGEST_SENDING) == {}
        assert sweep(NOW + LONGEST_SENDING + MINUTE) == {"UNKNOWN": 1}
        assert server.sent == []
        assert list(Notice.objects.for_digest()) == [notice]

    def test_leaves_a_notice_to_whoever_took_it_first(
        self, cast: Cast, server: type[Stubborn]
    ) -> None:
        notice = told(cast, cast.sponsor, is_urgent=True)

        def taken_meanwhile(found: Notice) -> object:
            Notice.objects.update(mail_state=MailState.SENDING, taken_at=NOW)
            return compose_notice(found)

        assert dict(post_urgent(now=NOW, compose=taken_meanwhile)) == {"TAKEN": 1}  # type: ignore[arg-type]
        assert (server.sent, state_of(notice)) == ([], MailState.SENDING)

    def test_goes_on_with_the_others_when_one_cannot_be_written(
        self, cast: Cast, server: type[Stubborn]
    ) -> None:
        broken = told(cast, cast.sponsor, is_urgent=True)
        told(cast, cast.process_owner, is_urgent=True)

        def for_one(found: Notice) -> object:
            if found == broken:
                raise RuntimeError("a template is gone")
            return compose_notice(found)

        assert dict(post_urgent(now=NOW, compose=for_one)) == {"WAITING": 1, "SENT": 1}  # type: ignore[arg-type]

    def test_tells_nobody_who_lost_the_way_to_the_project(
        self, cast: Cast, server: type[Stubborn]
    ) -> None:
        notice = told(cast, cast.process_owner, is_urgent=True)
        Participation.objects.filter(user=cast.process_owner).update(ended_at=NOW)
        assert sweep() == {"NOT_WANTED": 1}
        assert (server.sent, state_of(notice)) == ([], MailState.NOT_WANTED)

    def test_tells_a_partner_of_the_client_that_it_is_about(self, server: type[Stubborn]) -> None:
        cast = make_shared_partner_cast()
        told(cast, cast.consultant, is_urgent=True)
        assert sweep() == {"SENT": 1}
        assert cast.consultant.acting_for_id is None

    def test_sends_nothing_that_was_read_or_done_before(
        self, cast: Cast, server: type[Stubborn]
    ) -> None:
        told(cast, cast.sponsor, is_urgent=True)
        done = told(cast, cast.process_owner, is_urgent=True)
        read_notices(Notice.objects.filter(account=cast.sponsor), read_at=NOW)
        settle(
            project=cast.project,
            noun="decision",
            subject_id=done.subject_id,
            settled_at=NOW,
        )
        assert sweep() == {"SETTLED": 1}
        assert (server.sent, state_of(done)) == ([], MailState.SETTLED)

    def test_gives_up_after_two_weeks(self, cast: Cast, server: type[Stubborn]) -> None:
        notice = told(cast, cast.sponsor)
        Notice.objects.update(created_at=NOW - TRIED_FOR - MINUTE)
        assert sweep() == {"TOO_OLD": 1}
        assert state_of(notice) == MailState.TOO_OLD


class TestReadNotices:
    def test_keeps_the_first_time(self, cast: Cast) -> None:
        notice = told(cast, cast.sponsor)
        assert read_notices(Notice.objects.all(), read_at=NOW) == 1
        assert read_notices(Notice.objects.all(), read_at=NOW + MINUTE) == 0
        notice.refresh_from_db()
        assert notice.read_at == NOW


class TestEndWithDigest:
    def test_gives_back_what_did_not_leave_and_keeps_urgent_ones_for_the_next(
        self, cast: Cast
    ) -> None:
        plain, urgent = told(cast, cast.sponsor), told(cast, cast.sponsor, is_urgent=True)
        Notice.objects.filter(pk=urgent.pk).update(mail_state=MailState.UNKNOWN)
        for state in (MailState.WAITING, MailState.SENT):
            assert set(Notice.objects.for_digest()) == {plain, urgent}
            take_for_digest([plain.pk, urgent.pk], now=NOW)
            assert not Notice.objects.for_digest().exists()
            end_with_digest([plain.pk, urgent.pk], state=state, now=NOW)
        assert set(Notice.objects.values_list("mail_state", flat=True)) == {MailState.SENT}
