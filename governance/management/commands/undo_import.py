"""Undo a whole import: its rows are voided, nothing is deleted."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from governance.imports.undoing import UndoRefused, undo_import
from governance.models import ImportRun, ImportUndo


class Command(BaseCommand):
    """Undo a whole import, while nothing builds on it."""

    help = "Undo a whole import by its ID: its rows are voided, and the gate is judged again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the arguments."""
        parser.add_argument("id", metavar="ID", help="of the import, as its page's address has it")
        parser.add_argument("--reason", required=True, help="why it is undone")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Undo the import, or say what builds on it.

        :raises CommandError: there is no such import, or it stays.
        """
        run = _run_of(options["id"])
        try:
            undo = undo_import(
                run=run, reason=options["reason"], undone_by=None, undone_at=timezone.now()
            )
        except UndoRefused as refusal:
            raise CommandError(_told(refusal)) from refusal
        self.stdout.write(_report(undo) if options["format"] == "json" else _text(undo))


def _run_of(text: str) -> ImportRun:
    """Return the import.

    :raises CommandError: none is called that.
    """
    try:
        run = ImportRun.objects.select_related("project").filter(public_id=text).first()
    except ValidationError:
        run = None
    if run is None:
        raise CommandError(f"There is no import {text}.")
    return run


def _told(refusal: UndoRefused) -> str:
    lines = [str(refusal)]
    for hold in refusal.holds:
        lines.append(f"  {hold.reason} {hold.remedy}")
        lines += [f"    {row}" for row in hold.rows]
    return "\n".join(lines)


def _report(undo: ImportUndo) -> str:
    report = {
        "import": str(undo.import_run.public_id),
        "reason": undo.reason,
        "undone_at": undo.undone_at.isoformat(),
        "voided": undo.counts,
    }
    return json.dumps(report, ensure_ascii=False, indent=1)


def _text(undo: ImportUndo) -> str:
    lines = ["Undone; nothing was deleted, and the gate is judged again."]
    lines += [f"  {noun}: {number}" for noun, number in undo.counts.items()]
    return "\n".join(lines)
