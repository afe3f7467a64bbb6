"""List the demo's accounts, for whoever starts the demo."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from governance.services.accounts import DEMO_PASSWORD
from readiness.pages.demo import demo_accounts, demo_roles


class Command(BaseCommand):
    """Print who can be tried, and the one password of all of them."""

    help = "List the demo's accounts with their roles and their password (demo mode only)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per account.

        :raises CommandError: outside demo mode, or before the demo is loaded.
        """
        addresses = {str(account.public_id): account.email for account in demo_accounts()}
        if not addresses:
            message = (
                "No demo accounts here. Set DEMO_MODE=1 and load the demo: manage.py load_demo"
            )
            raise CommandError(message)
        self.stdout.write(f"Sign in with one click, or with the password: {DEMO_PASSWORD}")
        for role in demo_roles():
            title = f"{role.title}, {role.organisation}"
            self.stdout.write(f"  {addresses[role.account]:<36}{title}")
