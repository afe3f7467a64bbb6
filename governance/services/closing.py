"""Close an account for good or for a while: whatever it opened is shut at the same moment.

Nobody is deleted: what the account did stays under its name.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import SecurityEventKind
from governance.models import User
from governance.services.security import note_event
from governance.services.sessions import end_sessions_of
from governance.services.tokens import revoke_tokens_of


class ClosingRefused(Exception):
    """Say why an account was neither closed nor opened again."""


@transaction.atomic
def close_account(*, account: User, closed_by: User, closed_at: datetime) -> None:
    """Close an account: its sessions and its API tokens end, and it signs in no more.

    Whether `closed_by` may is asked where it is known who administers whom. Closing a
    closed account changes nothing.

    :raises ClosingRefused: it is the account of whoever closes it.
    """
    if account.pk == closed_by.pk:
        raise ClosingRefused(_("Nobody closes their own account; ask another administrator."))
    locked = User.objects.select_for_update().get(pk=account.pk)
    if not locked.is_active:
        return
    User.objects.filter(pk=account.pk).update(is_active=False)
    account.is_active = False
    end_sessions_of(user=account)
    revoke_tokens_of(user=account, revoked_at=closed_at)
    note_event(SecurityEventKind.DEACTIVATED, account=account, actor=closed_by)


@transaction.atomic
def reopen_account(*, account: User, reopened_by: User) -> None:
    """Let a closed account sign in again; its old sessions and tokens stay ended.

    Opening an open account changes nothing.
    """
    locked = User.objects.select_for_update().get(pk=account.pk)
    if locked.is_active:
        return
    User.objects.filter(pk=account.pk).update(is_active=True)
    account.is_active = True
    note_event(SecurityEventKind.REACTIVATED, account=account, actor=reopened_by)
