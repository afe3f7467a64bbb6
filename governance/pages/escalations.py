"""Escalations of a project: with whom each is, how long the clock has, and how all are answered.

`at` is the moment of looking, in the project's own zone. Who raised one, why, and what was
answered is handed on only to those who may know; nothing here counts or orders by it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.choices import EscalationAct, EscalationCause, Rung
from governance.forms.decisions import OPEN
from governance.forms.escalations import EscalationSearch, WantedEscalations
from governance.models import Escalation, EscalationStep, Project, User
from governance.pages.amounts import amount_text
from governance.pages.looks import Look
from governance.pages.places import place_of
from governance.pages.trail import Step, trail_of
from governance.pages.waiting import age_between
from governance.permissions import Seat
from governance.querysets import EscalationQuerySet
from governance.querysets.escalations import ENDING, AnswerTally, answer_tallies

ROWS_ON_A_PAGE = 50
WAITS = Look(gettext_lazy("Waits for an answer"), "clock", "warn")
LATE = Look(gettext_lazy("Beyond its time"), "clock-exclamation", "bad")
ANSWERED = Look(gettext_lazy("Answered"), "circle-check", "good")
NOUNS = {
    "decision": gettext_lazy("Decision"),
    "assumption": gettext_lazy("Assumption"),
    "process": gettext_lazy("Process"),
    "raid": gettext_lazy("Risk or issue"),
    "people_request": gettext_lazy("Request for people"),
    "scenario": gettext_lazy("Scenario"),
    "defect": gettext_lazy("Defect"),
    "criterion": gettext_lazy("Criterion"),
    "request": gettext_lazy("Risk to accept"),
}


@dataclass(frozen=True, slots=True)
class EscalationRow:
    """One escalation in its list; `is_mine` says to the reader alone that it is their own."""

    href: str
    noun: str
    title: str
    why: str
    addressee: str
    rung: str
    raised_at: datetime
    age: str
    due_at: datetime | None
    answered_at: datetime | None
    look: Look
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """How somebody answers what is escalated to them."""

    name: str
    tally: AnswerTally

    @property
    def look(self) -> Look:
        """Say at a glance whether everything was answered in time."""
        if not self.tally.asked:
            return Look(_("Nothing was due yet"), "clock", "quiet")
        if self.tally.missed or self.tally.late:
            return Look(_("Not all in time"), "clock-exclamation", "bad")
        return Look(_("All in time"), "circle-check", "good")


@dataclass(frozen=True, slots=True)
class EscalationList:
    """One page of escalations, with the line that answers first."""

    rows: list[EscalationRow]
    page: "Page[Escalation]"
    answer: str
    trail: list[Step]
    form: EscalationSearch
    answers: list[Answers]

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


def escalation_list(seat: Seat, *, at: datetime, asked: Mapping[str, Any]) -> EscalationList:
    """Return the project's escalations: the open ones, the most pressing first, or the answered."""
    form = EscalationSearch(asked)
    rows = Escalation.objects.filter(project=seat.project)
    found = _found(rows, form.wanted(), seat=seat, at=at)
    page = Paginator(found.with_steps(), ROWS_ON_A_PAGE).get_page(asked.get("page", "1"))
    return EscalationList(
        rows=[escalation_row(each, reader=seat.user, at=at) for each in page],
        page=page,
        answer=_answer(rows, reader=seat.user, at=at),
        trail=trail_of(seat.project, _("Escalations")),
        form=form,
        answers=answers_of(seat.project, at=at),
    )


def _found(
    rows: EscalationQuerySet, wanted: WantedEscalations, *, seat: Seat, at: datetime
) -> EscalationQuerySet:
    found = rows.answered().newest_first() if wanted.answered else rows.open().most_pressing_first()
    if wanted.words:
        found = found.saying(wanted.words)
    if wanted.only == "late":
        found = found.beyond_time_at(at)
    if wanted.only == "mine":
        found = found.waiting_for(seat.user)
    if wanted.only == "raised":
        found = found.raised_by_account(seat.user)
    return found.by_themselves() if wanted.only == "alone" else found


def escalation_row(escalation: Escalation, *, reader: User, at: datetime) -> EscalationRow:
    """Return one escalation, fetched with its steps, as its list shows it."""
    steps = steps_of(escalation)
    now, held = steps[-1], holder(steps)
    ended = now.act in ENDING
    project = escalation.project
    return EscalationRow(
        href=reverse(
            "governance:escalation-detail", args=[project.public_id, escalation.public_id]
        ),
        noun=noun_word(escalation.subject_noun),
        title=escalation.subject_title,
        why=str(EscalationCause(escalation.cause).label),
        addressee=held.addressee.name if held.addressee else "",
        rung=str(Rung(held.rung).label),
        raised_at=escalation.raised_at,
        age=age_between(escalation.raised_at, now.happened_at if ended else at),
        due_at=None if ended else now.due_at,
        answered_at=now.happened_at if ended else None,
        look=look_of(now, at=at),
        is_mine=escalation.raised_by_id == reader.pk,
    )


def steps_of(escalation: Escalation) -> list[EscalationStep]:
    """Return the steps of an escalation in order."""
    return sorted(escalation.steps.all(), key=lambda step: step.number)


def holder(steps: list[EscalationStep]) -> EscalationStep:
    """Return the step that says with whom an escalation is, or was when it was answered."""
    return next(step for step in reversed(steps) if step.act not in ENDING)


def look_of(now: EscalationStep, *, at: datetime) -> Look:
    """Return how the newest step of an escalation looks."""
    if now.act in ENDING:
        return ANSWERED
    is_late = now.act == EscalationAct.CLIMBED or (now.due_at is not None and now.due_at <= at)
    return LATE if is_late else WAITS


def noun_word(noun: str) -> str:
    """Return what is escalated, as people call it."""
    return str(NOUNS.get(noun, noun))


def subject_href(escalation: Escalation) -> str:
    """Return where the escalated row is."""
    return place_of(
        escalation.project, noun=escalation.subject_noun, subject_id=escalation.subject_id
    )


def moment_text(moment: datetime) -> str:
    """Return a moment as it stands in a sentence."""
    return date_format(moment.astimezone(timezone.get_current_timezone()), "j M Y, H:i")


def answers_of(project: Project, *, at: datetime) -> list[Answers]:
    """Return how everybody answers to whom something was escalated, the most missed first."""
    tallies = list(answer_tallies(project_ids=[project.pk], as_of=at))
    asked = User.objects.filter(organisation=project.organisation_id)
    names = dict(
        asked.filter(pk__in=[each.account_id for each in tallies]).values_list("pk", "name")
    )
    return sorted(
        (Answers(names[each.account_id], each) for each in tallies),
        key=lambda each: (-each.tally.missed, -each.tally.late, each.name),
    )


def _answer(rows: EscalationQuerySet, *, reader: User, at: datetime) -> str:
    number, late, mine = rows.tally(at=at, user=reader)
    if not number:
        return _("No escalation waits for an answer.")
    waiting = ngettext(
        "%(n)d escalation waits for an answer.", "%(n)d escalations wait for an answer.", number
    )
    beyond = ngettext(
        "%(n)d of them is beyond its time.", "%(n)d of them are beyond their time.", late
    )
    yours = ngettext("%(n)d waits for you.", "%(n)d wait for you.", mine)
    counted = ((waiting, number), (beyond, late), (yours, mine))
    return " ".join(sentence % {"n": count} for sentence, count in counted if count)


def whoever(steps: Iterable[EscalationStep]) -> set[int]:
    """Return the accounts that have had an escalation."""
    return {step.addressee_id for step in steps if step.addressee_id}
