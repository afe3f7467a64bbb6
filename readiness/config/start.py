"""Start with a readable refusal: the one line about a mistake, without a traceback."""

import os
import sys

import django
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured


def read_settings() -> None:
    """Read the settings now; leave with one line where the environment is at fault."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readiness.config.settings")
    try:
        _ = settings.SECRET_KEY
    except ImproperlyConfigured as mistake:
        sys.exit(f"Not started. {mistake}")


def compare_policy() -> None:
    """Compare the policy table with the addresses: a server has none of Django's own checks.

    :raises ImproperlyConfigured: an address is in no policy, or a policy speaks of none.
    """
    django.setup()
    found = run_checks(tags=["policy"])
    if found:
        raise ImproperlyConfigured("\n".join(["Not started.", *(str(each.msg) for each in found)]))
