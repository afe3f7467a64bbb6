"""Escalations of the walked project, for tests that look at every page and every form."""

from datetime import timedelta
from typing import Any

from governance.models import Escalation
from governance.services.escalations import Call, escalate
from governance.services.subjects import Subject, subject_of
from tests.factories import make_scenario
from tests.signing import LATER, Desk


def escalation_of(desk: Desk) -> tuple[Any, ...]:
    """Return the first escalation, which waits for the project manager."""
    return (Escalation.objects.filter(project=desk.cast.project).earliest("pk"),)


def fill_escalations(desk: Desk) -> None:
    """Let a business user escalate one more scenario, and the sponsor what nobody can find."""
    scenario = make_scenario(project=desk.cast.project, process=desk.process)
    subject = subject_of(desk.cast.project, noun="scenario", subject_id=str(scenario.public_id))
    assert subject is not None
    _raise(desk, subject, by=desk.cast.business_user)
    number = Escalation.objects.count()
    gone = Subject(noun="raid", id=f"gone-{number}", title="Gone")
    _raise(desk, gone, by=desk.cast.sponsor)


def _raise(desk: Desk, subject: Subject, *, by: Any) -> None:
    call = Call(subject=subject, reason="Nobody comes to the tests.")
    raised_at = LATER - timedelta(minutes=5)
    escalate(project=desk.cast.project, call=call, raised_by=by, raised_at=raised_at)
