"""How the project is led, as the project manager and the sponsor answered, side by side.

Nobody else sees an answer, and neither of the two before both have answered.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.choices import AssessedAs, Role
from governance.models import LeadershipAssessment, User
from governance.pages.delegations import moment_words
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat

LEAST_TIME, MOST_WORKSTREAMS, LEAST_HOURS = 50, 5, 2
"""Edges of our own: below half a week, above five workstreams, below two hours a month."""


@dataclass(frozen=True, slots=True)
class _Fact:
    """One question of the assessment: its words, and when an answer is worth a talk."""

    name: str
    words: Promise
    worries: Callable[[int], bool]
    why: Promise


FACTS = (
    _Fact(
        "erp_upgrades",
        gettext_lazy("ERP upgrades before"),
        lambda number: number == 0,
        gettext_lazy("A first upgrade needs somebody beside who has done one."),
    ),
    _Fact(
        "time_percent",
        gettext_lazy("Share of the week, in percent"),
        lambda number: number < LEAST_TIME,
        gettext_lazy("Less than half a week does not hold an upgrade together."),
    ),
    _Fact(
        "workstreams",
        gettext_lazy("Workstreams at once"),
        lambda number: number > MOST_WORKSTREAMS,
        gettext_lazy("More than five at once are followed, not led."),
    ),
    _Fact(
        "sponsor_hours",
        gettext_lazy("Hours with the sponsor in a month"),
        lambda number: number < LEAST_HOURS,
        gettext_lazy("Below two hours a month the sponsor hears too late."),
    ),
    _Fact(
        "has_office",
        gettext_lazy("Somebody keeps plan, minutes and lists"),
        lambda number: not number,
        gettext_lazy("Without it the project manager keeps lists instead of leading."),
    ),
)


@dataclass(frozen=True, slots=True)
class FactRow:
    """One question with both answers; `worry` says what to talk about."""

    words: str
    manager: str
    sponsor: str
    differs: bool
    worry: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides about one project manager."""

    manager: User
    by_manager: str
    by_sponsor: str
    rows: list[FactRow]
    notes: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class LeadershipPage:
    """What the reader may see of the assessment."""

    answer: str
    own: list[str]
    comparisons: list[Comparison]
    trail: list[Step]


def leadership_page(seat: Seat) -> LeadershipPage:
    """Return the reader's own answers, and both sides where both have answered."""
    rows = LeadershipAssessment.objects.filter(project=seat.project)
    fetched = rows.select_related("project_manager", "answered_by").order_by("answered_at", "pk")
    newest = {
        (row.project_manager_id, AssessedAs(row.answered_as), row.answered_by_id): row
        for row in fetched
    }
    own = [row for row in newest.values() if row.answered_by_id == seat.user.pk]
    others = [row for row in newest.values() if row.answered_by_id != seat.user.pk]
    comparisons = [
        _compared(mine, other) for mine in own if (other := _other_side(mine, others, seat))
    ]
    return LeadershipPage(
        answer=_answer(own, comparisons, seat),
        own=[_own_words(row) for row in own],
        comparisons=comparisons,
        trail=trail_of(seat.project, _("How the project is led")),
    )


def _other_side(
    mine: LeadershipAssessment, others: list[LeadershipAssessment], seat: Seat
) -> LeadershipAssessment | None:
    """Return the newest answer of the other side about the same project manager.

    A sponsor compares only while being the sponsor, a project manager only about oneself.
    """
    side = Role.SPONSOR if mine.answered_as == AssessedAs.SPONSOR else Role.PROJECT_MANAGER
    if not seat.holds({side}):
        return None
    found = [
        row
        for row in others
        if row.project_manager_id == mine.project_manager_id and row.answered_as != mine.answered_as
    ]
    return max(found, key=lambda row: (row.answered_at, row.pk), default=None)


def _compared(mine: LeadershipAssessment, other: LeadershipAssessment) -> Comparison:
    pair = {mine.answered_as: mine, other.answered_as: other}
    manager, sponsor = pair[AssessedAs.PROJECT_MANAGER], pair[AssessedAs.SPONSOR]
    notes = [(row.answered_by.name, row.note) for row in (manager, sponsor) if row.note]
    return Comparison(
        manager=mine.project_manager,
        by_manager=_own_words(manager),
        by_sponsor=_own_words(sponsor),
        rows=[_fact_row(fact, manager, sponsor) for fact in FACTS],
        notes=notes,
    )


def _fact_row(fact: _Fact, manager: LeadershipAssessment, sponsor: LeadershipAssessment) -> FactRow:
    values = [getattr(row, fact.name) for row in (manager, sponsor)]
    worry = str(fact.why) if any(fact.worries(value) for value in values) else ""
    manager_says, sponsor_says = map(_word, values)
    differs = values[0] != values[1]
    return FactRow(str(fact.words), manager_says, sponsor_says, differs, worry)


def _word(value: int | bool) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)


def _own_words(row: LeadershipAssessment) -> str:
    told = {"name": row.answered_by.name, "at": moment_words(row.answered_at)}
    return _("%(name)s, %(at)s") % told


def _answer(own: list[LeadershipAssessment], comparisons: list[Comparison], seat: Seat) -> str:
    if comparisons:
        differing = sum(row.differs for each in comparisons for row in each.rows)
        if not differing:
            return _("You both answered, and you see it alike.")
        return _("You both answered; you see %(number)d of %(all)d differently.") % {
            "number": differing,
            "all": sum(len(each.rows) for each in comparisons),
        }
    if own:
        return _("You answered. The other side has not; you see both once it has.")
    return _("Five plain questions. You see the other side's answers once both have answered.")
