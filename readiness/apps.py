"""Configuration of the readiness app."""

from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    """Register the readiness app."""

    name = "readiness"
    default_auto_field = "django.db.models.BigAutoField"
