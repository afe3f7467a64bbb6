"""Say whether somebody administers an organisation; every act on an account asks first."""

from django.utils.translation import gettext as _

from governance.models import Organisation, Project, User


class AdministrationRefused(Exception):
    """Say why an administrator's act was not carried out, and which field to mend."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence for the user and the name of the field it belongs to."""
        super().__init__(message)
        self.field = field


def check_administrator(actor: User, *, organisation_id: int) -> None:
    """Let only an active administrator of this very organisation pass.

    The account is read anew: whoever was relieved a moment ago no longer administers.

    :raises AdministrationRefused: it is none.
    """
    if not User.objects.administrators_of(organisation_id).filter(pk=actor.pk).exists():
        raise AdministrationRefused(_("Only an administrator of the same organisation does that."))


def check_other_account(account: User, *, actor: User) -> None:
    """Let an administrator act on the other accounts of the own organisation alone.

    :raises AdministrationRefused: not an administrator of it, or the own account.
    """
    check_administrator(actor, organisation_id=account.organisation_id)
    if account.pk == actor.pk:
        raise AdministrationRefused(_("Ask another administrator: nobody does that to themselves."))


def check_client_of(project: Project, *, actor: User) -> None:
    """Let only an administrator of the client whose project it is pass.

    :raises AdministrationRefused: it is none, or a partner's.
    """
    if actor.is_partner:
        raise AdministrationRefused(_("The client decides who takes part in its project."))
    check_administrator(actor, organisation_id=project.organisation_id)


def lock_organisation(organisation_id: int) -> Organisation:
    """Keep everybody else from changing who administers an organisation, until the end."""
    return Organisation.objects.select_for_update().get(pk=organisation_id)


def check_not_the_last(account: User) -> None:
    """Keep an organisation from being left without an administrator; call it under the lock.

    :raises AdministrationRefused: nobody else administers it.
    """
    others = User.objects.administrators_of(account.organisation_id).exclude(pk=account.pk)
    if account.is_administrator and account.is_active and not others.exists():
        raise AdministrationRefused(_("This is the last administrator. Name another one first."))
