"""Load the demo: one upgrade six weeks before go-live and a portfolio around it."""

import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from governance.models import Organisation
from governance.services.accounts import DEMO_PASSWORD
from readiness.management.demo.cast import CLIENT
from readiness.management.demo.story import tell_story


class Command(BaseCommand):
    """Write the demo into an empty database."""

    help = (
        "Load the demo: Halden Pumps, six weeks before the go-live of its upgrade, with 400"
        " people, 350 scenarios, 12 further projects and 90 nights of judgements behind them."
        " All of it is invented, and the same at every load on the same day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the day the demo plays on and the number of nights."""
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="The day the demo plays on; today unless given.",
        )
        parser.add_argument(
            "--nights", type=int, default=90, help="How many nights to judge (default: 90)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load once; a demo that is there already is left as it is.

        :raises CommandError: outside demo mode.
        """
        if not (settings.DEMO_MODE or settings.DEBUG):
            message = "The demo has public passwords. Set DEMO_MODE=1 to load it."
            raise CommandError(message)
        if Organisation.objects.filter(slug=CLIENT[1]).exists():
            self.stdout.write("The demo is loaded already; what was entered since is kept.")
            return
        start = time.monotonic()
        now = timezone.now()
        tell_story(
            today=options["today"] or timezone.localdate(now),
            now=now,
            nights=options["nights"],
            tell=self.stdout.write,
        )
        seconds = time.monotonic() - start
        said = f"Loaded in {seconds:.0f} s. Every demo account's password: {DEMO_PASSWORD}"
        self.stdout.write(said)
