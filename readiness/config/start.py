"""Start with a readable refusal: the one line about a mistake, without a traceback."""

import logging
import os
import sys

import django
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections
from django.utils.module_loading import import_string


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


def ask_for_verification() -> None:
    """Have every record verified by the worker that starts; nobody waits for it.

    A database that is away or not migrated yet is no reason not to start.
    """
    try:
        import_string("governance.services.record_checks.ask_for_verification")()
    except DatabaseError:
        logging.getLogger(__name__).warning("the records are verified tonight, not at this start")
    finally:
        for connection in connections.all(initialized_only=True):
            connection.close()
            if close_pool := getattr(connection, "close_pool", None):
                close_pool()  # its threads would not live on in a forked worker
