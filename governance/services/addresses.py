"""Write an e-mail address in the one form that names an account.

Two spellings that look alike must never be two accounts, nor one account under a mailbox
that is somebody else's (CVE-2019-19844): compatibility forms are folded (NFKC), letters are
small, and what is still outside ASCII names no account.
"""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

LONGEST_ADDRESS = 254
_refuse_malformed = EmailValidator()


class AddressRefused(Exception):
    """Say why an address names no account."""


def folded_address(text: str) -> str:
    """Return an address as it is looked up: compatibility forms folded, small, no spaces around.

    It refuses nothing: whoever signs in with an address that no account has is told what
    everybody else is told.
    """
    return unicodedata.normalize("NFKC", text).strip().lower()


def normal_address(text: str) -> str:
    """Return an address as a new account keeps it.

    :raises AddressRefused: it is no address, too long, quoted, or written outside ASCII.
    """
    address = folded_address(text)
    if not address.isascii():
        raise AddressRefused(_("An e-mail address here has only plain letters without accents."))
    if len(address) > LONGEST_ADDRESS or '"' in address:
        raise AddressRefused(_("That is not an e-mail address."))
    try:
        _refuse_malformed(address)
    except ValidationError as error:
        raise AddressRefused(_("That is not an e-mail address.")) from error
    return address
