"""Verify the record of one project or of all, and freeze the gates of what does not hold."""

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from governance.management.addressing import project_named
from governance.models import Project
from governance.record.checking import outside_of
from governance.services.anchoring import AnchorAge, anchor_ages
from governance.services.record_checks import note_check
from governance.services.verifying import Outside, Verification, strays, verify_records

LONGEST_FILE = 4 * 2**20
EXAMPLES = """
examples:
  manage.py verify_record                                  every project
  manage.py verify_record --project fin-ops --format json  one, for a program to read
  manage.py verify_record --against fin-ops-118.txt        also against a checkpoint or a
                                                           receipt that was kept outside

What does not hold freezes the gates of its project until it holds again; nothing is ever
repaired. After a restore, hold it against the newest mail of checkpoints: a backup that
lost its end is sound in itself, and nothing else shows what is missing.
"""


class Command(BaseCommand):
    """Verify records; the exit code is 1 where one does not hold."""

    help = "Verify that nobody changed, removed or added anything in the record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the project, the format and what was kept outside."""
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLES
        parser.add_argument("--project", metavar="CLIENT/SLUG", help="one project (default: all)")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument(
            "--against",
            metavar="FILE",
            action="append",
            default=[],
            help="a checkpoint or a receipt that was kept outside; may be given more than once",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and print; leave with 1 where something does not hold.

        :raises CommandError: there is no such project, or a file is no checkpoint.
        """
        outside = [_kept(path) for path in options["against"]]
        projects = [project_named(options["project"])] if options["project"] else _every()
        now = timezone.now()
        found = []
        for verification in verify_records(projects, outside=outside):
            note_check(verification, moment=now)
            found.append(verification)
        unknown = strays(outside)
        ages = anchor_ages(each.project.pk for each in found)
        lines = [_line(each, ages[each.project.pk], now) for each in found]
        is_sound = not unknown and all(each.is_sound for each in found)
        report = {"projects": lines, "unknown": unknown, "is_sound": is_sound}
        is_json = options["format"] == "json"
        self.stdout.write(json.dumps(report, indent=1) if is_json else _text(found, unknown))
        if not is_sound:
            raise SystemExit(1)


def _every() -> list[Project]:
    return list(
        Project.objects.select_related("organisation").order_by("organisation__slug", "slug")
    )


def _kept(path: str) -> Outside:
    try:
        data = Path(path).read_bytes()[: LONGEST_FILE + 1]
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    anchor = outside_of(data)
    if anchor is None:
        raise CommandError(f"{path} is neither a checkpoint nor a receipt.")
    return Outside(Path(path).name, anchor)


def _line(found: Verification, age: AnchorAge, checked_at: datetime) -> dict[str, Any]:
    return {
        "project": str(found.project.public_id),
        "slug": f"{found.project.organisation.slug}/{found.project.slug}",
        "size": found.size,
        "is_sound": found.is_sound,
        "reason": found.reason,
        "findings": list(found.findings),
        "anchored_until": age.until,
        "anchored_at": age.anchored_at.isoformat() if age.anchored_at else None,
        "checked_at": checked_at.isoformat(),
    }


def _text(found: list[Verification], unknown: list[str]) -> str:
    lines = [_sentence(each) for each in found]
    lines += [f"{name}: no project here has this log" for name in unknown]
    return "\n".join(lines) or "There is no project yet."


def _sentence(found: Verification) -> str:
    name = f"{found.project.organisation.slug}/{found.project.slug}"
    if found.is_sound:
        return f"{name}: sound, {found.size} entries"
    more = f" (and {len(found.findings) - 1} more)" if len(found.findings) > 1 else ""
    return f"{name}: UNSOUND: {found.reason}{more}"
