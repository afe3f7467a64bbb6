"""One escalation: what it is about, with whom it is, and each step it took."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.choices import EscalationAct, EscalationCause, Rung
from governance.models import Escalation, EscalationStep
from governance.pages.escalations import (
    EscalationRow,
    escalation_row,
    moment_text,
    noun_word,
    steps_of,
    subject_href,
    whoever,
)
from governance.pages.trail import Step, trail_of
from governance.pages.waiting import days_between
from governance.permissions import Seat
from governance.permissions.areas.escalations import may_see_inside
from governance.querysets.escalations import ENDING
from governance.services.escalations import may_answer, passing_choices
from governance.services.ladder import Stand, ladder_of
from governance.services.subjects import subject_of


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step, as a timeline shows it."""

    when: str
    title: str
    text: str = ""
    who: str = ""
    href: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class EscalationPage:
    """One escalation; `inside` says whether the reader may know who raised it and what was said."""

    row: EscalationRow
    answer: str
    trail: list[Step]
    subject_href: str
    inside: bool
    by_hand: bool
    reason: str
    raised_by: str
    lines: list[StepLine]
    may_answer: bool
    stands: list[Stand]


def escalation_page(escalation: Escalation, *, seat: Seat, at: datetime) -> EscalationPage:
    """Return an escalation as a seat may see it."""
    found = Escalation.objects.filter(project=seat.project, pk=escalation.pk).with_steps().get()
    steps = steps_of(found)
    now = steps[-1]
    inside = may_see_inside(seat, found, addressees=whoever(steps))
    row = escalation_row(found, reader=seat.user, at=at)
    answering = _may_answer(found, now=now, seat=seat)
    return EscalationPage(
        row=row,
        answer=_sentence(row, now=now, at=at),
        trail=_trail(seat, escalation=found),
        subject_href=subject_href(found),
        inside=inside,
        by_hand=found.cause == EscalationCause.BY_HAND,
        reason=found.reason if inside else "",
        raised_by=found.raised_by.name if inside and found.raised_by else "",
        lines=[_line(step, inside=inside) for step in steps],
        may_answer=answering,
        stands=_stands(found, seat=seat) if answering else [],
    )


def _may_answer(escalation: Escalation, *, now: EscalationStep, seat: Seat) -> bool:
    if not seat.is_business:
        return False
    is_above = seat.is_executive and escalation.raised_by_id != seat.user.pk
    return may_answer(now, account=seat.user, is_executive=is_above)


def _stands(escalation: Escalation, *, seat: Seat) -> list[Stand]:
    """Return to whom the reader may pass it on."""
    noun, subject_id = escalation.subject_noun, escalation.subject_id
    subject = subject_of(seat.project, noun=noun, subject_id=subject_id)
    ladder = ladder_of(seat.project, subject=subject)
    return passing_choices(escalation, ladder=ladder, account=seat.user)


def _trail(seat: Seat, *, escalation: Escalation) -> list[Step]:
    address = reverse("governance:escalation-list", args=[seat.project.public_id])
    return trail_of(
        seat.project, Step(_("Escalations"), address), noun_word(escalation.subject_noun)
    )


def _sentence(row: EscalationRow, *, now: EscalationStep, at: datetime) -> str:
    """Return the line that answers first: with whom it is, and until when."""
    age = days_between(row.raised_at, row.answered_at or at)
    terms = {"who": row.addressee, "rung": row.rung, "age": age}
    if now.act in ENDING:
        if now.by is None:
            return _("It is no longer so; closed by itself after %(age)s.") % terms
        return _("%(who)s answered after %(age)s.") % {**terms, "who": now.by.name}
    until = {**terms, "until": moment_text(now.due_at) if now.due_at else ""}
    if now.due_at is not None and now.due_at <= at:
        return _("Nobody above is left: %(who)s (%(rung)s) had until %(until)s.") % until
    if now.act == EscalationAct.CLIMBED:
        return _("Moved up unanswered: waits for %(who)s (%(rung)s) until %(until)s.") % until
    return _("Waits for %(who)s (%(rung)s) until %(until)s.") % until


def _line(step: EscalationStep, *, inside: bool) -> StepLine:
    named = {
        "who": step.addressee.name if step.addressee else "",
        "rung": Rung(step.rung).label,
        "by": step.by.name if step.by else "",
    }
    words = {
        EscalationAct.ADDRESSED: _("Escalated to %(who)s, %(rung)s"),
        EscalationAct.CLIMBED: _("No answer in time: moved up to %(who)s, %(rung)s"),
        EscalationAct.PASSED_ON: _("%(by)s passed it on to %(who)s, %(rung)s"),
        EscalationAct.ANSWERED: _("%(by)s answered") if step.by else _("It is no longer so"),
        EscalationAct.DECIDED: _("%(by)s decided"),
    }[EscalationAct(step.act)]
    said = step.text if inside and step.by else ""
    until = _("Answer by %(until)s") % {"until": moment_text(step.due_at)} if step.due_at else ""
    return StepLine(
        when=moment_text(step.happened_at),
        title=words % named,
        text=" ".join(filter(None, [said, until])),
        href=_decision_href(step),
        state="MET" if step.act in ENDING else "",
    )


def _decision_href(step: EscalationStep) -> str:
    if step.decision is None:
        return ""
    found = [step.escalation.project.public_id, step.decision.public_id]
    return reverse("governance:decision-detail", args=found)
