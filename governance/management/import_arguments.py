"""The arguments that say how a file is imported."""

from django.core.management.base import CommandParser


def add_import_arguments(parser: CommandParser) -> None:
    """Name how a file is imported, and what its sender says in its place."""
    _add_ways(parser)
    _add_answers(parser)


def _add_ways(parser: CommandParser) -> None:
    """Name how a file is imported."""
    parser.add_argument("--dry-run", action="store_true", help="check only, write nothing")
    parser.add_argument(
        "--skip-refused", action="store_true", help="import the rest when rows are refused"
    )
    parser.add_argument("--format", choices=["text", "json"], default="text")


def _add_answers(parser: CommandParser) -> None:
    """Name what a file may not say, and its sender does."""
    parser.add_argument(
        "--start",
        metavar="[NAME=]DATE",
        action="append",
        default=[],
        help="the date of day 0, of one presentation or of all; may be repeated",
    )
    parser.add_argument("--pass-mark", metavar="PERCENT", help="the score that passes (40)")
    parser.add_argument("--dates", choices=["dmy", "mdy"], help="how to read 03/04/2026")
    parser.add_argument(
        "--affiliation",
        choices=["CLIENT", "PARTNER", "UNKNOWN"],
        help="for testers whom the roster does not know (UNKNOWN: never counted)",
    )
    parser.add_argument(
        "--map",
        metavar="FIELD=COLUMN",
        action="append",
        default=[],
        help="which column of the file is which field; may be repeated, and is remembered",
    )
    parser.add_argument("--on", metavar="DATE", help="the day of rows that name none")
    parser.add_argument(
        "--owner",
        metavar="NAME=EMAIL",
        action="append",
        default=[],
        help="who is meant by an owner in the file; may be repeated",
    )
    parser.add_argument(
        "--by", metavar="EMAIL", help="who decided or answered, where the file does not say"
    )
    parser.add_argument("--year", metavar="YEAR", help="of a report that does not name it")
