"""Celery's command line: `celery -A readiness.config.worker worker` (or `beat`)."""

from readiness.config.celery import app
from readiness.config.start import compare_policy, read_settings

read_settings()
compare_policy()

__all__ = ["app"]
