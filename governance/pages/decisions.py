"""Decisions and assumptions of a project: their age, and what waits for them.

`at` is the moment of looking, in the project's own zone.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse

from governance.choices import Affiliation, Ruling
from governance.models import Assumption, Decision, Project
from governance.pages.trail import Step, trail_of

QuestionT = TypeVar("QuestionT", Decision, Assumption)

ROWS_ON_A_PAGE = 50
OPEN, ANSWERED = "open", "answered"


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
    blocks: tuple[str, ...]
    blocks_go_live: bool
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuestionList:
    """One page of decisions or of assumptions, with the line that answers first."""

    rows: list[QuestionRow]
    page: "Page[Decision] | Page[Assumption]"
    show: str
    answer: str
    trail: list[Step]

    @property
    def kept(self) -> dict[str, str]:
        """Return the query parameters to keep from page to page."""
        return {"show": self.show}


def days_between(start: datetime, end: datetime) -> str:
    """Return an age in whole days, in words."""
    days = max((end - start).days, 0)
    return f"{days} day{'' if days == 1 else 's'}"


def decision_list(project: Project, *, at: datetime, show: str, number: str) -> QuestionList:
    """Return the project's decisions: the open ones, oldest first, or the decided ones."""
    decisions = Decision.objects.filter(project=project)
    waiting = decisions.filter(outcomes__isnull=True).order_by("raised_at", "pk")
    shown = waiting if show == OPEN else _answered(decisions, "outcomes")
    page = Paginator(with_decision_rows(shown), ROWS_ON_A_PAGE).get_page(number)
    blocking = waiting.filter(blocks_go_live=True).count()
    answer = _answer(waiting, "decision", at=at)
    if blocking:
        answer += f" {blocking} of them block{'s' if blocking == 1 else ''} go-live."
    rows = [decision_row(each, at=at) for each in page]
    return QuestionList(rows, page, show, answer, trail_of(project, "Decisions"))


def assumption_list(project: Project, *, at: datetime, show: str, number: str) -> QuestionList:
    """Return the project's assumptions: those nobody ruled on, oldest first, or the others."""
    assumptions = Assumption.objects.filter(project=project)
    waiting = assumptions.filter(rulings__isnull=True).order_by("raised_at", "pk")
    shown = waiting if show == OPEN else _answered(assumptions, "rulings")
    page = Paginator(with_assumption_rows(shown), ROWS_ON_A_PAGE).get_page(number)
    answer = _answer(waiting, "assumption", at=at)
    rows = [assumption_row(each, at=at) for each in page]
    return QuestionList(rows, page, show, answer, trail_of(project, "Assumptions"))


def with_decision_rows(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Fetch with the decisions everything their rows show."""
    return decisions.select_related("decider", "project").prefetch_related(
        "blocked_processes", "outcomes__decided_by"
    )


def with_assumption_rows(assumptions: QuerySet[Assumption]) -> QuerySet[Assumption]:
    """Fetch with the assumptions everything their rows show."""
    return assumptions.select_related("project").prefetch_related(
        "blocked_processes__accountable__owner",
        "blocked_processes__accountable__deputy",
        "rulings__ruled_by",
    )


def decision_row(decision: Decision, *, at: datetime) -> QuestionRow:
    """Return one decision as its list shows it."""
    newest = max(decision.outcomes.all(), key=lambda each: (each.decided_at, each.pk), default=None)
    end = newest.decided_at if newest else at
    return QuestionRow(
        href=reverse(
            "governance:decision-detail", args=[decision.project.public_id, decision.public_id]
        ),
        code=decision.code,
        text=decision.title,
        asked_by=decision.raised_by,
        by_partner=decision.raised_affiliation == Affiliation.PARTNER,
        raised_at=decision.raised_at,
        age=days_between(decision.raised_at, end),
        due_date=decision.due_date,
        overdue=_overdue(decision.due_date, end),
        waits_for=decision.decider.name if decision.decider else "Nobody named: an executive",
        blocks=tuple(str(process) for process in decision.blocked_processes.all()),
        blocks_go_live=decision.blocks_go_live,
        answer=newest.outcome if newest else "",
        answered_by=newest.decided_by.name if newest else "",
        answered_at=newest.decided_at if newest else None,
    )


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
        age=days_between(assumption.raised_at, end),
        due_date=assumption.due_date,
        overdue=_overdue(assumption.due_date, end),
        waits_for=_owners_of(assumption),
        blocks=tuple(str(process) for process in assumption.blocked_processes.all()),
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
    return ", ".join(names) or "No owner yet: an executive"


def _answered(questions: QuerySet[QuestionT], answers: str) -> QuerySet[QuestionT]:
    return questions.exclude(**{f"{answers}__isnull": True}).order_by("-raised_at", "-pk")


def _overdue(due_date: date | None, end: datetime) -> bool:
    return due_date is not None and end.date() > due_date


def _answer(waiting: QuerySet[QuestionT], noun: str, *, at: datetime) -> str:
    """Return how many wait and how long the oldest has."""
    count = waiting.count()
    oldest = waiting.first()
    if oldest is None:
        return f"No {noun} waits for an answer."
    verb = "waits" if count == 1 else "wait"
    plural = "" if count == 1 else "s"
    age = days_between(oldest.raised_at, at)
    return f"{count} {noun}{plural} {verb} for an answer, the oldest for {age}."
