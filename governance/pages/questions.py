"""One decision or one assumption, with everything that was answered to it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.choices import Ruling
from governance.models import Assumption
from governance.pages.decisions import (
    QuestionRow,
    assumption_row,
    with_assumption_rows,
)
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat, may_rule


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `current` marks the one that counts."""

    text: str
    reason: str
    name: str
    by_partner: bool
    at: datetime
    current: bool


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A question with its answers, newest first, and whether the reader may answer."""

    row: QuestionRow
    detail: str
    answers: list[Answer]
    may_answer: bool
    trail: list[Step]

    @property
    def answer(self) -> str:
        """Return the line that answers first."""
        if self.row.answer:
            return _("%(answer)s: %(name)s after %(age)s.") % {
                "answer": self.row.answer.rstrip("."),
                "name": self.row.answered_by,
                "age": self.row.age,
            }
        terms = {"age": self.row.age, "who": self.row.waits_for}
        if self.row.overdue:
            return _("Overdue: open for %(age)s; waits for %(who)s.") % terms
        return _("Open for %(age)s; waits for %(who)s.") % terms


def assumption_page(assumption: Assumption, *, seat: Seat, at: datetime) -> QuestionPage:
    """Return an assumption with the words of owners on it."""
    found = with_assumption_rows(Assumption.objects.filter(pk=assumption.pk)).get()
    rulings = sorted(found.rulings.all(), key=lambda each: (each.ruled_at, each.pk))[::-1]
    owned = {
        process.accountable for process in found.blocked_processes.all() if process.accountable
    }
    above = Step(
        _("Assumptions"), reverse("governance:assumption-list", args=[seat.project.public_id])
    )
    return QuestionPage(
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
    )
