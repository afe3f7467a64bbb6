"""The acts of escalating, each carried out through its service."""

from collections.abc import Callable
from typing import Any

from governance.choices import RecordKind
from governance.models import Escalation
from governance.services.escalated_decisions import decide_escalated
from governance.services.escalations import Call, escalate
from governance.services.subjects import Subject
from tests.factories import NOW
from tests.witnessing.places import LATER, Place


def _escalated(place: Place) -> Escalation:
    call = Call(
        subject=Subject(noun="process", id=str(place.process.public_id), title=str(place.process)),
        reason="Nobody of the department comes to the tests.",
    )
    by = place.cast.business_user
    return escalate(project=place.cast.project, call=call, raised_by=by, raised_at=NOW)


def _moved(place: Place) -> Any:
    return decide_escalated(
        escalation=_escalated(place),
        text="They come on Monday.",
        reason="The date stands.",
        decided_by=place.cast.sponsor,
        decided_at=LATER,
    )


ACTS: dict[RecordKind, Callable[[Place], Any]] = {
    RecordKind.ESCALATED: _escalated,
    RecordKind.ESCALATION_MOVED: _moved,
}
