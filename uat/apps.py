"""Configuration of the uat app."""

from django.apps import AppConfig


class UatConfig(AppConfig):
    """Register the uat app."""

    name = "uat"
    default_auto_field = "django.db.models.BigAutoField"
