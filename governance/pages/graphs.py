"""The small graph of what waits for a decision, and the same as a list for who cannot see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.charts.waiting import MOST_BOXES, Drawing, Node, draw
from governance.metrics.exposed import Exposed, Exposure, Held
from governance.models import Project
from governance.pages.amounts import amount_text

LONGEST_LINE = 26
GO_LIVE_TONE, LEAF_TONE, OPEN_TONE, LATE_TONE = "go-live", "leaf", "open", "late"
MOST_DECISIONS = MOST_BOXES // 2 + 1


@dataclass(frozen=True, slots=True)
class GraphLine:
    """One decision of the graph in words: what waits for it, decisions first."""

    text: str
    href: str
    waits: str


@dataclass(frozen=True, slots=True)
class Graph:
    """A drawing, the sentence that stands for it, the same as a list, and what it leaves out."""

    drawing: Drawing
    words: str
    lines: list[GraphLine]
    left_out: int


def graph_of(project: Project, *, exposure: Exposure, start: Exposed) -> Graph | None:
    """Return what waits for an open decision, the nearest first; None where nothing does."""
    if not start.held.number:
        return None
    shown = list(islice(_nearest(exposure, start), MOST_DECISIONS))
    edges, nodes = [], []
    for row in shown:
        key = str(row.decision.pk)
        nodes.append(_node(project, row))
        edges += [(key, str(each.decision.pk)) for each in exposure.after(row.decision.pk)]
        leaves = held_words(exposure.direct(row.decision.pk))
        if leaves:
            nodes.append(Node(f"{key}-leaves", tuple(leaves[:3]), tone=LEAF_TONE))
            edges.append((key, f"{key}-leaves"))
    return Graph(
        drawing=draw(nodes, edges=edges),
        words=_words(start),
        lines=[_line(project, exposure, row) for row in shown],
        left_out=start.held.decisions + 1 - len(shown),
    )


def held_words(held: Held) -> list[str]:
    """Return what waits, kind by kind, each with its number."""
    every = (
        (held.go_live, _("Go-live")),
        (held.decisions, ngettext("%(n)s decision", "%(n)s decisions", held.decisions)),
        (held.processes, ngettext("%(n)s process", "%(n)s processes", held.processes)),
        (held.scenarios, ngettext("%(n)s scenario", "%(n)s scenarios", held.scenarios)),
        (held.criteria, ngettext("%(n)s criterion", "%(n)s criteria", held.criteria)),
    )
    return [words % {"n": amount_text(number)} for number, words in every if number]


def decision_href(project: Project, row: Exposed) -> str:
    """Return the page of an open decision."""
    names = [project.public_id, row.decision.public_id]
    return reverse("governance:decision-detail", args=names)


def _nearest(exposure: Exposure, start: Exposed) -> Iterator[Exposed]:
    """Yield a decision and those that wait for it, level by level."""
    level, seen = [start], {start.decision.pk}
    while level:
        yield from level
        below = []
        for row in level:
            for each in exposure.after(row.decision.pk):
                if each.decision.pk not in seen:
                    seen.add(each.decision.pk)
                    below.append(each)
        level = below


def _node(project: Project, row: Exposed) -> Node:
    who = row.decision.decider or _("An executive")
    return Node(
        key=str(row.decision.pk),
        lines=(
            row.decision.code,
            _cut(row.decision.title),
            _cut(_("%(days)s d, %(who)s") % {"days": amount_text(row.days), "who": who}),
        ),
        tone=LATE_TONE if row.is_overdue else OPEN_TONE,
        href=decision_href(project, row),
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_LINE else f"{text[: LONGEST_LINE - 1].rstrip()}…"


def _words(start: Exposed) -> str:
    message = _("What waits for %(code)s: %(what)s.")
    what = ", ".join(held_words(start.held))
    return message % {"code": start.decision.code, "what": what}


def _line(project: Project, exposure: Exposure, row: Exposed) -> GraphLine:
    after = [each.decision.code for each in exposure.after(row.decision.pk)]
    waits = [*after, *held_words(exposure.direct(row.decision.pk))]
    return GraphLine(
        text=f"{row.decision.code} {row.decision.title}",
        href=decision_href(project, row),
        waits=", ".join(waits),
    )
