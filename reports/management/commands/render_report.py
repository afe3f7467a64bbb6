"""Print the executive report of a project into a file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from governance.management.addressing import ProjectCommand, project_named
from governance.models import Project
from readiness.models import Snapshot
from reports.models import Report
from reports.rendering.paper import edition_of
from reports.rendering.press import PressRefused
from reports.rendering.run import print_report
from reports.services.keeping import ReportRefused, open_report

HELP = """Print the executive readiness report of one project as a PDF.

It prints the newest recorded judgement and measures nothing itself. The report is kept
with its judgement: printing the same one again in the same language gives the same file,
byte for byte.
"""
EXAMPLES = """examples:
  manage.py render_report --project rhine-upgrade --output report.pdf
  manage.py render_report --project kessler/rhine-upgrade --output /tmp/report.pdf
  manage.py render_report --project rhine-upgrade --language de --output bericht.pdf
"""


class Command(ProjectCommand):
    """Print the executive report of a project into a file."""

    help = HELP
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the project and the file."""
        super().add_arguments(parser)
        parser.add_argument(
            "--output",
            required=True,
            metavar="FILE.pdf",
            help="the file to write; an older file of that name is replaced",
        )
        parser.add_argument(
            "--language",
            default=settings.LANGUAGE_CODE,
            choices=sorted(dict(settings.LANGUAGES)),
            metavar="CODE",
            help="the language to print in: %(choices)s (default: %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the newest judgement.

        :raises CommandError: no such project, no judgement yet, or nowhere to write.
        """
        output = _writable(Path(options["output"]))
        snapshot = _newest_judgement(project_named(options["project"]))
        try:
            report = print_report(
                snapshot=snapshot, edition=edition_of(options["language"]), requested_by=None
            )
            output.write_bytes(open_report(report=report))
        except (PressRefused, ReportRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}") from error
        self.stdout.write(_summary(output, report, snapshot))


def _newest_judgement(project: Project) -> Snapshot:
    judged = Snapshot.objects.of_projects([project.pk]).made_by(timezone.now())
    rows = judged.select_related("project__organisation", "policy").newest_first()
    snapshot = rows.first()
    if snapshot is None:
        remedy = f"Run: manage.py evaluate_gates --project {project.slug}"
        raise CommandError(f"{project.name} was not judged yet. {remedy}")
    return snapshot


def _writable(output: Path) -> Path:
    if output.is_dir():
        raise CommandError(f"{output} is a folder; name a file, such as {output / 'report.pdf'}.")
    if not output.resolve().parent.is_dir():
        raise CommandError(f"The folder {output.resolve().parent} does not exist; make it first.")
    return output


def _summary(output: Path, report: Report, snapshot: Snapshot) -> str:
    return (
        f"{output}: {report.pages} pages, {report.size:,} bytes, SHA-256 {report.sha256}\n"
        f"{snapshot.local_date}: {snapshot.headline}"
    )
