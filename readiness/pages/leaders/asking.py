"""What leaders were asked: decisions, assumptions, risks, people, and what came up to them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.choices import EscalationAct
from governance.models import (
    Assumption,
    Decision,
    EscalationStep,
    ParticipationRequest,
    Project,
)
from governance.pages.participation import request_row
from governance.pages.waiting import is_overdue
from readiness.models import AcceptanceRequest
from readiness.pages.leaders.duties import ANSWERS, DECISIONS, Leader, Open
from readiness.pages.leaders.gathering import Leaders

GIVEN = (EscalationAct.ANSWERED, EscalationAct.DECIDED, EscalationAct.PASSED_ON)


@dataclass(frozen=True)
class Asking:
    """Who leads in a project, and the moment of looking in the project's own zone."""

    project: Project
    leaders: Leaders
    at: datetime

    @cached_property
    def executives(self) -> list[Leader]:
        """Return the leaders who answer for everything."""
        return [leader for leader in self.leaders.values() if leader.is_executive]

    def note(
        self,
        code: str,
        account_ids: Collection[int | None],
        open_one: Open | None,
        *,
        lapsed: bool = False,
    ) -> None:
        """Count one question for each leader among some accounts; None stands for executives.

        One that lapsed was never answered, and cannot be any more.
        """
        found = {pk: self.leaders[pk] for pk in account_ids if pk in self.leaders}
        if None in account_ids:
            found |= {leader.account.pk: leader for leader in self.executives}
        for leader in found.values():
            leader.duty(code).note(done=open_one is None and not lapsed, open_one=open_one)

    def address(self, name: str, *rows: object) -> str:
        """Return where something of the project is."""
        return reverse(name, args=[self.project.public_id, *rows])


def count_questions(asking: Asking) -> None:
    """Count what each leader was asked, answered and not answered."""
    _decisions(asking)
    _assumptions(asking)
    _risks(asking)
    _people(asking)
    _escalations(asking)
    for leader in asking.leaders.values():
        leader.duty(DECISIONS).href = asking.address("governance:decision-list")
        leader.duty(ANSWERS).href = asking.address("readiness:unanswered-list")


def _decisions(asking: Asking) -> None:
    rows = Decision.objects.filter(project=asking.project)
    for decider_id in rows.answered().values_list("decider_id", flat=True):
        asking.note(DECISIONS, [decider_id], None)
    for row in rows.waiting().most_pressing_first():
        waits = Open(
            str(row),
            asking.address("governance:decision-detail", row.public_id),
            row.raised_at,
            is_overdue(row.due_date, asking.at),
        )
        asking.note(DECISIONS, [row.decider_id], waits)


def _assumptions(asking: Asking) -> None:
    rows = Assumption.objects.filter(project=asking.project)
    with_owners = rows.prefetch_related("blocked_processes__accountable", "rulings")
    for row in with_owners.order_by("raised_at", "pk"):
        owners = {
            process.accountable.owner_id
            for process in row.blocked_processes.all()
            if process.accountable is not None and process.accountable.owner_id
        }
        waits = Open(
            str(row),
            asking.address("governance:assumption-detail", row.public_id),
            row.raised_at,
            is_overdue(row.due_date, asking.at),
        )
        asking.note(ANSWERS, owners or {None}, None if row.rulings.all() else waits)


def _risks(asking: Asking) -> None:
    rows = AcceptanceRequest.objects.filter(project=asking.project)
    waiting = set(rows.waiting().values_list("pk", flat=True))
    for row in rows.order_by("requested_at", "pk"):
        text = _("Accept or decline the risk of %(criterion)s") % {"criterion": row.criterion_key}
        address = asking.address("readiness:request-detail", row.public_id)
        waits = Open(text, address, row.requested_at)
        asking.note(ANSWERS, [row.asked_id], waits if row.pk in waiting else None)


def _people(asking: Asking) -> None:
    rows = ParticipationRequest.objects.filter(project=asking.project).with_people()
    for request in rows.most_pressing_first():
        row = request_row(request, at=asking.at)
        text = _("Answer for people of %(department)s") % {"department": request.department.name}
        is_late = request.answer_due_at <= asking.at
        waits = Open(text, row.href, request.asked_at, is_late)
        lapsed = row.waiting > 0 and request.to_date < asking.at.date()
        open_one = waits if row.waiting and not lapsed else None
        asking.note(ANSWERS, [request.department.manager_id], open_one, lapsed=lapsed)


def _escalations(asking: Asking) -> None:
    """Count each rung that an escalation reached; one that was climbed past stays unanswered."""
    steps = EscalationStep.objects.filter(project=asking.project).select_related("escalation")
    following: dict[int, EscalationStep] = {}
    for step in steps.order_by("escalation_id", "-number"):
        after = following.get(step.escalation_id)
        following[step.escalation_id] = step
        if step.addressee_id is None or step.act in GIVEN[:2]:
            continue
        late = step.due_at is not None and step.due_at <= asking.at
        waits = Open(
            step.escalation.subject_title,
            asking.address("governance:escalation-detail", step.escalation.public_id),
            step.happened_at,
            late or after is not None,
        )
        given = after is not None and after.act in GIVEN
        asking.note(ANSWERS, [step.addressee_id], None if given else waits)
