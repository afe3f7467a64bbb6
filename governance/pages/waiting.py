"""How many questions wait, for how long, and how many of them too long."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from governance.querysets import AssumptionQuerySet, DecisionQuerySet


def days_between(start: datetime, end: datetime) -> str:
    """Return how long something waits, in whole days, as it stands in a sentence."""
    days = _days(start, end)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def age_between(start: datetime, end: datetime) -> str:
    """Return an age in whole days, as it stands by itself in a column."""
    days = _days(start, end)
    return npgettext("by itself", "%(n)d day", "%(n)d days", days) % {"n": days}


def _days(start: datetime, end: datetime) -> int:
    return max((end - start).days, 0)


def is_overdue(due_date: date | None, end: datetime) -> bool:
    """Say whether a date had passed at a moment."""
    return due_date is not None and end.date() > due_date


def decision_answer(decisions: DecisionQuerySet, *, at: datetime) -> str:
    """Return how many wait, how long the oldest has, and what they hold up."""
    waiting = decisions.waiting()
    terms, overdue = _counted(waiting, at=at)
    number = terms["number"]
    if not number:
        return _("No decision waits for an answer.")
    first = ngettext(
        "%(number)d decision waits for an answer, the oldest for %(age)s.",
        "%(number)d decisions wait for an answer, the oldest for %(age)s.",
        number,
    )
    blocking = waiting.blocking().count()
    blocks = ngettext("%(n)d of them blocks go-live.", "%(n)d of them block go-live.", blocking)
    return _joined(first % terms, blocks % {"n": blocking} if blocking else "", overdue)


def assumption_answer(assumptions: AssumptionQuerySet, *, at: datetime) -> str:
    """Return how many wait and how long the oldest has."""
    terms, overdue = _counted(assumptions.waiting(), at=at)
    number = terms["number"]
    if not number:
        return _("No assumption waits for an answer.")
    first = ngettext(
        "%(number)d assumption waits for an answer, the oldest for %(age)s.",
        "%(number)d assumptions wait for an answer, the oldest for %(age)s.",
        number,
    )
    return _joined(first % terms, overdue)


def _counted(
    waiting: DecisionQuerySet | AssumptionQuerySet, *, at: datetime
) -> tuple[dict[str, Any], str]:
    """Return number and age of the oldest for a sentence, and how many are overdue in another."""
    number, oldest, overdue = waiting.tally(day=at.date())
    late = ngettext("%(n)d of them is overdue.", "%(n)d of them are overdue.", overdue)
    age = days_between(oldest, at) if oldest else ""
    return {"number": number, "age": age}, late % {"n": overdue} if overdue else ""


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
