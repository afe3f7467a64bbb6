"""Judge projects by hand, now or at a past moment, and say how each gate came out."""

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from governance.choices import Phase
from governance.management.addressing import project_named
from governance.models import Project
from readiness.choices import SnapshotTrigger
from readiness.models import Snapshot
from readiness.services.evaluation import Judged, evaluate_gates

EXAMPLES = """
examples:
  manage.py evaluate_gates                               judge every open project now
  manage.py evaluate_gates --project acme/fin-ops        judge one project now
  manage.py evaluate_gates --project fin-ops --as-of 2026-05-31T22:00:00+02:00
                                                         judge it as things stood then
  manage.py evaluate_gates --project fin-ops --format json
                                                         the same for a program to read

A moment is judged once: asked again, the recorded judgement is shown.
"""


class Command(BaseCommand):
    """Judge one project, or all that are not closed."""

    help = (
        "Judge the gates of one project, or of every open one, and show each verdict with the"
        " findings behind it. Does by hand what happens every night."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the project, the moment and the format."""
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLES
        parser.add_argument(
            "--project",
            metavar="CLIENT/SLUG",
            help="the project to judge; SLUG alone where only one client uses it (default: all)",
        )
        parser.add_argument(
            "--as-of",
            metavar="MOMENT",
            help="judge what was known then, such as 2026-05-31 or 2026-05-31T22:00:00+02:00;"
            " UTC where no offset is given (default: now)",
        )
        parser.add_argument(
            "--format",
            choices=("text", "json"),
            default="text",
            help="text for people; json for programs: the judgement of the one project asked"
            " for, or a list of all",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge and print.

        :raises CommandError: no such project, no such moment, or a project that cannot be judged.
        """
        now = timezone.now()
        as_of = _moment(options["as_of"], now)
        judged = evaluate_gates(
            project_ids=_project_ids(options["project"]),
            as_of=as_of,
            trigger=SnapshotTrigger.BY_HAND if as_of == now else SnapshotTrigger.BACKFILL,
        )
        is_json = options["format"] == "json"
        printed = _as_json(judged, options["project"]) if is_json else _as_text(judged)
        if printed:
            self.stdout.write(printed)
        if judged.failures:
            raise CommandError("\n".join(_failures(judged)))


def _moment(text: str | None, now: datetime) -> datetime:
    if text is None:
        return now
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(
            f"'{text}' is no moment. Write it like 2026-05-31 or 2026-05-31T22:00:00+02:00."
        ) from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if moment > now:
        raise CommandError(f"{text} lies in the future; nothing is known about it yet.")
    return moment


def _project_ids(address: str | None) -> list[int]:
    if address is None:
        open_projects = Project.objects.exclude(phase=Phase.CLOSED)
        return list(open_projects.values_list("pk", flat=True))
    return [project_named(address).pk]


def _as_json(judged: Judged, address: str | None) -> str:
    if address is not None:
        return "".join(snapshot.body for snapshot in judged)
    return "[" + ",\n".join(snapshot.body for snapshot in judged) + "]"


def _as_text(judged: Judged) -> str:
    if not judged and not judged.failures:
        return "There is no project to judge yet. Make one, or try: manage.py load_demo"
    return "\n\n".join(_project_text(snapshot) for snapshot in judged)


def _project_text(snapshot: Snapshot) -> str:
    body = json.loads(snapshot.body)
    project = body["project"]
    lines = [
        f"{project['client']}: {project['name']}, {_countdown(body)}",
        f"  {body['headline']}",
    ]
    for gate in body["gates"]:
        lines.append(f"  {gate['key']} {gate['name']}: {gate['headline']}")
        lines += [
            f"     {finding['state']:<14} {finding['criterion']:<7} {finding['sentence']}"
            for finding in gate["findings"]
            if finding["state"] != "MET"
        ]
    return "\n".join(lines)


def _countdown(body: dict[str, Any]) -> str:
    days = body["days_left"]
    if days is None:
        return f"judged {body['local_date']}, no go-live date"
    sign = "-" if days >= 0 else "+"
    return f"judged {body['local_date']}, T{sign}{abs(days)} (go-live {body['go_live_date']})"


def _failures(judged: Judged) -> list[str]:
    names = Project.objects.in_bulk(list(judged.failures))
    return [f"{names[key]}: {reason}" for key, reason in judged.failures.items()]
