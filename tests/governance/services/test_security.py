"""Writing the security log: a row, a line, and never the end of a request."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError, IntegrityError, connection, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from governance.choices import SecurityEventKind
from governance.models import SecurityEvent, User
from governance.record import guards
from governance.services import security
from governance.services.security import (
    QUIET_SECONDS,
    Attempt,
    Whence,
    coming_from,
    note_event,
    note_refusal,
)
from readiness.config.logs import logging_to_stdout
from tests.factories import make_organisation, make_user

pytestmark = pytest.mark.django_db
KIND = SecurityEventKind.ROLE_GIVEN
ATTEMPT = Attempt(at="uat:run-add", method="POST", status=403)


@pytest.fixture
def user() -> User:
    cache.clear()
    return make_user(organisation=make_organisation(), name="Ada")


@pytest.fixture
def told() -> Iterator[StringIO]:
    """Catch what goes to the log stream, as the product shapes it."""
    written, logger = StringIO(), logging.getLogger("security")
    shape: Any = logging_to_stdout(level="ERROR", shape="json")["formatters"]["lines"]
    stream, before = logging.StreamHandler(written), logger.level
    stream.setFormatter(
        shape["()"](foreign_pre_chain=shape["foreign_pre_chain"], processors=shape["processors"])
    )
    logger.addHandler(stream)
    logger.setLevel(logging.INFO)
    yield written
    logger.setLevel(before)
    logger.removeHandler(stream)


class TestNoteEvent:
    def test_writes_a_row_for_the_accounts_own_organisation(self, user: User) -> None:
        stranger = make_user(organisation=make_organisation())
        event = note_event(KIND, account=user, actor=stranger, role="SPONSOR")
        assert event.organisation_id == user.organisation_id
        assert (event.account, event.actor, event.terms) == (user, stranger, {"role": "SPONSOR"})

    def test_takes_the_account_itself_where_nobody_else_did_it(self, user: User) -> None:
        assert note_event(KIND, account=user).actor == user

    def test_names_the_address_the_request_came_from(self, user: User) -> None:
        with coming_from(Whence("192.0.2.7")):
            assert note_event(KIND, account=user).address == "192.0.2.7"
            own = note_event(KIND, account=user, whence=Whence("192.0.2.8"))
        assert own.address == "192.0.2.8"
        assert note_event(KIND, account=user).address is None

    def test_tells_one_line_once_it_is_certain(
        self,
        user: User,
        told: StringIO,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            note_event(KIND, account=user, name="a\r\nforged line", scopes=["READ"])
            assert told.getvalue() == ""
        (line,) = told.getvalue().splitlines()
        entry = json.loads(line)
        assert entry["event"] == "security_event"
        assert entry["account"] == str(user.public_id)
        assert entry["terms"] == {"name": "a\r\nforged line", "scopes": ["READ"]}

    def test_goes_with_the_transaction_that_failed(self, user: User, told: StringIO) -> None:
        with transaction.atomic():
            note_event(KIND, account=user)
            transaction.set_rollback(True)
        assert not SecurityEvent.objects.exists()
        assert told.getvalue() == ""

    def test_cannot_be_changed_or_taken_back(self, user: User) -> None:
        assert SecurityEvent in guards.guarded_models()
        assert guards.missing(connection) == []
        row = SecurityEvent.objects.filter(pk=note_event(KIND, account=user).pk)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            row.update(kind="NOTHING")
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            row.delete()


class TestNoteRefusal:
    def test_writes_what_was_asked_for(self, user: User) -> None:
        note_refusal(SecurityEventKind.REFUSED, account=user, attempt=ATTEMPT)
        event = SecurityEvent.objects.get()
        assert event.terms == {"at": "uat:run-add", "method": "POST", "status": 403}

    def test_is_quiet_about_the_same_for_a_minute(self, user: User) -> None:
        for _ in range(50):
            note_refusal(SecurityEventKind.REFUSED, account=user, attempt=ATTEMPT)
        other = Attempt(at="uat:defect-list", method="GET", status=403)
        note_refusal(SecurityEventKind.REFUSED, account=user, attempt=other)
        note_refusal(SecurityEventKind.THROTTLED, account=user, attempt=ATTEMPT)
        assert SecurityEvent.objects.count() == 3
        assert QUIET_SECONDS == 60

    def test_lets_the_request_go_on_where_nothing_can_be_written(
        self, user: User, monkeypatch: pytest.MonkeyPatch, told: StringIO
    ) -> None:
        def full(*_: Any, **__: Any) -> None:
            raise DatabaseError("disk full")

        monkeypatch.setattr(security, "note_event", full)
        note_refusal(SecurityEventKind.REFUSED, account=user, attempt=ATTEMPT)
        assert not SecurityEvent.objects.exists()
        assert "security_event_not_written" in told.getvalue()
