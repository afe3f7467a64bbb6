"""Risks, issues and dependencies of a project: how they stand, and whose they are.

`at` is the moment of looking, in the project's own zone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.choices import Level, RaidKind, RaidState
from governance.forms.raid import CLOSED, OPEN, RaidSearch, WantedRaid
from governance.models import RaidItem
from governance.pages.amounts import amount_text
from governance.pages.looks import Look
from governance.pages.parked import ParkedFile, parked_files
from governance.pages.trail import Step, trail_of
from governance.pages.waiting import age_between, is_overdue
from governance.permissions import Seat
from governance.querysets import RaidQuerySet
from governance.querysets.raid import FRESH_DAYS

ROWS_ON_A_PAGE = 50
CONFIRMED = Look(gettext_lazy("Confirmed"), "check", "good")
OLD = Look(gettext_lazy("Confirmed long ago"), "history", "warn")
LATE = Look(gettext_lazy("Promised too late"), "clock-exclamation", "bad")
UNSAID = Look(gettext_lazy("Not confirmed"), "help-circle", "unknown")
_RANKS = {Level.HIGH: 3, Level.MEDIUM: 2, Level.LOW: 1}
_SEVERE = 6


@dataclass(frozen=True, slots=True)
class RaidRow:
    """A risk, an issue or a dependency in its list."""

    item: RaidItem
    href: str
    kind: str
    age: str
    overdue: bool
    owner: str
    owned: bool
    severe: bool
    word: Look | None
    promised: date | None
    said_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Say whether it is open."""
        return self.item.state == RaidState.OPEN


@dataclass(frozen=True, slots=True)
class RaidList:
    """One page of risks, issues and dependencies, with the lines that answer first."""

    rows: list[RaidRow]
    page: "Page[RaidItem]"
    answer: str
    parked: list[ParkedFile]
    trail: list[Step]
    form: RaidSearch

    @property
    def show(self) -> str:
        """Return which of them are listed, as the address says it."""
        return CLOSED if self.form.wanted().closed else OPEN

    @property
    def kept(self) -> dict[str, str]:
        """Return the query parameters to keep from page to page."""
        return {**self.form.kept(), "show": self.show}

    @property
    def is_narrowed(self) -> bool:
        """Say whether somebody looks for some of them only."""
        return bool(set(self.form.kept()) - {"show"})

    @property
    def found(self) -> str:
        """Return how many are listed."""
        number = self.page.paginator.count
        found = ngettext("%(number)s found", "%(number)s found", number)
        return found % {"number": amount_text(number)}


def raid_list(seat: Seat, *, at: datetime, asked: Mapping[str, Any]) -> RaidList:
    """Return the project's risks, issues and dependencies, the most pressing first."""
    form = RaidSearch(asked)
    rows = RaidItem.objects.filter(project=seat.project)
    found = _found(rows, form.wanted(), seat=seat, at=at)
    shown = found.with_word().select_related("owner", "project")
    page = Paginator(shown, ROWS_ON_A_PAGE).get_page(asked.get("page", "1"))
    return RaidList(
        rows=[raid_row(each, at=at) for each in page],
        page=page,
        answer=raid_answer(rows, at=at),
        parked=parked_files(seat.project),
        trail=trail_of(seat.project, _("Risks and issues")),
        form=form,
    )


def _found(rows: RaidQuerySet, wanted: WantedRaid, *, seat: Seat, at: datetime) -> RaidQuerySet:
    found = rows.closed().newest_first() if wanted.closed else rows.waiting().most_pressing_first()
    if wanted.words:
        found = found.saying(wanted.words)
    if wanted.kind:
        found = found.of_kind(wanted.kind)
    narrowed: dict[str, Callable[[], RaidQuerySet]] = {
        "": found.all,
        "mine": lambda: found.owned_by(seat.user),
        "unowned": found.unowned,
        "overdue": lambda: found.overdue_on(at.date()),
        "severe": found.severe,
        "unconfirmed": found.not_confirmed,
        "stale": lambda: found.stale_at(at),
    }
    return narrowed[wanted.only]()


def raid_row(item: Any, *, at: datetime) -> RaidRow:
    """Return one item, fetched with its newest word, as its list shows it."""
    weight = _RANKS.get(item.impact, 0) * _RANKS.get(item.probability, 2)
    return RaidRow(
        item=item,
        href=reverse("governance:raid-detail", args=[item.project.public_id, item.public_id]),
        kind=str(RaidKind(item.kind).label),
        age=age_between(item.raised_at, at),
        overdue=item.state == RaidState.OPEN and is_overdue(item.due_date, at),
        owner=item.owner.name if item.owner else item.owner_text,
        owned=item.owner is not None,
        severe=weight >= _SEVERE,
        word=_word(item, at=at) if item.kind == RaidKind.DEPENDENCY else None,
        promised=item.promised,
        said_at=item.said_at,
    )


def _word(item: Any, *, at: datetime) -> Look:
    """Return what the provider's newest word is worth."""
    if item.promised is None:
        return UNSAID
    if item.due_date is not None and item.promised > item.due_date:
        return LATE
    return CONFIRMED if item.said_at >= at - timedelta(days=FRESH_DAYS) else OLD


def raid_answer(rows: RaidQuerySet, *, at: datetime) -> str:
    """Return how many are open, and how many of them nobody owns or confirmed."""
    tally = rows.waiting().tally(day=at.date())
    if not tally.number:
        return _("No risk, issue or dependency is open.")
    risks = ngettext("%(n)d risk", "%(n)d risks", tally.risks)
    issues = ngettext("%(n)d issue", "%(n)d issues", tally.issues)
    needs = ngettext("%(n)d dependency", "%(n)d dependencies", tally.dependencies)
    named = {
        "risks": risks % {"n": tally.risks},
        "issues": issues % {"n": tally.issues},
        "needs": needs % {"n": tally.dependencies},
    }
    unsaid = rows.not_confirmed().count() if tally.dependencies else 0
    unconfirmed = ngettext(
        "%(n)d dependency is not confirmed.", "%(n)d dependencies are not confirmed.", unsaid
    )
    nobody = ngettext("Nobody owns %(n)d of them.", "Nobody owns %(n)d of them.", tally.unowned)
    late = ngettext("%(n)d of them is overdue.", "%(n)d of them are overdue.", tally.overdue)
    parts = (
        (1, _("Open: %(risks)s, %(issues)s, %(needs)s.") % named),
        (unsaid, unconfirmed % {"n": unsaid}),
        (tally.overdue, late % {"n": tally.overdue}),
        (tally.unowned, nobody % {"n": tally.unowned}),
    )
    return " ".join(text for number, text in parts if number)
