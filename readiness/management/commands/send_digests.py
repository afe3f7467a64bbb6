"""Send the mails of the day that are due, or say who would get one."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from readiness.pages.digest import compose_digests
from readiness.services.digests import due_digests, post_digests, write_due_digests


class Command(BaseCommand):
    """Do by hand what the schedule does every five minutes."""

    help = (
        "Send the mails of the day that are due and not sent yet. Run twice it sends"
        " nothing twice. EMAIL_URL names the mail server, SITE_URL the address in the links."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the moment, and whether to look only."""
        parser.add_argument(
            "--as-of",
            metavar="MOMENT",
            help="Send as at this moment, with its offset: 2026-11-30T07:00:00+01:00.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Say who would get what; write and send nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and say how many."""
        now = _moment(options["as_of"]) if options["as_of"] else timezone.now()
        if options["dry_run"]:
            self._tell(now)
            return
        written = write_due_digests(now=now)
        tally = post_digests(now=now, compose=compose_digests)
        ends = ", ".join(f"{number} {state.lower()}" for state, number in sorted(tally.items()))
        self.stdout.write(f"{written} due; {ends or 'nothing to send'}.")

    def _tell(self, now: datetime) -> None:
        found = due_digests(now=now)
        for digest in found:
            letters = compose_digests(digest.user, now, digest.due_date)
            for things in [letter.subject for letter in letters] or ["nothing to do, no mail"]:
                self.stdout.write(f"{digest.user.email}  {digest.due_date}  {things}")
        self.stdout.write(f"{len(found)} due; nothing was written or sent.")


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        message = (
            f"--as-of: write a moment with its offset, such as 2026-11-30T07:00:00Z, not {text}."
        )
        raise CommandError(message)
    return moment
