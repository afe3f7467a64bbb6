"""Wiring: names, environment and schedule; it refers to apps by string only."""

from readiness.config.celery import app as celery_app

__all__ = ["celery_app"]
