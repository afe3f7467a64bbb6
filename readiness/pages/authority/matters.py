"""The matters of authority that a judgement recorded, each with its sentence and its lines.

What is bad says so by its tone and its words; nothing here is green: that is for criteria.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.models import Project
from readiness.pages.authority import deciding, leading
from readiness.pages.authority.lines import Line, Said
from readiness.pages.recorded import Body

Words = Callable[[Mapping[str, Any]], Said]
PARTS: tuple[tuple[str, Promise, str, Words], ...] = (
    ("charter", _("Charter"), "governance:charter-show", leading.charter_words),
    ("rights", _("Decision rights"), "governance:ownership-map", leading.rights_words),
    ("decisions", _("Decisions"), "readiness:exposure-show", deciding.decisions_words),
    ("partner", _("The partner"), "readiness:vendor-show", deciding.partner_words),
    ("escalations", _("Escalations"), "governance:escalation-list", deciding.escalations_words),
    ("people", _("People asked for"), "governance:people-request-list", leading.people_words),
    ("sponsor", _("Sponsor"), "readiness:sponsor-show", leading.sponsor_words),
    ("dependencies", _("Dependencies"), "governance:raid-list", deciding.dependencies_words),
)
"""Name in the body, title, page with the rows, and who words it."""
ROWS = {
    "decisions": "governance:decision-detail",
    "escalations": "governance:escalation-detail",
}
"""Where a line of a part leads."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter: its title and page, what was recorded in a sentence, and its worst lines."""

    title: str | Promise
    href: str
    sentence: str
    is_bad: bool
    lines: tuple[Line, ...]


def matters_of(body: Body, project: Project) -> Iterator[Matter]:
    """Yield what a judgement recorded of authority; nothing where it is older than that."""
    recorded = body.get("authority") or {}
    for name, title, page, words in PARTS:
        if name in recorded:
            said = words(recorded[name])
            lines = tuple(_placed(line, ROWS.get(name, ""), project) for line in said.lines)
            yield Matter(
                title, reverse(page, args=[project.public_id]), said.sentence, said.is_bad, lines
            )


def _placed(line: Line, page: str, project: Project) -> Line:
    if not (line.row and page):
        return line
    return Line(line.text, line.row, reverse(page, args=[project.public_id, line.row]))
