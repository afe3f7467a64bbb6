"""Configuration of the governance app."""

from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import import_string


class GovernanceConfig(AppConfig):
    """Register the governance app."""

    name = "governance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the policy compared with the addresses whenever the product is checked."""
        checks.register(import_string("governance.permissions.addresses.check_policy"), "policy")
