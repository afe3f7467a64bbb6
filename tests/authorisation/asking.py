"""Send one request as somebody, undo what it did, and bring the answer into one form."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.test import Client

from tests.authorisation.actors import Actor
from tests.authorisation.bodies import Body
from tests.authorisation.state import Change, State
from tests.authorisation.world import forget

SHORT = 6
"""Identifiers no longer than this would be found in words that have nothing to do with them."""
DOORS = ("/accounts/login/", "/accounts/reauthenticate/", "/accounts/2fa/reauth", "/clients/")
SAFE = frozenset({"GET", "HEAD"})
# What is new in every answer, and says nothing about anybody's rows.
_NEW = (
    (re.compile(rb'(name="csrfmiddlewaretoken" value=")[A-Za-z0-9]+'), rb"\1#"),
    (re.compile(rb"((?:X-CSRFToken|csrfToken)[^A-Za-z0-9]{1,20})[A-Za-z0-9]{32,64}"), rb"\1#"),
    (re.compile(rb"(nonce[=-]\"?)[A-Za-z0-9+/_=-]{16,}"), rb"\1#"),
    (re.compile(rb'("(?:recorded|created)_at":\s*")[^"]+'), rb"\1#"),
    (re.compile(rb"(with the number )[0-9a-f-]{36}"), rb"\1#"),
    (re.compile(rb"(new-token\">|starts with )rgt_[\w-]+"), rb"\1#"),
    (re.compile(rb'("challenge":\s*")[\w-]+'), rb"\1#"),
    (re.compile(rb'(name="once" value=")\w+'), rb"\1#"),
    (re.compile(rb'(data-account=")[0-9a-f-]+'), rb"\1#"),
)
_NEW_COOKIES = re.compile(r"^(\w+)=[^;]*")
# An ETag is the hash of the answer, whose own address is part of what a problem says.
# What may be asked of an address is told by a full answer, and not by one from memory.
_UNTOLD = frozenset({"x-request-id", "date", "content-length", "etag", "allow"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request: who, how, where, with what; `values` are the identifiers in the address."""

    actor: Actor
    method: str
    path: str
    values: tuple[str, ...] = ()
    body: Body | None = None
    query: str = ""
    checks_csrf: bool = False

    @property
    def is_safe(self) -> bool:
        """Say whether it only looks."""
        return self.method in SAFE

    @property
    def said(self) -> bytes:
        """Return everything that the request itself said, so that an echo is no leak."""
        sent = self.body.text if self.body else b""
        return self.path.encode() + self.query.encode() + sent


@dataclass(slots=True)
class Answer:
    """What came back: status, headers and text, what was mailed, and what it changed."""

    status: int
    headers: dict[str, str]
    text: bytes
    mails: bytes = b""
    changes: list[Change] = field(default_factory=list)
    wrote: bool = False

    @property
    def location(self) -> str:
        """Return where the answer leads; empty where it leads nowhere."""
        return self.headers.get("location", "")

    @property
    def is_door(self) -> bool:
        """Say whether it sends whoever asked to sign in, or to choose a client first."""
        return self.status == 302 and self.location.startswith(DOORS)

    @property
    def is_open(self) -> bool:
        """Say whether it gave or did what was asked for."""
        return 200 <= self.status < 400 and not self.is_door

    def alike(self, ask: Ask, *, unknown: "frozenset[bytes] | None" = None) -> tuple[Any, ...]:
        """Return the answer without what is new in every one, and without the identifiers."""
        values = [value.encode() for value in ask.values if len(value) > SHORT]
        headers = {
            name: _bare(text.encode(), values)
            for name, text in self.headers.items()
            if name not in _UNTOLD
        }
        text = _bare(self.text, values)
        if unknown is not None:
            text = UUID.sub(lambda found: found[0] if found[0] in unknown else b"#", text)
            headers = {
                name: UUID.sub(lambda found: found[0] if found[0] in unknown else b"#", held)
                for name, held in headers.items()
            }
        return self.status, tuple(sorted(headers.items())), text


UUID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def _bare(text: bytes, values: Iterable[bytes]) -> bytes:
    for value in values:
        text = text.replace(value, b"#")
    for pattern, instead in _NEW:
        text = pattern.sub(instead, text)
    return text


class Desk:
    """Ask as anybody; everything an answer wrote is undone before the next question."""

    def __init__(self, state: State) -> None:
        """Take the rows as they are as what every question starts from."""
        self.state = state
        self._browser = Client(raise_request_exception=False)
        self._strict = Client(raise_request_exception=False, enforce_csrf_checks=True)

    def ask(self, ask: Ask) -> Answer:
        """Send a request and return its answer with what it changed."""
        mail.outbox = []
        mark = transaction.savepoint()
        before = self._count()
        try:
            response = self._send(ask)
            answer = _answer(response)
            answer.wrote = self._count() != before
            if answer.wrote:
                answer.changes = self.state.changes()
        finally:
            connection.needs_rollback = False
            transaction.savepoint_rollback(mark)
            transaction.savepoint_commit(mark)
            connection.run_on_commit.clear()
        if not ask.is_safe or answer.wrote:
            forget()
        return answer

    def _count(self) -> int:
        held: Any = connection.connection
        return int(held.total_changes)

    def _send(self, ask: Ask) -> Any:
        browser = self._strict if ask.checks_csrf else self._browser
        browser.cookies = SimpleCookie()
        headers = {}
        if ask.actor.cookie:
            browser.cookies[settings.SESSION_COOKIE_NAME] = ask.actor.cookie
        if ask.actor.secret:
            headers["authorization"] = f"Bearer {ask.actor.secret}"
        if ask.path.startswith("/api/") and not ask.is_safe:
            headers["idempotency-key"] = "one-key"
        sent = ask.body.sent() if ask.body is not None and not ask.is_safe else b""
        kind = ask.body.kind if ask.body is not None else "application/octet-stream"
        return browser.generic(
            ask.method,
            ask.path,
            data=sent,
            content_type=kind,
            QUERY_STRING=ask.query,
            headers=headers,
        )


def _answer(response: Any) -> Answer:
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name.lower(): text for name, text in response.headers.items()}
    for name, cookie in response.cookies.items():
        headers[f"set-cookie {name}"] = _NEW_COOKIES.sub(r"\1=#", cookie.OutputString())
    return Answer(
        status=response.status_code,
        headers=headers,
        text=readable(raw),
        mails="\n".join(str(each.message()) for each in mail.outbox).encode(),
    )


def readable(raw: bytes) -> bytes:
    """Return what a file says: of a workbook its parts, of a PDF its text beside its bytes."""
    if raw.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(raw)) as held:
            return b"\n".join(held.read(name) for name in held.namelist())
    pdftotext = shutil.which("pdftotext")
    if raw.startswith(b"%PDF") and len(raw) > 4096 and pdftotext:
        told = subprocess.run(  # noqa: S603 - a fixed command
            [pdftotext, "-", "-"], input=raw, capture_output=True, check=False
        )
        return raw + told.stdout
    return raw
