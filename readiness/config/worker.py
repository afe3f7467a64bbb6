"""Celery's command line: `celery -A readiness.config.worker worker` (or `beat`)."""

from readiness.config.celery import app
from readiness.config.start import read_settings

read_settings()

__all__ = ["app"]
