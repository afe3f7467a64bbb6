"""Celery's command line: `celery -A readiness.config.worker worker` (or `beat`)."""

import sys

from readiness.config.celery import app
from readiness.config.start import ask_for_verification, compare_policy, read_settings

read_settings()
compare_policy()
if "worker" in sys.argv:
    ask_for_verification()

__all__ = ["app"]
