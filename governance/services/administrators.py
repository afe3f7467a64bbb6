"""Name administrators of an organisation and relieve them; close accounts and open them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import SecurityEventKind
from governance.models import Participation, User
from governance.services.administering import (
    AdministrationRefused,
    check_not_the_last,
    check_other_account,
    lock_organisation,
)
from governance.services.closing import close_account, reopen_account
from governance.services.factors import demand_second_factor
from governance.services.marks import mark_projects
from governance.services.security import note_event


@transaction.atomic
def make_administrator(*, account: User, made_by: User, made_at: datetime) -> None:
    """Let an account administer its own organisation; it needs a second factor from now on.

    :raises AdministrationRefused: the maker does not administer that organisation, or the
        account is closed or administers it already.
    """
    check_other_account(account, actor=made_by)
    found = User.objects.filter(pk=account.pk, is_active=True, is_administrator=False)
    if not found.update(is_administrator=True):
        raise AdministrationRefused(_("This account is closed, or an administrator already."))
    held = User.objects.get(pk=account.pk)
    _note(held, actor=made_by)
    demand_second_factor(account=held, demanded_at=made_at)


@transaction.atomic
def relieve_administrator(*, account: User, relieved_by: User) -> None:
    """Let an account administer no more; the organisation always keeps an administrator.

    :raises AdministrationRefused: the last one, the own account, or not one's to relieve.
    """
    lock_organisation(account.organisation_id)
    check_other_account(account, actor=relieved_by)
    check_not_the_last(account)
    found = User.objects.filter(pk=account.pk, is_administrator=True)
    if not found.update(is_administrator=False):
        raise AdministrationRefused(_("This account is no administrator."))
    _note(User.objects.get(pk=account.pk), actor=relieved_by)


@transaction.atomic
def deactivate(*, account: User, closed_by: User, closed_at: datetime) -> None:
    """Close another account of the own organisation; its name stays on all that it did.

    :raises AdministrationRefused: the last administrator, the own account, or another
        organisation's.
    """
    lock_organisation(account.organisation_id)
    check_other_account(account, actor=closed_by)
    check_not_the_last(account)
    close_account(account=account, closed_by=closed_by, closed_at=closed_at)
    _mark_projects_of(account)


@transaction.atomic
def reactivate(*, account: User, reopened_by: User) -> None:
    """Open another account of the own organisation again; it signs in anew.

    :raises AdministrationRefused: the own account, or another organisation's.
    """
    check_other_account(account, actor=reopened_by)
    reopen_account(account=account, reopened_by=reopened_by)
    _mark_projects_of(account)


def _mark_projects_of(account: User) -> None:
    """Have the account's projects judged again: a closed account owns and holds nothing."""
    held = Participation.objects.current().of_user(account)
    mark_projects(project_ids=held.values_list("project_id", flat=True))


def _note(account: User, *, actor: User) -> None:
    note_event(
        SecurityEventKind.ADMINISTRATOR_CHANGED,
        account=account,
        actor=actor,
        administrator=account.is_administrator,
    )
