"""Say in one sentence what happened to an account: the words of the security log."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from governance.choices import IdentityRefusal, Role, Scope, SecurityEventKind
from governance.models import SecurityEvent
from governance.pages.looks import Look
from governance.permissions.table import rule_of

Kind = SecurityEventKind
Text = str | Promise

# Kind -> what is said where an account did it itself, and where somebody else did it to it.
SENTENCES: dict[str, tuple[Text, Text]] = {
    Kind.SIGNED_IN: (
        gettext_lazy("%(whom)s signed in."),
        gettext_lazy("%(who)s signed in as %(whom)s."),
    ),
    Kind.SIGN_IN_FAILED: (
        gettext_lazy("Somebody failed to sign in as %(whom)s."),
        gettext_lazy("%(who)s failed to sign in as %(whom)s."),
    ),
    Kind.SIGNED_OUT: (
        gettext_lazy("%(whom)s signed out."),
        gettext_lazy("%(who)s signed %(whom)s out."),
    ),
    Kind.THROTTLED: (
        gettext_lazy("Too many attempts with the account of %(whom)s: slowed down."),
        gettext_lazy("%(who)s tried too often with the account of %(whom)s: slowed down."),
    ),
    Kind.REFUSED: (
        gettext_lazy("%(whom)s asked for something this account may not do: refused."),
        gettext_lazy("%(who)s asked for something as %(whom)s: refused."),
    ),
    Kind.PROOF_FAILED: (
        gettext_lazy("Wrong password or code when %(whom)s was asked for it again."),
        gettext_lazy("%(who)s gave a wrong password or code for %(whom)s."),
    ),
    Kind.PASSWORD_CHANGED: (
        gettext_lazy("%(whom)s changed the password."),
        gettext_lazy("%(who)s changed the password of %(whom)s."),
    ),
    Kind.AUTHENTICATOR_ADDED: (
        gettext_lazy("%(whom)s added a second factor."),
        gettext_lazy("%(who)s added a second factor for %(whom)s."),
    ),
    Kind.AUTHENTICATOR_REMOVED: (
        gettext_lazy("%(whom)s removed a second factor."),
        gettext_lazy("%(who)s removed a second factor of %(whom)s."),
    ),
    Kind.AUTHENTICATOR_RESET: (
        gettext_lazy("The second factor of %(whom)s was reset; nothing may be signed for a while."),
        gettext_lazy(
            "%(who)s reset the second factor of %(whom)s; nothing may be signed for a while."
        ),
    ),
    Kind.SESSIONS_ENDED: (
        gettext_lazy("%(whom)s ended sessions."),
        gettext_lazy("%(who)s ended sessions of %(whom)s."),
    ),
    Kind.TOKEN_MADE: (
        gettext_lazy("%(whom)s made an API token."),
        gettext_lazy("%(who)s made an API token for %(whom)s."),
    ),
    Kind.TOKEN_REVOKED: (
        gettext_lazy("%(whom)s revoked an API token."),
        gettext_lazy("%(who)s revoked an API token of %(whom)s."),
    ),
    Kind.INVITED: (
        gettext_lazy("%(whom)s invited somebody."),
        gettext_lazy("%(who)s invited %(whom)s."),
    ),
    Kind.INVITATION_WITHDRAWN: (
        gettext_lazy("%(whom)s withdrew an invitation."),
        gettext_lazy("%(who)s withdrew the invitation of %(whom)s."),
    ),
    Kind.INVITATION_ACCEPTED: (
        gettext_lazy("%(whom)s accepted the invitation."),
        gettext_lazy("%(whom)s accepted the invitation of %(who)s."),
    ),
    Kind.ROLE_GIVEN: (
        gettext_lazy("%(whom)s took a role."),
        gettext_lazy("%(who)s gave %(whom)s a role."),
    ),
    Kind.ROLE_ENDED: (
        gettext_lazy("%(whom)s gave a role up."),
        gettext_lazy("%(who)s ended a role of %(whom)s."),
    ),
    Kind.ADMINISTRATOR_CHANGED: (
        gettext_lazy("%(whom)s is no longer an administrator."),
        gettext_lazy("%(who)s relieved %(whom)s of being an administrator."),
    ),
    Kind.DEACTIVATED: (
        gettext_lazy("The account of %(whom)s was deactivated."),
        gettext_lazy("%(who)s deactivated the account of %(whom)s."),
    ),
    Kind.REACTIVATED: (
        gettext_lazy("The account of %(whom)s is active again."),
        gettext_lazy("%(who)s made the account of %(whom)s active again."),
    ),
    Kind.CLIENT_CHOSEN: (
        gettext_lazy("%(whom)s chose the client to work for."),
        gettext_lazy("%(who)s chose the client that %(whom)s works for."),
    ),
    Kind.IDENTITY_LINKED: (
        gettext_lazy("%(whom)s linked an account of single sign-on."),
        gettext_lazy("%(who)s linked an account of single sign-on to %(whom)s."),
    ),
    Kind.IDENTITY_UNLINKED: (
        gettext_lazy("%(whom)s unlinked an account of single sign-on."),
        gettext_lazy("%(who)s unlinked an account of single sign-on from %(whom)s."),
    ),
    Kind.RECORD_UNSOUND: (
        gettext_lazy("%(whom)s was told: a record does not verify, and its gates are frozen."),
        gettext_lazy("%(who)s verified a record: it does not hold. %(whom)s was told."),
    ),
    Kind.RECORD_SOUND_AGAIN: (
        gettext_lazy("%(whom)s is told: a record verifies again, and its gates are open."),
        gettext_lazy("%(who)s verified a record: it holds again. %(whom)s is told."),
    ),
    Kind.SINGLE_SIGN_ON_REFUSED: (
        gettext_lazy("Single sign-on was refused for %(whom)s."),
        gettext_lazy("Single sign-on of %(who)s was refused for %(whom)s."),
    ),
}
NAMED_ADMINISTRATOR = (
    gettext_lazy("%(whom)s is an administrator now."),
    gettext_lazy("%(who)s named %(whom)s an administrator."),
)
# What an event tells besides: its term -> what that is called. Other terms are shown to nobody.
DETAILS: dict[str, Text] = {
    "role": gettext_lazy("Role"),
    "name": pgettext_lazy("security log", "Name"),
    "email": gettext_lazy("E-mail"),
    "provider": pgettext_lazy("of a sign-in", "Provider"),
    "factor": gettext_lazy("Second factor"),
    "way": gettext_lazy("How"),
    "why": gettext_lazy("Why"),
    "number": gettext_lazy("How many"),
    "scopes": pgettext_lazy("allowance", "May"),
    "at": gettext_lazy("What"),
    "status": gettext_lazy("Answer"),
    "times": gettext_lazy("Times in a row"),
    "reason": gettext_lazy("Reason"),
}
ALARMING = Look(gettext_lazy("Urgent"), "alert-octagon", "bad")
WRONG = Look(gettext_lazy("Went wrong"), "alert-triangle", "warn")
PLAIN = Look(gettext_lazy("Noted"), "info-circle", "quiet")
REFUSALS = frozenset(
    {
        Kind.SIGN_IN_FAILED,
        Kind.THROTTLED,
        Kind.REFUSED,
        Kind.PROOF_FAILED,
        Kind.SINGLE_SIGN_ON_REFUSED,
    }
)
WORDS: dict[str, Text] = {
    **dict(Role.choices),
    **dict(Scope.choices),
    **dict(IdentityRefusal.choices),
    "totp": gettext_lazy("Authenticator app"),
    "webauthn": gettext_lazy("Passkey"),
    "recovery_codes": gettext_lazy("Recovery codes"),
    "ASKED": gettext_lazy("the owner wished it"),
    "SECOND_FACTOR_NEEDED": gettext_lazy("a second factor is needed now"),
    "CHANGED": gettext_lazy("on the own page"),
    "RESET": gettext_lazy("by a link sent to the own e-mail address"),
}


def kind_word(kind: str) -> str:
    """Return the reader's word for a kind; one that nobody knows any more as it is stored."""
    return str(dict(SecurityEventKind.choices).get(kind, kind))


def sentence_of(event: SecurityEvent) -> str:
    """Return in one sentence what happened: who, whom, what."""
    own, others = _sentences_of(event)
    by_itself = event.actor is None or event.actor_id == event.account_id
    words = {"who": event.actor or _("Somebody"), "whom": event.account or _("an account")}
    return str(own if by_itself else others) % words


def _sentences_of(event: SecurityEvent) -> tuple[Text, Text]:
    if event.kind == Kind.ADMINISTRATOR_CHANGED and event.terms.get("administrator"):
        return NAMED_ADMINISTRATOR
    return SENTENCES.get(event.kind, ("%(whom)s", "%(who)s, %(whom)s"))


def details_of(event: SecurityEvent) -> list[tuple[str, str]]:
    """Return what the event tells besides, as label and value."""
    return list(_details(event.terms))


def _act_at(terms: dict[str, Any]) -> str:
    """Return in words what was asked for at an address; its name where no policy knows it."""
    rule = rule_of(terms["at"], method=terms.get("method"))
    return str(rule.act.words if rule else terms["at"])


def _details(terms: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, label in DETAILS.items():
        if terms.get(name) not in (None, "", []):
            yield str(label), _act_at(terms) if name == "at" else _value(terms[name])


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    return str(WORDS.get(str(value), value))


def look_of(event: SecurityEvent) -> Look | None:
    """Return how an event stands out: what is urgent, and what went wrong; the rest does not."""
    if event.terms.get("urgent"):
        return ALARMING
    return WRONG if event.kind in REFUSALS else None
