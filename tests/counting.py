"""Count what is in the database."""

from django.apps import apps


def rows_of(*labels: str) -> dict[str, int]:
    """Return model -> number of rows, for the models of some apps."""
    return {
        model._meta.label: model._default_manager.count()
        for label in labels
        for model in apps.get_app_config(label).get_models()
    }
