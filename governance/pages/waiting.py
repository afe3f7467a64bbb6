"""How many questions wait, for how long, and how many of them too long."""

from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Assumption, Decision

QuestionT = TypeVar("QuestionT", Decision, Assumption)


def days_between(start: datetime, end: datetime) -> str:
    """Return an age in whole days, in words."""
    days = max((end - start).days, 0)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def is_overdue(due_date: date | None, end: datetime) -> bool:
    """Say whether a date had passed at a moment."""
    return due_date is not None and end.date() > due_date


def _waiting(waiting: QuerySet[QuestionT], *, at: datetime) -> tuple[dict[str, Any], int]:
    """Return number and age of the oldest for a sentence, and how many are overdue."""
    moments = list(waiting.order_by("raised_at").values_list("raised_at", "due_date"))
    age = days_between(moments[0][0], at) if moments else ""
    overdue = sum(is_overdue(due, at) for _raised, due in moments)
    return {"number": len(moments), "age": age}, overdue


def _overdue_sentence(number: int) -> str:
    if not number:
        return ""
    return ngettext("%(n)d of them is overdue.", "%(n)d of them are overdue.", number) % {
        "n": number
    }


def decision_answer(waiting: QuerySet[Decision], *, at: datetime) -> str:
    """Return how many wait, how long the oldest has, and what they hold up."""
    terms, overdue = _waiting(waiting, at=at)
    if not terms["number"]:
        return _("No decision waits for an answer.")
    first = ngettext(
        "%(number)d decision waits for an answer, the oldest for %(age)s.",
        "%(number)d decisions wait for an answer, the oldest for %(age)s.",
        terms["number"],
    )
    blocking = waiting.filter(blocks_go_live=True).count()
    blocks = ngettext("%(n)d of them blocks go-live.", "%(n)d of them block go-live.", blocking) % {
        "n": blocking
    }
    parts = (first % terms, blocks if blocking else "", _overdue_sentence(overdue))
    return " ".join(part for part in parts if part)


def assumption_answer(waiting: QuerySet[Assumption], *, at: datetime) -> str:
    """Return how many wait and how long the oldest has."""
    terms, overdue = _waiting(waiting, at=at)
    if not terms["number"]:
        return _("No assumption waits for an answer.")
    first = ngettext(
        "%(number)d assumption waits for an answer, the oldest for %(age)s.",
        "%(number)d assumptions wait for an answer, the oldest for %(age)s.",
        terms["number"],
    )
    return " ".join(part for part in (first % terms, _overdue_sentence(overdue)) if part)
