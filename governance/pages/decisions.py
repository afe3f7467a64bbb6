"""Decisions and assumptions of a project: their age, and what waits for them.

`at` is the moment of looking, in the project's own zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import Affiliation, Ruling
from governance.forms.decisions import OPEN, QuestionSearch, WantedQuestions
from governance.models import Assumption, Decision, DecisionOutcome
from governance.pages.amounts import amount_text
from governance.pages.settled import settling_of, successor_of
from governance.pages.trail import Step, trail_of
from governance.pages.waiting import (
    age_between,
    assumption_answer,
    decision_answer,
    is_overdue,
)
from governance.permissions import Seat
from governance.querysets import AssumptionQuerySet, DecisionQuerySet

ROWS_ON_A_PAGE = 50
QuestionsT = TypeVar("QuestionsT", DecisionQuerySet, AssumptionQuerySet)


@dataclass(frozen=True, slots=True)
class Blocked:
    """A process that waits for an answer, and where to see it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A decision or an assumption in its list."""

    href: str
    code: str
    text: str
    asked_by: str
    by_partner: bool
    raised_at: datetime
    age: str
    due_date: date | None
    overdue: bool
    waits_for: str
    blocks: tuple[Blocked, ...]
    blocks_go_live: bool
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuestionList:
    """One page of decisions or of assumptions, with the line that answers first."""

    rows: list[QuestionRow]
    page: "Page[Decision] | Page[Assumption]"
    answer: str
    trail: list[Step]
    form: QuestionSearch

    @property
    def show(self) -> str:
        """Return which of them are listed, as the address says it."""
        return "answered" if self.form.wanted().answered else OPEN

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


def decision_list(seat: Seat, *, at: datetime, asked: Mapping[str, Any]) -> QuestionList:
    """Return the project's decisions: the open ones, the most overdue first, or the decided."""
    form = QuestionSearch(asked, project=seat.project, with_go_live=True)
    decisions = Decision.objects.filter(project=seat.project)
    wanted = form.wanted()
    found = _found(decisions, wanted, at=at)
    if wanted.only == "mine":
        found = found.for_decider(seat.user, is_executive=seat.is_executive)
    if wanted.go_live:
        found = found.blocking()
    page = Paginator(with_decision_rows(found), ROWS_ON_A_PAGE).get_page(asked.get("page", "1"))
    return QuestionList(
        rows=[decision_row(each, at=at) for each in page],
        page=page,
        answer=decision_answer(decisions, at=at),
        trail=trail_of(seat.project, _("Decisions")),
        form=form,
    )


def assumption_list(seat: Seat, *, at: datetime, asked: Mapping[str, Any]) -> QuestionList:
    """Return the project's assumptions: those nobody ruled on, or the others."""
    form = QuestionSearch(asked, project=seat.project)
    assumptions = Assumption.objects.filter(project=seat.project)
    wanted = form.wanted()
    found = _found(assumptions, wanted, at=at)
    if wanted.only == "mine":
        found = found.for_owner(seat.user)
    page = Paginator(with_assumption_rows(found), ROWS_ON_A_PAGE).get_page(asked.get("page", "1"))
    return QuestionList(
        rows=[assumption_row(each, at=at) for each in page],
        page=page,
        answer=assumption_answer(assumptions, at=at),
        trail=trail_of(seat.project, _("Assumptions")),
        form=form,
    )


def _found(questions: QuestionsT, wanted: WantedQuestions, *, at: datetime) -> QuestionsT:
    """Keep what somebody looks for, whoever it waits for."""
    if wanted.answered:
        found = questions.answered().newest_first()
    else:
        found = questions.waiting().most_pressing_first()
    if wanted.words:
        found = found.saying(wanted.words)
    if wanted.only == "overdue":
        found = found.overdue_on(at.date())
    if wanted.only == "partner":
        found = found.by_partner()
    return found.holding_up(wanted.process) if wanted.process else found


def with_decision_rows(decisions: DecisionQuerySet) -> DecisionQuerySet:
    """Fetch with the decisions everything their rows show."""
    found = decisions.select_related("decider", "project").with_successors()
    return found.prefetch_related("blocked_processes", "outcomes__decided_by")


def with_assumption_rows(assumptions: QuerySet[Assumption]) -> QuerySet[Assumption]:
    """Fetch with the assumptions everything their rows show."""
    return assumptions.select_related("project").prefetch_related(
        "blocked_processes__accountable__owner",
        "blocked_processes__accountable__deputy",
        "rulings__ruled_by",
    )


def decision_row(decision: Decision, *, at: datetime) -> QuestionRow:
    """Return one decision as its list shows it."""
    settled = settling_of(decision)
    successor = successor_of(decision)
    end = settled.decided_at if settled else successor.raised_at if successor else at
    return QuestionRow(
        href=reverse(
            "governance:decision-detail", args=[decision.project.public_id, decision.public_id]
        ),
        code=decision.code,
        text=decision.title,
        asked_by=decision.raised_by,
        by_partner=decision.raised_affiliation == Affiliation.PARTNER,
        raised_at=decision.raised_at,
        age=age_between(decision.raised_at, end),
        due_date=decision.due_date,
        overdue=is_overdue(decision.due_date, end),
        waits_for=decision.decider.name if decision.decider else _("Nobody named: an executive"),
        blocks=_blocked(decision),
        blocks_go_live=decision.blocks_go_live,
        answer=settled.outcome if settled else _replaced_words(successor),
        answered_by=decider_of(settled) if settled else successor.raised_by if successor else "",
        answered_at=end if settled or successor else None,
    )


def _replaced_words(successor: Decision | None) -> str:
    return _("Replaced by %(code)s") % {"code": successor.code} if successor else ""


def decider_of(outcome: DecisionOutcome) -> str:
    """Return who decided; a file may not have said."""
    return outcome.decided_by.name if outcome.decided_by else _("Not said in the file")


def assumption_row(assumption: Assumption, *, at: datetime) -> QuestionRow:
    """Return one assumption as its list shows it."""
    newest = max(assumption.rulings.all(), key=lambda each: (each.ruled_at, each.pk), default=None)
    end = newest.ruled_at if newest else at
    return QuestionRow(
        href=reverse(
            "governance:assumption-detail",
            args=[assumption.project.public_id, assumption.public_id],
        ),
        code=assumption.code,
        text=assumption.statement,
        asked_by=assumption.made_by,
        by_partner=assumption.made_affiliation == Affiliation.PARTNER,
        raised_at=assumption.raised_at,
        age=age_between(assumption.raised_at, end),
        due_date=assumption.due_date,
        overdue=is_overdue(assumption.due_date, end),
        waits_for=_owners_of(assumption),
        blocks=_blocked(assumption),
        blocks_go_live=False,
        answer=str(Ruling(newest.ruling).label) if newest else "",
        answered_by=newest.ruled_by.name if newest else "",
        answered_at=newest.ruled_at if newest else None,
    )


def _owners_of(assumption: Assumption) -> str:
    names = {
        account.name: None
        for process in assumption.blocked_processes.all()
        if process.accountable is not None
        for account in (process.accountable.owner, process.accountable.deputy)
        if account is not None
    }
    return ", ".join(names) or _("No owner yet: an executive")


def _blocked(question: Decision | Assumption) -> tuple[Blocked, ...]:
    """Return the processes that wait for an answer, by code."""
    project = question.project.public_id
    processes = sorted(question.blocked_processes.all(), key=lambda each: each.code)
    return tuple(
        Blocked(str(each), reverse("readiness:process-detail", args=[project, each.public_id]))
        for each in processes
    )
