"""Import a file of facts into a project, or a portfolio into an organisation."""

import argparse
import io
import json
import logging
import sys
import zipfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from governance.choices import ImportState
from governance.imports.ledger import Ledger
from governance.imports.run import give_up, perform_import
from governance.management.import_arguments import add_import_arguments
from governance.models import ImportRun, Job, Organisation, Project
from governance.services.attachments import LARGEST_FILE, Place
from governance.services.imports import AUTO, ImportRefused, Wish, job_of, request_import
from governance.services.jobs import claim_job, fail_job, finish_job

logger = logging.getLogger(__name__)
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xml", ".zip", ".md")
SHOWN = 20
EXAMPLES = """
examples:
  manage.py import_facts catalogue catalogue.xlsx --project acme/upgrade --dry-run
  manage.py import_facts auto runs.csv --project upgrade --skip-refused
  manage.py import_facts training folder/ --project upgrade --start 2013J=2013-10-01
  manage.py import_facts portfolio report.csv --organisation acme
  manage.py import_facts auto raid.xlsx --project upgrade --on 2026-05-01 --owner Lead=sam@x.example
  manage.py import_facts auto doc/adr/ --project upgrade
  manage.py import_facts roster staff.csv --project upgrade --map person="Staff no" --map name=Who

A file with a refused row writes nothing, unless --skip-refused imports the rest. The same
file twice changes nothing. The exit code is 1 when anything was refused.
"""


class Command(BaseCommand):
    """Import a file: check each row, then write all of it or nothing."""

    help = "Import a file of facts: each row is checked, then all of it is written, or nothing."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Show the examples as they are written."""
        return super().create_parser(
            prog_name,
            subcommand,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            epilog=EXAMPLES,
            **kwargs,
        )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the arguments."""
        kinds = [AUTO, *settings.IMPORT_KINDS]
        parser.add_argument("kind", metavar="KIND", choices=kinds, help=", ".join(kinds))
        parser.add_argument(
            "file", metavar="FILE", type=Path, help="a .csv, .xlsx, .xml or .zip, or a folder"
        )
        place = parser.add_mutually_exclusive_group(required=True)
        place.add_argument("--project", metavar="SLUG", help="CLIENT/SLUG, or SLUG alone")
        place.add_argument("--organisation", metavar="SLUG", help="the client of a portfolio")
        add_import_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the arguments, import, and say what came of it."""
        place = _place_of(options)
        content = _content_of(options["file"])
        wish = Wish(kind=options["kind"], options=_options_of(options), dry_run=options["dry_run"])
        try:
            run, ledger = _import(place, name=options["file"].name, content=content, wish=wish)
        except ImportRefused as refusal:
            if options["format"] == "json":
                self.stdout.write(json.dumps(_refused(wish, str(refusal)), ensure_ascii=False))
                sys.exit(1)
            raise CommandError(str(refusal)) from refusal
        if options["format"] == "json":
            report = _report(run, ledger)
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(_text(run, ledger))
        refused = bool(ledger.refusals) and not options["skip_refused"]
        if refused or run.state in (ImportState.REFUSED, ImportState.FAILED):
            sys.exit(1)


def _place_of(options: dict[str, Any]) -> Place:
    """Return where the facts belong.

    :raises CommandError: no project or organisation is called that, or several are.
    """
    if options["organisation"]:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"There is no organisation {options['organisation']}.")
        return Place(organisation=organisation)
    address = options["project"]
    found = list(Project.objects.addressed_by(address).select_related("organisation")[:2])
    if not found:
        raise CommandError(f"There is no project {address}. Write CLIENT/SLUG, or SLUG alone.")
    if len(found) > 1:
        raise CommandError(f"Several clients have a project {address}. Write CLIENT/{address}.")
    return Place(organisation=found[0].organisation, project=found[0])


def _content_of(path: Path) -> bytes:
    """Return the bytes of a file, or of a zip file made of the tables in a folder.

    :raises CommandError: it cannot be read, is larger than LARGEST_FILE, or holds no table.
    """
    try:
        files = _tables_in(path) if path.is_dir() else [path]
        if sum(file.stat().st_size for file in files) > LARGEST_FILE * (10 if path.is_dir() else 1):
            raise CommandError(f"{path} is larger than {LARGEST_FILE // 1024**2} MB. Split it.")
        return _packed(files) if path.is_dir() else path.read_bytes()
    except OSError as error:
        raise CommandError(f"Cannot read {path}: {error.strerror}.") from error


def _tables_in(folder: Path) -> list[Path]:
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in TABLES)
    if not files:
        raise CommandError(f"There is no table ({', '.join(TABLES)}) in {folder}.")
    return files


def _packed(files: list[Path]) -> bytes:
    """Return the files as one zip file, the same bytes for the same files."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())
    return output.getvalue()


def _options_of(options: dict[str, Any]) -> dict[str, Any]:
    starts = dict(_named(word) for word in options["start"])
    wanted = {
        "skip_refused": options["skip_refused"],
        "starts": starts,
        "pass_mark": options["pass_mark"],
        "dates": options["dates"],
        "affiliation": options["affiliation"],
        "year": options["year"],
        "on": options["on"],
        "by": options["by"],
        "owners": dict(_mapped(word) for word in options["owner"]),
        "map": dict(_mapped(word) for word in options["map"]),
    }
    return {name: value for name, value in wanted.items() if value}


def _named(word: str) -> tuple[str, str]:
    name, _, day = word.rpartition("=")
    return name, day


def _mapped(word: str) -> tuple[str, str]:
    """Return a field and the column that it is.

    :raises CommandError: it is not FIELD=COLUMN.
    """
    name, sign, heading = word.partition("=")
    if not sign or not name.strip() or not heading.strip():
        raise CommandError(f"“{word}” is not FIELD=COLUMN, such as name=Who.")
    return name.strip(), heading.strip()


def _import(place: Place, *, name: str, content: bytes, wish: Wish) -> tuple[ImportRun, Ledger]:
    """Ask for the import, claim its job before any worker sees it, and do it here.

    :raises ImportRefused: the file is not even looked at.
    :raises CommandError: a fault of ours stopped it.
    """
    moment = timezone.now()
    with transaction.atomic():
        run = request_import(actor=None, place=place, name=name, content=content, wish=wish)
        job = claim_job(job_id=job_of(run).pk, moment=moment)
    if job is None:  # pragma: no cover - nobody else can see the job yet
        raise CommandError("Another worker took the import.")
    try:
        ledger = perform_import(run, job=job, moment=moment)
    except Exception as error:
        raise _broken(run, job=job, error=error) from error
    finish_job(job=job, moment=timezone.now())
    return run, ledger


def _broken(run: ImportRun, *, job: Job, error: Exception) -> CommandError:
    logger.exception("import %s failed", run.public_id)
    give_up(run, for_good=True, moment=timezone.now())
    fail_job(job=job, error=type(error).__name__, moment=timezone.now(), for_good=True)
    return CommandError(
        f"Stopped by an unexpected {type(error).__name__}; nothing was written."
        f" The log names it under {run.public_id}."
    )


def _refused(wish: Wish, message: str) -> dict[str, Any]:
    return {
        "kind": wish.kind,
        "state": ImportState.REFUSED.value,
        "message": message,
        "dry_run": wish.dry_run,
        "taken": 0,
        "unchanged": 0,
        "refused": [],
        "skipped": [],
        "counts": {},
    }


def _report(run: ImportRun, ledger: Ledger) -> dict[str, Any]:
    refused, skipped = ledger.as_lists()
    return {
        "kind": run.kind,
        "state": str(run.state),
        "message": run.message,
        "dry_run": run.dry_run,
        "taken": run.taken,
        "unchanged": run.unchanged,
        "refused": refused,
        "skipped": skipped,
        "counts": run.counts,
        "recognised": run.recognised,
        "import": str(run.public_id),
    }


def _recognised(table: dict[str, Any]) -> str:
    """Say what a table was read as, and which columns somebody had mapped."""
    if not table["kind"]:
        titles = ", ".join(heading["title"] for heading in table["headings"][:8])
        return f"  not recognised  {table['name']}: {titles or 'no heading'}"
    how = f"{table['kind']}, {table['rows']} rows, {table['encoding']}"
    if not table["mapped"]:
        return f"  read  {table['name']}: {how}"
    pairs = ", ".join(f"{key}={heading}" for key, heading in table["fields"].items())
    return f"  read  {table['name']}: {how}; mapped {pairs}"


def _text(run: ImportRun, ledger: Ledger) -> str:
    lines = [run.message, *map(_recognised, run.recognised)]
    for one in ledger.refusals[:SHOWN]:
        place = f"{one.file} row {one.row}, {one.column}"
        lines.append(f"  refused  {place}: “{one.value}” {one.reason}. {one.remedy}")
    if len(ledger.refusals) > SHOWN:
        lines.append(f"  … and {len(ledger.refusals) - SHOWN} more; --format json lists them all")
    written = {name: number for name, number in run.counts.items() if ":" not in name}
    lines += [f"  {name.replace('_', ' ')}: {number}" for name, number in written.items()]
    left_out = ledger.skipped_because().items()
    lines += [f"  left out, {reason}: {number}" for reason, number in left_out]
    return "\n".join(lines)
