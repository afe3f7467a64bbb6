"""Say how fast a project decides, and what waits for what is open."""

import json
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from governance.management.addressing import ProjectCommand, project_named
from governance.models import Project
from governance.pages.exposure import exposure_body

EXAMPLES = """
examples:
  manage.py decisions --project orion                      how it stands now, for people
  manage.py decisions --project orion --format json        the same, for a program
  manage.py decisions --project orion --as-of 2026-10-31   what was known at the end of that day

Latency: days from asking to deciding, open ones with their age so far. Exposure: everything
that waits for an open decision, at any remove. Debt: each assumption without an owner's word,
its age in days times what rests on it.
"""
SHOWN = 10


class Command(ProjectCommand):
    """Print latency, exposure and debt of one project."""

    help = "Show how long decisions take, what waits for the open ones, and the assumption debt."
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the project, the moment and the format."""
        super().add_arguments(parser)
        parser.add_argument(
            "--as-of",
            metavar="DATE",
            help="a day of the project, to its end, or a moment such as"
            " 2026-10-31T22:00:00+01:00; UTC where no offset is given (default: now)",
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print.

        :raises CommandError: there is no such project or day, or it lies in the future.
        """
        project = project_named(options["project"])
        as_of = _moment(options["as_of"], project, now=timezone.now())
        body = exposure_body(project, as_of=as_of)
        if options["format"] == "json":
            self.stdout.write(json.dumps(body, indent=1, default=_plain))
        else:
            self.stdout.write(_text(body))


def _moment(text: str | None, project: Project, *, now: datetime) -> datetime:
    if text is None:
        return now
    try:
        moment = _read(text, project)
    except ValueError as error:
        message = f"'{text}' is no day. Write it like 2026-10-31 or 2026-10-31T22:00:00+01:00."
        raise CommandError(message) from error
    zone = ZoneInfo(project.time_zone)
    if moment > now and moment.astimezone(zone).date() != now.astimezone(zone).date():
        raise CommandError(f"{text} lies in the future; nothing is known about it yet.")
    return min(moment, now)


def _read(text: str, project: Project) -> datetime:
    if "T" not in text:
        day = date.fromisoformat(text)
        return datetime.combine(day, time.max, tzinfo=ZoneInfo(project.time_zone))
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _text(body: dict[str, Any]) -> str:
    latency, exposure, debt = body["latency"], body["exposure"], body["debt"]
    held = exposure["all"]
    lines = [
        f"{body['project']}: {latency['open']} of {latency['raised']} decisions are open,"
        f" {latency['overdue']} overdue, {latency['blocking']} block go-live",
        f"  half are made within {latency['p50_days']} days, four of five within"
        f" {latency['p80_days']}",
        f"  {held['scenarios']} of {exposure['scenarios_left']} scenarios that have to pass wait",
    ]
    for row in exposure["decisions"][:SHOWN]:
        waiting = row["waiting"]
        lines.append(
            f"  {row['code']:<8} {row['days']:>4} d  {waiting['scenarios']:>4} scenarios"
            f" {waiting['decisions']:>3} decisions  {row['title']}"
        )
    lines.append(
        f"  {debt['open']} assumptions wait for an owner, {debt['overdue']} of them too long;"
        f" debt {debt['debt']} days"
    )
    return "\n".join(lines)
