"""One assumption: what it costs while nobody rules on it, and what rests on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import DependentKind, Ruling
from governance.models import Assumption
from governance.pages.decisions import assumption_row, with_assumption_rows
from governance.pages.places import place_of
from governance.pages.questions import Answer, QuestionPage
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat, may_raise, may_rule
from governance.services.dependents import Known, known_dependents


@dataclass(frozen=True, slots=True)
class RestingRow:
    """A scenario that rests on an assumption; `is_open` while the business has not passed it."""

    text: str
    href: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class AssumptionPage(QuestionPage):
    """An assumption with what rests on it, and what it costs; `is_wrong` once an owner said so."""

    resting: list[RestingRow]
    debt: str
    is_wrong: bool
    rest_href: str

    @property
    def left(self) -> int:
        """Return how many scenarios have no valid pass."""
        return sum(row.is_open for row in self.resting)


def assumption_page(assumption: Assumption, *, seat: Seat, at: datetime) -> AssumptionPage:
    """Return an assumption with the words of owners on it, and what rests on it."""
    rows = with_assumption_rows(Assumption.objects.filter(project=seat.project, pk=assumption.pk))
    found = rows.prefetch_related("dependencies").get()
    rulings = sorted(found.rulings.all(), key=lambda each: (each.ruled_at, each.pk))[::-1]
    processes = found.blocked_processes.all()
    owned = {process.accountable for process in processes if process.accountable}
    is_wrong = bool(rulings) and rulings[0].ruling != Ruling.RATIFIED
    public_id = seat.project.public_id
    above = Step(_("Assumptions"), reverse("governance:assumption-list", args=[public_id]))
    return AssumptionPage(
        row=assumption_row(found, at=at),
        detail="",
        answers=[
            Answer(
                text=str(Ruling(ruling.ruling).label),
                reason=ruling.reason,
                name=ruling.ruled_by.name,
                by_partner=False,
                at=ruling.ruled_at,
                current=position == 0,
            )
            for position, ruling in enumerate(rulings)
        ],
        may_answer=may_rule(seat, owned),
        trail=trail_of(seat.project, above, found.code),
        resting=_resting(found, seat=seat),
        debt="" if rulings else _debt(found, at=at),
        is_wrong=is_wrong,
        rest_href=reverse("governance:assumption-rest", args=[public_id, found.public_id])
        if may_raise(seat) and not is_wrong
        else "",
    )


def _resting(assumption: Assumption, *, seat: Seat) -> list[RestingRow]:
    codes = [
        row.code for row in assumption.dependencies.all() if row.kind == DependentKind.SCENARIO
    ]
    known: Mapping[str, Known] = known_dependents(
        seat.project, kind=DependentKind.SCENARIO, codes=codes
    )
    return [
        RestingRow(
            text=f"{each.code} {each.title}",
            href=place_of(seat.project, noun="scenario", subject_id=each.subject_id),
            is_open=each.counts,
        )
        for each in known.values()
    ]


def _debt(assumption: Assumption, *, at: datetime) -> str:
    """Return age times what rests on it, as the register of the partner's share counts it."""
    days = (at - assumption.raised_at).days
    named = len(assumption.blocked_processes.all()) + len(assumption.dependencies.all())
    dependants = max(named, 1)
    said = ngettext(
        "%(debt)s: %(days)s day, times %(dependants)s that rest on it",
        "%(debt)s: %(days)s days, times %(dependants)s that rest on it",
        days,
    )
    return said % {"days": days, "dependants": dependants, "debt": days * dependants}
