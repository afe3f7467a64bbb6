"""A question with everything that was answered to it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from governance.pages.decisions import (
    QuestionRow,
)
from governance.pages.trail import Step


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
