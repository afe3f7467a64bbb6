"""Two mails in one week: a partner's account gets one for each client."""

import smtplib
from datetime import date, datetime

import pytest

from governance.models import User
from governance.services.post import Letter, MailRefused
from readiness.models import Digest
from readiness.services import digests
from tests.readiness.services.test_digests import (
    HOUR,
    MONDAY,
    Stubborn,
    letter_to,
    server,
    sweep,
    user,
)

__all__ = ["server", "user"]
pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def for_two_clients(user: User, at: datetime, day: date) -> list[Letter]:
    """Return a letter for each of two clients."""
    return letter_to(user, at, day) * 2


class TestPostDigestsForTwoClients:
    def test_sends_both_mails(self, user: User, server: type[Stubborn]) -> None:
        assert sweep(compose=for_two_clients) == {"SENT": 1}
        assert server.sent == [user.email] * 2
        assert Digest.objects.get().things == 4

    def test_tries_both_again_while_none_has_left(self, user: User, server: type[Stubborn]) -> None:
        server.on_send = [smtplib.SMTPDataError(451, b"Later")]
        assert sweep(compose=for_two_clients) == {"WAITING": 1}
        assert sweep(MONDAY + HOUR, compose=for_two_clients) == {"SENT": 1}
        assert server.sent == [user.email] * 2

    def test_sends_none_again_once_the_first_has_left(
        self, user: User, server: type[Stubborn], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def first_only(letter: Letter) -> None:
            if server.sent:
                raise MailRefused("No room")
            server.sent.append(letter.to)

        monkeypatch.setattr(digests, "send_letter", first_only)
        assert sweep(compose=for_two_clients) == {"UNKNOWN": 1}
        assert Digest.objects.get().error == "1 of 2 mails left; then: No room"
        assert sweep(MONDAY + HOUR, compose=for_two_clients) == {}
        assert server.sent == [user.email]
