"""Take a lost second factor away from an account, and keep it from signing for a day."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.choices import SecurityEventKind
from governance.models import AuthenticatorReset, Job, User
from governance.outbox import write_job
from governance.services.administering import AdministrationRefused, check_other_account
from governance.services.involving import witness_everywhere
from governance.services.security import note_event
from governance.services.sessions import end_sessions_of
from governance.services.tokens import revoke_tokens_of

HOLD = timedelta(hours=24)
LETTER = "letter"


class SigningHeld(Exception):
    """Say that the account's second factor was reset a short while ago."""


@transaction.atomic
def reset_authenticators(
    *, account: User, reset_by: User, reason: str, reset_at: datetime
) -> AuthenticatorReset:
    """Remove every authenticator of another account of the administrator's organisation.

    Its sessions and tokens end, it signs nothing for HOLD, and it is told by mail. The
    password and the address stay as they are: nobody else ever sets them.

    :raises AdministrationRefused: not an administrator of the account's organisation, the own
        account, no reason, or a closed account.
    """
    check_other_account(account, actor=reset_by)
    if not reason.strip():
        raise AdministrationRefused(_("Say how you made sure who asked for this."), field="reason")
    held = User.objects.select_for_update().get(pk=account.pk)
    if not held.is_active:
        raise AdministrationRefused(_("This account is closed."))
    Authenticator.objects.filter(user=held).delete()
    end_sessions_of(user=held)
    revoke_tokens_of(user=held, revoked_at=reset_at)
    row = AuthenticatorReset.objects.create(
        organisation_id=held.organisation_id,
        account=held,
        reset_by=reset_by,
        reason=reason.strip(),
        reset_at=reset_at,
        holds_until=reset_at + HOLD,
    )
    note_event(
        SecurityEventKind.AUTHENTICATOR_RESET,
        account=held,
        actor=reset_by,
        reason=row.reason,
        urgent=True,
    )
    letter_of_reset(row)
    witness_everywhere(row, account=held, actor=reset_by)
    return row


def letter_of_reset(reset: AuthenticatorReset) -> Job:
    """Return the mail that tells the account of the reset; a worker sends it."""
    return write_job(
        kind=LETTER,
        key=f"letter:reset:{reset.public_id}",
        payload={"letter": "reset", "row": str(reset.public_id)},
        actor=reset.reset_by,
    )


def refuse_while_held(account: User, *, at: datetime) -> None:
    """Let only an account sign whose second factor was not reset within HOLD.

    :raises SigningHeld: it was; the sentence says by whom and until when.
    """
    found = AuthenticatorReset.objects.of_account(account).holding_at(at)
    row = found.select_related("reset_by").order_by("holds_until").last()
    if row is not None:
        raise SigningHeld(hold_sentence(row))


def hold_sentence(row: AuthenticatorReset) -> str:
    """Return why the account signs nothing yet, in the reader's own time."""
    return _(
        "Your second factor was reset by %(name)s on %(reset)s. You can sign from %(until)s."
    ) % {
        "name": row.reset_by.name,
        "reset": _moment(row.reset_at),
        "until": _moment(row.holds_until),
    }


def _moment(moment: datetime) -> str:
    return date_format(moment.astimezone(timezone.get_current_timezone()), "j M Y, H:i")
