"""Say how much of a client's work its partner does."""

import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from governance.choices import english
from governance.management.addressing import ProjectCommand, project_named
from readiness.choices import PartnerBand
from readiness.pages.dependence import dependence_body

EXAMPLES = """
examples:
  manage.py vendor_dependency --project orion                the shares, for people
  manage.py vendor_dependency --project orion --format json  the same, for a program

Done by the partner, of all: decisions taken, assumptions without an owner's word, test runs,
defects triaged, tickets solved with outside help. The worst of them says how it stands; there
is no average.
"""


class Command(ProjectCommand):
    """Print how much hangs on the partner of one project."""

    help = "Show how much of the client's work its partner does, with bounds and months."
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the project and the format."""
        super().add_arguments(parser)
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print.

        :raises CommandError: there is no such project.
        """
        body = dependence_body(project_named(options["project"]), as_of=timezone.now())
        if options["format"] == "json":
            text = json.dumps(body, indent=1, default=lambda moment: moment.isoformat())
        else:
            text = _text(body)
        self.stdout.write(text)


def _text(body: dict[str, Any]) -> str:
    debt = body["assumptions"]
    lines = [f"{body['slug']}: {english(PartnerBand(body['band']))}"]
    for area in body["parts"]:
        share = f"{area['percent']} % ({area['done']} of {area['due']})" if area["due"] else "-"
        lines.append(f"  {area['name']:<38} {share:<24} {english(PartnerBand(area['band']))}")
    lines.append(
        f"  {debt['open']} assumptions wait for an owner, {debt['overdue']} of them too long;"
        f" debt {debt['debt']} days"
    )
    lines.append(f"  {len(body['retests'])} scenarios are to be done and tested anew")
    return "\n".join(lines)
