"""What waits for the open decisions of a project, the worst first, and how fast it decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.metrics.exposed import AGES, Exposed, Exposure, Pace
from governance.metrics.exposure import exposures, scenarios_left
from governance.models import Project
from governance.pages.amounts import amount_text
from governance.pages.graphs import Graph, decision_href, graph_of, held_words
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat
from governance.querysets.batches import batches
from governance.querysets.parties import OpenAssumption, open_assumptions

ROWS_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class ExposedRow:
    """An open decision in the table: its age, what waits for it, and what a week more costs."""

    code: str
    title: str
    href: str
    graph_href: str
    decider: str
    days: str
    due_date: date | None
    is_overdue: bool
    waits: list[str]
    waits_for: str
    cost: str


@dataclass(frozen=True, slots=True)
class AgeCount:
    """How many open decisions are of an age; `is_old` where that is more than DX-05 allows."""

    label: str
    number: str
    is_old: bool


@dataclass(frozen=True, slots=True)
class ExposurePage:
    """Everything that waits, with the line that answers first."""

    rows: list[ExposedRow]
    page: "Page[Exposed]"
    answer: str
    pace: str
    median: str
    latency: str
    ages: list[AgeCount]
    graph: Graph | None
    drawn: ExposedRow | None
    trail: list[Step]

    @property
    def kept(self) -> dict[str, str]:
        """Return the query parameters to keep from page to page."""
        return {"decision": self.drawn.code} if self.drawn else {}


def exposure_page(seat: Seat, *, at: datetime, asked: Mapping[str, Any]) -> ExposurePage:
    """Return what waits; `asked` may name the decision whose graph is drawn, by its code."""
    project = seat.project
    found = exposures(project_ids=[project.pk], as_of=at)[project.pk]
    left = scenarios_left(project_id=project.pk, as_of=at) if found.rows else 0
    page = Paginator(found.rows, ROWS_ON_A_PAGE).get_page(asked.get("page", "1"))
    named = [row for row in found.rows if row.decision.code == asked.get("decision")]
    start = next(iter(named or found.rows), None)
    return ExposurePage(
        rows=[_row(project, found, row) for row in page],
        page=page,
        answer=_answer(found, left),
        pace=pace_words(found.pace_of(found.held)),
        median=days_words(found.median),
        latency=days_words(found.latency),
        ages=_ages(found),
        graph=graph_of(project, exposure=found, start=start) if start else None,
        drawn=_row(project, found, start) if start else None,
        trail=trail_of(project, _("What waits for decisions")),
    )


def _row(project: Project, found: Exposure, row: Exposed) -> ExposedRow:
    return ExposedRow(
        code=row.decision.code,
        title=row.decision.title,
        href=decision_href(project, row),
        graph_href=f"?decision={row.decision.code}#graph",
        decider=row.decision.decider,
        days=amount_text(row.days),
        due_date=row.decision.due_date,
        is_overdue=row.is_overdue,
        waits=held_words(row.held),
        waits_for=", ".join(row.waits_for),
        cost=pace_words(found.pace_of(row.held), is_short=True),
    )


def _answer(found: Exposure, left: int) -> str:
    number = len(found.rows)
    if not number:
        return _("Nothing waits: no decision is open.")
    oldest = max(row.days for row in found.rows)
    terms = {
        "number": amount_text(number),
        "held": amount_text(found.held.scenarios),
        "left": amount_text(left),
        "days": amount_text(oldest),
    }
    scenarios = _("%(held)s of %(left)s scenarios that have to pass wait for them.") if left else ""
    opened = ngettext(
        "%(number)s decision is open, the oldest for %(days)s d.",
        "%(number)s decisions are open, the oldest for %(days)s d.",
        number,
    )
    return f"{opened % terms} {scenarios % terms}".strip()


def pace_words(pace: Pace | None, *, is_short: bool = False) -> str:
    """Return what a week more of waiting costs, in scenarios a week; empty without any."""
    if pace is None:
        return ""
    terms = {
        "now": number_format(pace.now),
        "later": "" if pace.later is None else number_format(pace.later),
    }
    if pace.later is None:
        return _("A week more leaves no week before go-live.")
    if is_short:
        return _("%(now)s a week now, %(later)s in a week") % terms
    return (
        _(
            "The scenarios that wait need %(now)s passes a week until go-live if they can start"
            " now, and %(later)s a week after one more week of waiting."
        )
        % terms
    )


def days_words(days: Any) -> str:
    """Return a number of days; a dash where nothing was ever asked."""
    return "-" if days is None else _("%(days)s d") % {"days": number_format(days)}


def _ages(found: Exposure) -> list[AgeCount]:
    first = _("Up to %(to)s days") % {"to": AGES[0]}
    middle = [
        _("%(from)s to %(to)s days") % {"from": start + 1, "to": end}
        for start, end in pairwise(AGES)
    ]
    last = _("More than %(from)s days") % {"from": AGES[-1]}
    labels = [first, *middle, last]
    return [
        AgeCount(label, amount_text(number), is_old=place > 0 and number > 0)
        for place, (label, number) in enumerate(zip(labels, found.by_age, strict=True))
    ]


def exposure_body(project: Project, *, as_of: datetime, most: int | None = None) -> dict[str, Any]:
    """Return latency, exposure and debt as plain values, of `most` open decisions at most."""
    found = exposures(project_ids=[project.pk], as_of=as_of)[project.pk]
    batch = next(batches(project_ids=[project.pk], as_of=as_of))
    assumed = open_assumptions(batch)
    limits = [*(f"up_to_{limit}" for limit in AGES), f"over_{AGES[-1]}"]
    return {
        "project": f"{project.organisation.slug}/{project.slug}",
        "as_of": as_of,
        "latency": {
            "raised": found.raised,
            "open": len(found.rows),
            "decided": found.raised - len(found.rows),
            "overdue": found.overdue,
            "blocking": found.blocking,
            "p50_days": found.median,
            "p80_days": found.latency,
            "open_by_age": dict(zip(limits, found.by_age, strict=True)),
        },
        "exposure": {
            "all": _held_body(found, found.held),
            "scenarios_left": scenarios_left(project_id=project.pk, as_of=as_of),
            "decisions": [_row_body(found, row) for row in found.rows[:most]],
        },
        "debt": _debt_body(assumed),
    }


def _row_body(found: Exposure, row: Exposed) -> dict[str, Any]:
    return {
        "id": row.decision.public_id,
        "code": row.decision.code,
        "title": row.decision.title,
        "decider": row.decision.decider or None,
        "asked_at": row.decision.asked_at,
        "days": row.days,
        "due_date": row.decision.due_date,
        "overdue": row.is_overdue,
        "waits_for": list(row.waits_for),
        "waiting": _held_body(found, row.held),
    }


def _held_body(found: Exposure, held: Any) -> dict[str, Any]:
    pace = found.pace_of(held)
    return {
        "processes": held.processes,
        "scenarios": held.scenarios,
        "criteria": held.criteria,
        "decisions": held.decisions,
        "go_live": held.go_live,
        "scenarios_a_week": pace.now if pace else None,
        "scenarios_a_week_later": pace.later if pace else None,
    }


def _debt_body(assumed: list[OpenAssumption]) -> dict[str, Any]:
    return {
        "open": len(assumed),
        "overdue": sum(row.is_overdue for row in assumed),
        "debt": sum(row.debt for row in assumed),
        "assumptions": [
            {"code": row.code, "days": row.days, "dependants": row.dependants, "debt": row.debt}
            for row in assumed
        ],
    }
