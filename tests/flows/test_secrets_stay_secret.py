"""Nothing that opens a door is in any line of the log or any row of the security log."""

import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import structlog
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from governance.models import SecurityEvent, User
from governance.services.accounts import Credentials, IdentityNotProved, prove_identity
from governance.services.invitations import Wish, invite, secret_of
from readiness.config.logs import logging_to_stdout
from tests.factories import PASSWORD, make_user
from tests.people import Cast, make_cast
from tests.wire import Caller

pytestmark = pytest.mark.django_db
WRONG, CODE = "wr0ng-but-telling-words", "918273"
FORGED = 'Eve\r\n{"event": "forged"}\x1b[2K\u2028'


@pytest.fixture
def cast() -> Cast:
    cache.clear()
    return make_cast()


@pytest.fixture(params=["json", "plain"])
def told(request: pytest.FixtureRequest) -> Iterator[StringIO]:
    """Catch every line of every logger, as the product shapes it, at the most talkative."""
    written, root = StringIO(), logging.getLogger()
    before = structlog.get_config()
    shape: Any = logging_to_stdout(level="DEBUG", shape=request.param)["formatters"]["lines"]
    # lines as they are told, not as an earlier test left the loggers
    stream = logging.StreamHandler(written)
    stream.setFormatter(
        shape["()"](foreign_pre_chain=shape["foreign_pre_chain"], processors=shape["processors"])
    )
    level = root.level
    root.addHandler(stream)
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(level)
    root.removeHandler(stream)
    structlog.configure(**before)


def walk_in(cast: Cast, administrator: User) -> list[str]:
    """Do everything that a secret is used for, rightly and wrongly; return the secrets."""
    client = Client(raise_request_exception=False)
    door = reverse("account_login")
    client.post(door, {"login": cast.sponsor.email, "password": WRONG})
    client.post(door, {"login": cast.sponsor.email, "password": PASSWORD})
    session = client.session.session_key or "no session"
    forgery = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else "none"
    with pytest.raises(IdentityNotProved):
        prove_identity(
            user=cast.sponsor, credentials=Credentials(WRONG, code=CODE), at=timezone.now()
        )
    wish = Wish(name="New", email="new@northwind.example")
    invited = secret_of(invite(wish=wish, invited_by=administrator, invited_at=timezone.now()))
    for secret in (invited, f"{invited}x"):
        Client().get(f"/invitations/{secret}/")
        Client().post(f"/invitations/{secret}/", {"password": WRONG, "name": "N"})
    key = default_token_generator.make_token(cast.auditor)
    Client().get(f"/accounts/password/reset/key/1-{key}/?key={key}")
    Client().get(f"/work/mail/stop/{key}/")
    reset = Client().post(reverse("account_reset_password"), {"email": cast.auditor.email})
    assert reset.status_code in {200, 302}
    caller = Caller.of(administrator)
    caller.get("caller/")
    caller.get(f"caller/?token={caller.secret}")
    Caller(f"{caller.secret}x").get("caller/")
    return [WRONG, PASSWORD, CODE, session, forgery, invited, key, caller.secret, *_keys_mailed()]


def _keys_mailed() -> list[str]:
    """Return the keys in the links that were mailed."""
    words = " ".join(str(letter.body) for letter in mail.outbox).split()
    return [word.rstrip("/").rpartition("/")[2] for word in words if "/reset/key/" in word]


class TestSecrets:
    def test_are_in_no_line_and_no_row(
        self,
        cast: Cast,
        told: StringIO,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        administrator = make_user(organisation=cast.client, is_administrator=True)
        with django_capture_on_commit_callbacks(execute=True):
            secrets = walk_in(cast, administrator)
        lines = told.getvalue()
        rows = repr(list(SecurityEvent.objects.values()))
        assert "security_event" in lines
        assert "/invitations/[hidden]" in lines
        assert len(secrets) >= 8
        for secret in secrets:
            assert len(secret) > 3
            assert secret not in lines
            assert secret not in rows

    def test_are_not_forged_lines_either(
        self,
        cast: Cast,
        told: StringIO,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        client = Client(raise_request_exception=False, headers={"User-Agent": FORGED})
        client.force_login(cast.auditor)
        with django_capture_on_commit_callbacks(execute=True):
            client.get(f"/p/{cast.project.public_id}/imports/new/?x={FORGED}")
            client.get("/nothing%0d%0a{%22event%22:%20%22forged%22}/")
            Caller.of(cast.auditor).get("caller/%0aforged/")
        for line in told.getvalue().splitlines():
            assert not line.startswith('{"event": "forged"')
            assert "\x1b" not in line
            assert "\u2028" not in line

    @pytest.mark.django_db(transaction=True)
    def test_every_event_names_its_request(self, cast: Cast, told: StringIO) -> None:
        client = Client()
        client.force_login(cast.auditor)
        client.get(reverse("governance:import-add", args=[cast.project.public_id]))
        (line,) = [each for each in told.getvalue().splitlines() if "security_event" in each]
        assert "request_id" in line
        assert str(cast.auditor.public_id) in line
