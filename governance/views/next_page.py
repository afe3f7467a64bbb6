"""Where somebody may be led after a form: to pages of our own, and nowhere else."""

import re

from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 2000
# a path of printable ASCII: one slash first, no backslash, nothing that a browser drops or folds
_OWN_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*\Z")


def is_own_page(address: str) -> bool:
    """Say whether an address is a path of the product, however a browser reads it.

    A whole address is refused even with our own name in it: nothing of ours sends one.
    """
    if len(address) > LONGEST or not _OWN_PATH.match(address):
        return False
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return False
    path = re.split(r"[?#]", address, maxsplit=1)[0]
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
