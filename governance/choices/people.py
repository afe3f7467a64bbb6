"""Who somebody is: organisations, roles, accounts, sides."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    """Say on which side of the contract an organisation stands."""

    CLIENT = "CLIENT", _("Client")
    PARTNER = "PARTNER", _("Partner")


class Role(TextChoices):
    """Name what an account does in a project."""

    SPONSOR = "SPONSOR", _("Sponsor")
    STEERING = "STEERING", _("Steering member")
    PROJECT_MANAGER = "PROJECT_MANAGER", _("Project manager")
    PROCESS_OWNER = "PROCESS_OWNER", _("Process owner")
    DEPARTMENT_MANAGER = "DEPARTMENT_MANAGER", _("Department manager")
    TEST_LEAD = "TEST_LEAD", _("Test lead")
    CHANGE_LEAD = "CHANGE_LEAD", _("Change lead")
    DATA_OWNER = "DATA_OWNER", _("Data owner")
    IT = "IT", _("IT operations")
    FINANCE = "FINANCE", _("Finance")
    SECURITY = "SECURITY", _("Security")
    BUSINESS_USER = "BUSINESS_USER", _("Business user")
    CONSULTANT = "CONSULTANT", _("Consultant")
    AUDITOR = "AUDITOR", _("Auditor")


EXECUTIVE_ROLES = (Role.SPONSOR, Role.STEERING)


class AccountState(TextChoices):
    """Name what an administrator looks for among accounts."""

    ACTIVE = "ACTIVE", _("Open")
    CLOSED = "CLOSED", _("Closed")
    ADMINISTRATOR = "ADMINISTRATOR", _("Administrators")
    NO_FACTOR = "NO_FACTOR", _("Without a second factor")
    NEVER_SEEN = "NEVER_SEEN", _("Never signed in")


class Affiliation(TextChoices):
    """Say for whom somebody acted at the time; only CLIENT is counted."""

    CLIENT = "CLIENT", _("Client's business")
    PARTNER = "PARTNER", _("Partner")
    UNKNOWN = "UNKNOWN", _("Unknown")


class IdentityRefusal(TextChoices):
    """Say why an identity at a provider signs nobody in, or is not linked."""

    UNKNOWN = (
        "UNKNOWN",
        _(
            "No account here is linked to this identity. Sign in with your password, then link it "
            "under “Your account”."
        ),
    )
    OTHER_ORGANISATION = (
        "OTHER_ORGANISATION",
        _("This provider signs in the accounts of another organisation."),
    )
    CLOSED = "CLOSED", _("This account is closed.")
    NO_EMAIL = "NO_EMAIL", _("The provider did not say which e-mail address you have there.")
    OTHER_EMAIL = (
        "OTHER_EMAIL",
        _("The provider names another e-mail address than the one of this account."),
    )
    UNVERIFIED = (
        "UNVERIFIED",
        _("The provider has not verified that the e-mail address there is yours."),
    )
    ALREADY_LINKED = (
        "ALREADY_LINKED",
        _("Your account is linked to another identity of this provider. Unlink that one first."),
    )
    LINKED_ELSEWHERE = "LINKED_ELSEWHERE", _("This identity is linked to another account.")
    LAST_WAY_IN = (
        "LAST_WAY_IN",
        _("Your account has no password; without this identity you could not sign in."),
    )
