"""A ladder with somebody on each rung, and what is escalated on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from governance.choices import Role
from governance.models import BusinessProcess, Decision, Escalation, EscalationStep, User
from governance.services.climbing import climb_all
from governance.services.escalations import Call, escalate
from governance.services.subjects import Subject, subject_of
from tests.factories import NOW, join, make_process, make_user
from tests.people import Cast, make_cast
from tests.questions import make_decision

REASON = "My own chief tells everybody to stay away from the tests."
BEFORE_FIVE = NOW + timedelta(hours=8)
"""NOW is a Monday at nine: the first rung's eight hours end at five, when work does."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The cast, a process with an owner, a decision that it waits for, and a steering member."""

    cast: Cast
    process: BusinessProcess
    decision: Decision
    steering: User

    @property
    def subject(self) -> Subject:
        """Return the decision as what is escalated."""
        subject_id = str(self.decision.public_id)
        found = subject_of(self.cast.project, noun="decision", subject_id=subject_id)
        assert found is not None
        return found

    def escalate(self, *, by: User | None = None, at: datetime = NOW, **call: Any) -> Escalation:
        """Return the decision escalated by hand: by a business user, with a secret for a reason."""
        asked = Call(**{"subject": self.subject, "reason": REASON, **call})
        by = by or self.cast.business_user
        return escalate(project=self.cast.project, call=asked, raised_by=by, raised_at=at)

    def let_run_out(self, *, days: int) -> None:
        """Let the clock move what nobody answers, day by day."""
        for day in range(1, days + 1):
            climb_all(at=NOW + timedelta(days=day))


def make_ladder() -> Ladder:
    """Return a ladder of four: project manager, process owner, sponsor and steering."""
    cast = make_cast()
    steering = make_user(organisation=cast.client, name="Steering")
    join(project=cast.project, user=steering, role=Role.STEERING)
    process = make_process(project=cast.project, owner=cast.process_owner)
    decision = make_decision(project=cast.project, raised_at=NOW - timedelta(days=20))
    decision.blocked_processes.set([process])
    return Ladder(cast, process, decision, steering)


def write_escalation(
    ladder: Ladder, *steps: tuple[str, User | None, datetime, datetime | None]
) -> Escalation:
    """Return an escalation as it was known when it happened; each step: act, whose, at, due."""
    row: dict[str, Any] = {"organisation": ladder.cast.client, "project": ladder.cast.project}
    raised_at = steps[0][2]
    escalation = Escalation.objects.create(
        **row,
        subject_noun="decision",
        subject_id=str(ladder.decision.public_id),
        subject_title=str(ladder.decision),
        cause="BY_HAND",
        key=f"hand:{Escalation.objects.count()}",
        reason=REASON,
        raised_by=ladder.cast.business_user,
        salt="5a17",
        raised_at=raised_at,
        recorded_at=raised_at,
    )
    for number, (act, account, at, due_at) in enumerate(steps, start=1):
        ends = act in ("ANSWERED", "DECIDED")
        EscalationStep.objects.create(
            **row,
            escalation=escalation,
            number=number,
            act=act,
            rung="SPONSOR",
            addressee=None if ends else account,
            by=account if ends else None,
            text="Yes." if ends else "",
            due_at=due_at,
            happened_at=at,
            recorded_at=at,
        )
    return escalation
