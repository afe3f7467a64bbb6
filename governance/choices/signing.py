"""Words of signatures."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SignoffKind(TextChoices):
    """Name what a signature covers."""

    PROCESS_EVIDENCE = "PROCESS_EVIDENCE", _("Process evidence")
    SCOPE = "SCOPE", _("Scope of a process")
    CHARTER = "CHARTER", _("Charter")
    ACCEPTANCE = "ACCEPTANCE", _("Acceptance of a risk")
    POLICY_CHANGE = "POLICY_CHANGE", _("Change of policy")
    CLOSURE = "CLOSURE", _("Closure of testing")
    GO_NO_GO = "GO_NO_GO", _("Go or no-go")
    HANDOVER = "HANDOVER", _("Handover to operations")


class SignoffAct(TextChoices):
    """Say what the signer did."""

    SIGNED = "SIGNED", _("Signed")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


class AuthenticationMethod(TextChoices):
    """Say by which two components somebody proved at a signing who it is."""

    PASSWORD_TOTP = "PASSWORD_TOTP", _("password and authenticator app")
    PASSKEY = "PASSKEY", _("passkey")
    SINGLE_SIGN_ON = "SINGLE_SIGN_ON", _("fresh single sign-on")


class AnchorKind(TextChoices):
    """Say where a checkpoint was put outside."""

    MAIL = "MAIL", _("mailed to the client")
    RECEIPT = "RECEIPT", _("receipt mailed to a signer")
    TIMESTAMP = "TIMESTAMP", _("time stamp of an authority")
