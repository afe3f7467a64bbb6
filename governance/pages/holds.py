"""Say of whom a second factor was reset shortly before a signature, and who signs nothing yet."""

from datetime import UTC, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import AuthenticatorReset, Project, User
from governance.services.resets import SigningHeld, refuse_while_held

HOUR = timedelta(hours=1)


def reset_note(name: str, *, reset_at: datetime | None, at: datetime) -> str:
    """Return how long before a signature the signer's second factor was reset, or nothing."""
    if reset_at is None:
        return ""
    hours = (at - reset_at) // HOUR
    words = ngettext(
        "Authenticator of %(name)s reset %(hours)d hour before",
        "Authenticator of %(name)s reset %(hours)d hours before",
        hours,
    )
    return words % {"name": name, "hours": hours}


def hold_of(account: User, *, at: datetime) -> str:
    """Return why an account signs nothing at a moment; nothing when it may."""
    try:
        refuse_while_held(account, at=at)
    except SigningHeld as held:
        return str(held)
    return ""


def holds_in(project: Project, *, at: datetime) -> tuple[str, ...]:
    """Return one sentence for each reset that a report of that moment has to tell of."""
    rows = AuthenticatorReset.objects.noted_in(project, moment=at)
    fetched = rows.select_related("account", "reset_by").order_by("reset_at", "pk")
    return tuple(_told(row, at=at) for row in fetched)


def _told(row: AuthenticatorReset, *, at: datetime) -> str:
    terms = {
        "name": row.account.name,
        "by": row.reset_by.name,
        "reset": _moment(row.reset_at),
        "until": _moment(row.holds_until),
    }
    if row.holds_until > at:
        return (
            _(
                "The authenticator of %(name)s was reset by %(by)s on %(reset)s: nothing is signed"
                " before %(until)s."
            )
            % terms
        )
    return _("The authenticator of %(name)s was reset by %(by)s on %(reset)s.") % terms


def _moment(moment: datetime) -> str:
    return f"{date_format(moment.astimezone(UTC), 'j M Y, H:i')} UTC"
