"""Export the record of a project into a pack."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from governance.management.addressing import ProjectCommand, project_named
from governance.record.keys import RecordKeyMissing
from reports.exports.packs import Pack, export_record

HELP = """Export the whole record of one project as a pack that anybody can verify.

Two files are written: the pack, and beside it the checkpoint that covers it
(PACK.zip.checkpoint). Keep them apart: the checkpoint proves later that the pack
was not rewritten. That the record was exported is its own last entry.
"""
EXAMPLES = """examples:
  manage.py export_record --project orion --output orion.zip
  python3 verify_record.py orion.zip --anchor orion.zip.checkpoint
"""


class Command(ProjectCommand):
    """Export the record of a project into a pack."""

    help = HELP
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the project and the file."""
        super().add_arguments(parser)
        parser.add_argument(
            "--output",
            required=True,
            metavar="PACK.zip",
            help="the file to write; an older file of that name is replaced",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Export the record.

        :raises CommandError: no such project, nowhere to write, or no key to sign with.
        """
        output = Path(options["output"])
        if output.is_dir() or not output.resolve().parent.is_dir():
            raise CommandError(f"{output} cannot be written: name a file in a folder that exists.")
        project = project_named(options["project"])
        try:
            pack = export_record(project=project, exported_by=None)
            output.write_bytes(pack.content)
            output.with_name(f"{output.name}.checkpoint").write_text(
                pack.checkpoint, encoding="utf-8", newline=""
            )
        except RecordKeyMissing as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}") from error
        self.stdout.write(_summary(output, pack))


def _summary(output: Path, pack: Pack) -> str:
    return (
        f"{output}: {pack.size:,} entries, {len(pack.content):,} bytes, SHA-256 {pack.sha256}\n"
        f"{output}.checkpoint: keep it apart from the pack\n\n{pack.checkpoint}"
    )
