"""Start with a readable refusal: the one line about a mistake, without a traceback."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def read_settings() -> None:
    """Read the settings now; leave with one line where the environment is at fault."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readiness.config.settings")
    try:
        _ = settings.SECRET_KEY
    except ImproperlyConfigured as mistake:
        sys.exit(f"Not started. {mistake}")
