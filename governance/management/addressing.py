"""Find the project that somebody names on the command line."""

from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.models import Project

SHOWN = 10


class ProjectCommand(BaseCommand):
    """A command that works on the one project it is told, and keeps the lines of its help."""

    examples = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Keep the line breaks of the help."""
        kwargs |= {"formatter_class": RawDescriptionHelpFormatter, "epilog": self.examples}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the project."""
        parser.add_argument(
            "--project",
            required=True,
            metavar="SLUG",
            help="the project: its slug, or CLIENT/SLUG where two clients use the same one",
        )


def project_named(address: str) -> Project:
    """Return the project with a slug, or with CLIENT/SLUG where two clients use the same one.

    :raises CommandError: there is none, or more than one.
    """
    found = list(Project.objects.addressed_by(address).select_related("organisation"))
    if not found:
        known = ", ".join(sorted(Project.objects.values_list("slug", flat=True))[:SHOWN])
        raise CommandError(f"There is no project '{address}'. Known: {known or 'none yet'}.")
    if len(found) > 1:
        choices = ", ".join(f"{project.organisation.slug}/{project.slug}" for project in found)
        raise CommandError(f"'{address}' names more than one project. Use one of: {choices}.")
    return found[0]
