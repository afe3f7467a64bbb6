"""What somebody filled in, kept in the session while they prove elsewhere who they are.

One at a time, for a few minutes, for one account, one page and one answer.
"""

import secrets
from dataclasses import asdict, dataclass, field
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from governance.services.accounts import Seed
from governance.services.identity_providers import Claims
from governance.services.statements import Statement

KEY = "signing_draft"
FIELD = "draft"
SECONDS = 300
TOO_LATE = gettext_lazy(
    "This signing was begun elsewhere, or too long ago. Fill the form in again."
)
NOT_KEPT = ("password", "code", "csrfmiddlewaretoken", FIELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A statement that waits for its signer's proof, as JSON may hold it.

    `fields` is what the form was sent with, without what proves anything; `shown` what the
    signer is shown once more; `claims` what the provider said, once it did.
    """

    key: str
    account: int
    path: str
    method: str
    provider: str = ""
    begun_at: float
    challenge: str
    reason_nonce: str
    digest: str
    fields: dict[str, list[str]]
    shown: dict[str, str]
    claims: dict[str, Any] = field(default_factory=dict)

    @property
    def seed(self) -> Seed:
        """Return what is random in the statement."""
        return Seed(self.challenge, self.reason_nonce)

    @property
    def sent(self) -> QueryDict:
        """Return the form as it was sent."""
        entered = QueryDict(mutable=True)
        for name, values in self.fields.items():
            entered.setlist(name, values)
        return entered

    @property
    def said(self) -> Claims:
        """Return what the provider said."""
        kept = self.claims
        return Claims(**{**kept, "amr": tuple(kept["amr"])})


def keep_draft(
    request: HttpRequest, statement: Statement, *, method: str, provider: str = ""
) -> Draft:
    """Keep what was sent and what it says, in place of any draft before; return it."""
    entered = {name: values for name, values in request.POST.lists() if name not in NOT_KEPT}
    draft = Draft(
        key=secrets.token_urlsafe(24),
        account=statement.signer.pk,
        path=request.path,
        method=method,
        provider=provider,
        begun_at=timezone.now().timestamp(),
        challenge=statement.seed.challenge,
        reason_nonce=statement.seed.reason_nonce,
        digest=statement.digest,
        fields=entered,
        shown={
            "title": statement.subject.title,
            "sentence": statement.declaration.meaning.shown,
            "reason": statement.declaration.reason.strip(),
            "evidence": statement.exhibit.shown_hash,
        },
    )
    request.session[KEY] = asdict(draft)
    return draft


def draft_of(request: HttpRequest, key: str) -> Draft | None:
    """Return the draft of that key; None where it is another account's, gone or too old."""
    kept = request.session.get(KEY)
    if not kept or not secrets.compare_digest(kept["key"].encode(), key.encode()):
        return None
    draft = Draft(**kept)
    if not request.user.is_authenticated or draft.account != request.user.pk:
        return None
    late = not 0 <= timezone.now().timestamp() - draft.begun_at <= SECONDS
    return None if late else draft


def take_draft(request: HttpRequest, key: str) -> Draft | None:
    """Return the draft of that key and this page, and forget it: it counts once."""
    draft = draft_of(request, key)
    if draft is None or draft.path != request.path:
        return None
    del request.session[KEY]
    return draft


def answer_draft(request: HttpRequest, draft: Draft, claims: Claims) -> None:
    """Keep beside a draft what the provider said of its signer."""
    request.session[KEY] = {**asdict(draft), "claims": asdict(claims)}


def second_step(draft: Draft) -> str:
    """Return where a draft is confirmed."""
    return f"{draft.path}?{urlencode({FIELD: draft.key})}"
