"""Configuration of the training app."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Register the training app."""

    name = "training"
    default_auto_field = "django.db.models.BigAutoField"
