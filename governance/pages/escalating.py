"""What somebody is about to escalate: to whom it may go, and whether it is escalated already."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import Escalation
from governance.pages.escalations import EscalationRow, escalation_row, noun_word
from governance.pages.places import place_of
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat
from governance.services.ladder import Stand, ladder_of, stands_for
from governance.services.subjects import Subject


@dataclass(frozen=True, slots=True)
class EscalatingPage:
    """A row and its ladder; `open` is the escalation that it waits in already."""

    noun: str
    title: str
    href: str
    trail: list[Step]
    answer: str
    stands: list[Stand]
    open: EscalationRow | None


def escalating_page(seat: Seat, *, subject: Subject, at: datetime) -> EscalatingPage:
    """Return what somebody who escalates a row has to know."""
    waiting = Escalation.objects.filter(project=seat.project).open()
    found = waiting.about(noun=subject.noun, subject_id=subject.id).with_steps().first()
    ladder = ladder_of(seat.project, subject=subject)
    offered = None if found else stands_for(seat.user, project=seat.project, ladder=ladder)
    stands = offered[1] if offered else []
    above = Step(
        _("Escalations"), reverse("governance:escalation-list", args=[seat.project.public_id])
    )
    return EscalatingPage(
        noun=noun_word(subject.noun),
        title=subject.title,
        href=place_of(seat.project, noun=subject.noun, subject_id=subject.id),
        trail=trail_of(seat.project, above, _("Escalate")),
        answer=_answer(stands, is_open=found is not None),
        stands=stands,
        open=escalation_row(found, reader=seat.user, at=at) if found else None,
    )


def _answer(stands: list[Stand], *, is_open: bool) -> str:
    if is_open:
        return _("This is escalated already, and waits for an answer.")
    if not stands:
        return _("Nobody stands above you here: name a sponsor or a project manager first.")
    return _("One sentence is enough. The clock starts when you send it.")
