"""Call the REST interface as somebody: one token, short answers."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from governance.choices import Scope
from governance.models import Project, User
from governance.services.tokens import make_token
from readiness.choices import SnapshotTrigger, Verdict
from readiness.models import Snapshot
from tests.factories import NOW

BOTH = (Scope.READ, Scope.PUSH)
API = "/api/v1/"


def token_for(user: User, *, scopes: tuple[str, ...] = BOTH) -> str:
    """Return the secret of a new token that holds for a month."""
    now = timezone.now()
    made = make_token(
        user=user, name="Test", scopes=scopes, expires_at=now + timedelta(days=30), made_at=now
    )
    return made.secret


@dataclass
class Caller:
    """Somebody with a token; `get`, `push` and `call` take addresses below /api/v1/."""

    secret: str = ""
    client: Client = field(default_factory=Client)
    _keys: int = 0

    @classmethod
    def of(cls, user: User, *, scopes: tuple[str, ...] = BOTH) -> "Caller":
        """Return a caller with a new token of this account."""
        return cls(token_for(user, scopes=scopes))

    def call(
        self, method: str, address: str, *, headers: dict[str, str] | None = None, **more: Any
    ) -> Any:
        """Send one request and return the response."""
        sent = {**({"Authorization": f"Bearer {self.secret}"} if self.secret else {})}
        return self.client.generic(method, API + address, headers=sent | (headers or {}), **more)

    def get(self, address: str, **headers: str) -> Any:
        """Read an address."""
        return self.call("GET", address, headers=headers)

    def push(self, address: str, body: Any, *, key: str = "") -> Any:
        """Send JSON, under a new key unless one is given."""
        self._keys += 1
        return self.call(
            "POST",
            address,
            headers={"Idempotency-Key": key or f"key-{self._keys}"},
            data=body if isinstance(body, str) else json.dumps(body),
            content_type="application/json",
        )


def problem_of(response: HttpResponseBase) -> dict[str, Any]:
    """Return a problem document after checking that it is one."""
    assert response["Content-Type"] == "application/problem+json", response
    problem: dict[str, Any] = response.json()  # type: ignore[attr-defined]
    assert problem["status"] == response.status_code
    return problem


def make_snapshot(
    *, project: Project, as_of: datetime = NOW, verdict: str = Verdict.NO_GO, **fields: Any
) -> Snapshot:
    """Return a judgement as the night writes it, with a small body of its own."""
    body = json.dumps({"as_of": as_of.isoformat(), "verdict": verdict, "gates": []})
    fields.setdefault("headline", "NO-GO: 1 hard criterion missed")
    fields.setdefault("body", body)
    fields.setdefault("etag", hashlib.sha256(fields["body"].encode()).hexdigest())
    return Snapshot.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        as_of=as_of,
        local_date=as_of.date(),
        trigger=SnapshotTrigger.NIGHT,
        verdict=verdict,
        inputs_hash="0" * 64,
        code_version="1",
        **fields,
    )
