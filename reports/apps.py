"""Configuration of the reports app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Register the reports app."""

    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"
