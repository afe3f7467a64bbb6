"""Agree, once, that an electronic signature binds like one written by hand."""

from django.utils.translation import get_language, gettext, gettext_noop

from governance.choices import RecordKind
from governance.models import SignatureAgreement, User
from governance.record.log import About, Deed

WORDING = gettext_noop(
    "I agree that my electronic signature in Readiness Gate binds me as my signature written by"
    " hand does."
)
"""Source: 21 CFR 11.100(c). A new wording asks nobody again who agreed to an earlier one."""


def has_agreed(account: User) -> bool:
    """Say whether an account agreed that its signature binds."""
    return SignatureAgreement.objects.filter(account=account).exists()


def agree(account: User) -> Deed | None:
    """Write that an account agrees; return what its project's record says of it.

    None where it had agreed before. Call it in the transaction of the first signature.
    """
    organisation = account.organisation
    _, is_new = SignatureAgreement.objects.get_or_create(
        account=account, defaults={"organisation": organisation, "wording": WORDING}
    )
    if not is_new:
        return None
    return Deed(
        kind=RecordKind.AGREED,
        actor=account,
        about=About("account", account.public_id),
        terms={
            "wording": WORDING,
            "shown": gettext(WORDING),
            "language": get_language() or "en",
        },
    )
