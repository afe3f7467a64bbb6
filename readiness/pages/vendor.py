"""How much hangs on the partner: five shares side by side, their months, and what waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Assumption, Project
from governance.pages.looks import Look
from governance.pages.places import place_of
from governance.pages.trail import Step, trail_of
from governance.querysets.parties import OpenAssumption
from readiness.charts.progress import BurnPoint
from readiness.charts.sparkline import Sparkline, sparkline_of
from readiness.choices import PartnerArea, PartnerBand
from readiness.metrics.dependence import Dependence, Part, dependence_of, waiting_assumptions
from readiness.pages.words import number_text, percent_text
from readiness.policy.dependence import BOUNDS
from uat.querysets.retests import Retest, retests

SHOWN = 10
LOOKS: dict[PartnerBand, tuple[str, str]] = {
    PartnerBand.NONE: ("circle-dashed", "unknown"),
    PartnerBand.LOW: ("circle-check", "good"),
    PartnerBand.WATCH: ("alert-triangle", "warn"),
    PartnerBand.HIGH: ("circle-x", "bad"),
}
BEHIND: dict[PartnerArea, tuple[str, str]] = {
    PartnerArea.DECISIONS: ("governance:decision-list", "?show=answered"),
    PartnerArea.ASSUMPTIONS: ("governance:assumption-list", "?only=partner"),
    PartnerArea.RUNS: ("uat:scenario-list", "?state=partner"),
    PartnerArea.TRIAGE: ("uat:defect-list", "?show=all"),
}


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One share: in words, over what, how it looks, its bounds, its months, its rows."""

    part: Part
    word: str
    share: str
    of: str
    unknown: str
    bounds: str
    look: Look
    line: Sparkline | None
    href: str


@dataclass(frozen=True, slots=True)
class MonthRow:
    """The shares of one month, in the order of the areas; empty where nothing happened."""

    month: str
    shares: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An assumption that waits for a word, with what it costs."""

    text: str
    href: str
    row: OpenAssumption


@dataclass(frozen=True, slots=True)
class RetestRow:
    """A scenario that has to be done anew, and the assumption that was wrong."""

    text: str
    href: str
    because: str
    because_href: str


@dataclass(frozen=True, slots=True)
class VendorPage:
    """How much hangs on the partner, the line that answers first, and what waits."""

    rows: list[AreaRow]
    months: list[MonthRow]
    waiting: list[WaitingRow]
    more_waiting: int
    debt: int
    overdue: int
    anew: list[RetestRow]
    answer: str
    trail: list[Step]


def vendor_page(project: Project, *, at: datetime) -> VendorPage:
    """Return how much of the client's work a partner does in a project."""
    found = dependence_of(project, as_of=at)
    waiting = waiting_assumptions(project_ids=[project.pk], as_of=at).get(project.pk, [])
    worst = sorted(waiting, key=lambda row: -row.debt)
    return VendorPage(
        rows=[_area_row(part, found, project) for part in found.parts.values()],
        months=[
            MonthRow(
                date_format(month, "M Y"),
                [(str(part.area.label), _share(part)) for part in parts.values()],
            )
            for month, parts in reversed(list(found.months.items()))
            if any(part.due for part in parts.values())
        ],
        waiting=_waiting_rows(worst[:SHOWN], project),
        more_waiting=max(len(worst) - SHOWN, 0),
        debt=sum(row.debt for row in waiting),
        overdue=sum(row.is_overdue for row in waiting),
        anew=[_retest_row(row, project) for row in retests(project_ids=[project.pk], as_of=at)],
        answer=_answer(found),
        trail=trail_of(project, _("Partner's share")),
    )


def _answer(found: Dependence) -> str:
    band = found.band
    if band is PartnerBand.NONE:
        return _("Nothing to measure yet: no decision, assumption or run is on record.")
    if band is PartnerBand.LOW:
        return _("Little hangs on the partner: every share is within its bounds.")
    parts = [part for part in found.parts.values() if part.band is band]
    what = "; ".join(f"{part.area.label} {_share(part)}" for part in parts)
    if band is PartnerBand.HIGH:
        return _("Too much hangs on the partner. %(what)s.") % {"what": what}
    return _("Watch what hangs on the partner. %(what)s.") % {"what": what}


def _share(part: Part) -> str:
    return percent_text(part.done, part.due) if part.due else ""


def _area_row(part: Part, found: Dependence, project: Project) -> AreaRow:
    area, bounds = part.area, BOUNDS[part.area]
    shape, tone = LOOKS[part.band]
    of = _("%(done)s of %(due)s") % {
        "done": number_text(part.done),
        "due": number_text(part.due),
    }
    said = _("Watched above %(watch)s %%, too much above %(high)s %%")
    return AreaRow(
        part=part,
        word=str(area.label),
        share=_share(part),
        of=of if part.due else "",
        unknown=_unknown(part.unknown),
        bounds=said % {"watch": bounds.watch, "high": bounds.high},
        look=Look(str(part.band.label), shape, tone),
        line=_line(area, found),
        href=_behind(area, project),
    )


def _unknown(number: int) -> str:
    if not number:
        return ""
    said = ngettext(
        "Of %(number)s nobody knows who did it",
        "Of %(number)s nobody knows who did them",
        number,
    )
    return said % {"number": number_text(number)}


def _behind(area: PartnerArea, project: Project) -> str:
    if area is PartnerArea.SUPPORT:
        return reverse("readiness:reported-detail", args=[project.public_id, "sup.vendor_share"])
    name, asked = BEHIND[area]
    return reverse(name, args=[project.public_id]) + asked


def _line(area: PartnerArea, found: Dependence) -> Sparkline | None:
    """Return the months of one share as a small line; bounds are drawn as what is due."""
    points = [
        BurnPoint(month, _percent(parts[area]), Decimal(BOUNDS[area].high))
        for month, parts in found.months.items()
        if parts[area].due
    ]
    return sparkline_of(points, words=_line_words(points)) if points else None


def _line_words(points: Iterable[BurnPoint]) -> str:
    told = [(point.day, point.measured or Decimal(0)) for point in points]
    (first, before), (last, now) = told[0], told[-1]
    return _("%(before)s %% in %(first)s, %(now)s %% in %(last)s.") % {
        "before": number_text(before),
        "first": _month(first),
        "now": number_text(now),
        "last": _month(last),
    }


def _month(day: date) -> str:
    return date_format(day, "M Y")


def _percent(part: Part) -> Decimal:
    return (Decimal(100) * part.done / part.due).quantize(Decimal("0.1"))


def _waiting_rows(rows: Iterable[OpenAssumption], project: Project) -> list[WaitingRow]:
    shown = list(rows)
    named = Assumption.objects.filter(project=project).in_bulk([row.assumption_id for row in shown])
    return [
        WaitingRow(
            text=str(named[row.assumption_id]),
            href=place_of(
                project, noun="assumption", subject_id=named[row.assumption_id].public_id
            ),
            row=row,
        )
        for row in shown
        if row.assumption_id in named
    ]


def _retest_row(row: Retest, project: Project) -> RetestRow:
    return RetestRow(
        text=f"{row.code} {row.title}",
        href=place_of(project, noun="scenario", subject_id=row.scenario_id),
        because=row.assumption_code,
        because_href=place_of(project, noun="assumption", subject_id=row.assumption_id),
    )
