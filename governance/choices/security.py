"""What the security log tells."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SecurityEventKind(TextChoices):
    """Name what the security log tells a client's administrator."""

    SIGNED_IN = "SIGNED_IN", _("Signed in")
    SIGN_IN_FAILED = "SIGN_IN_FAILED", _("Sign-in failed")
    SIGNED_OUT = "SIGNED_OUT", _("Signed out")
    THROTTLED = "THROTTLED", _("Slowed down after too many attempts")
    REFUSED = "REFUSED", _("Refused")
    PROOF_FAILED = "PROOF_FAILED", _("Wrong password or code when asked again")
    PASSWORD_CHANGED = "PASSWORD_CHANGED", _("Password changed")
    AUTHENTICATOR_ADDED = "AUTHENTICATOR_ADDED", _("Second factor added")
    AUTHENTICATOR_REMOVED = "AUTHENTICATOR_REMOVED", _("Second factor removed")
    AUTHENTICATOR_RESET = "AUTHENTICATOR_RESET", _("Second factor reset by an administrator")
    SESSIONS_ENDED = "SESSIONS_ENDED", _("Sessions ended")
    TOKEN_MADE = "TOKEN_MADE", _("API token made")
    TOKEN_REVOKED = "TOKEN_REVOKED", _("API token revoked")
    INVITED = "INVITED", _("Invited")
    INVITATION_WITHDRAWN = "INVITATION_WITHDRAWN", _("Invitation withdrawn")
    INVITATION_ACCEPTED = "INVITATION_ACCEPTED", _("Invitation accepted")
    ROLE_GIVEN = "ROLE_GIVEN", _("Role given")
    ROLE_ENDED = "ROLE_ENDED", _("Role ended")
    ADMINISTRATOR_CHANGED = "ADMINISTRATOR_CHANGED", _("Administrator named or relieved")
    DEACTIVATED = "DEACTIVATED", _("Account deactivated")
    REACTIVATED = "REACTIVATED", _("Account active again")
    CLIENT_CHOSEN = "CLIENT_CHOSEN", _("Client chosen")
    SINGLE_SIGN_ON_REFUSED = "SINGLE_SIGN_ON_REFUSED", _("Single sign-on refused")
    IDENTITY_LINKED = "IDENTITY_LINKED", _("Single sign-on linked")
    IDENTITY_UNLINKED = "IDENTITY_UNLINKED", _("Single sign-on unlinked")
    RECORD_UNSOUND = "RECORD_UNSOUND", _("Record does not verify")
    RECORD_SOUND_AGAIN = "RECORD_SOUND_AGAIN", _("Record verifies again")
