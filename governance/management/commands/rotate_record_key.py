"""Replace the key that signs the record."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.services.rotating import RotationRefused, rotate_record_key


class Command(BaseCommand):
    """Replace the key of the record, and have every log say so."""

    help = (
        "Make a new key for the record. Every log names it in an entry, and the old key signs"
        " beside the new one, so that everybody who trusted the old one can trust the new one."
        " The old file is kept beside it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the arguments."""
        parser.add_argument("--reason", required=True, help="why; every record says so for good")
        parser.add_argument(
            "--lost",
            action="store_true",
            help="the old key is gone: go on without it, and let every record say that",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Replace the key, or say why not.

        :raises CommandError: it stays as it is.
        """
        try:
            done = rotate_record_key(reason=options["reason"], is_lost=options["lost"])
        except RotationRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"The key of the record is {done.fingerprint} now, in {done.logs} logs.")
        if done.kept is not None:
            self.stdout.write(f"The old one is kept in {done.kept}.")
