"""The acts of powers and rights, each carried out through its service."""

from collections.abc import Callable
from typing import Any

from governance.choices import DecisionKind, Power, RecordKind
from governance.models import Charter, DecisionRight, GateStop, LeadershipAssessment, Overruling
from governance.services.assessments import Answers, assess_leadership
from governance.services.charters import Powers, write_charter
from governance.services.overrulings import Told, write_overruling
from governance.services.rights import Grant, end_right, give_right
from governance.services.stops import end_stop, stop_gate
from tests.charters import sign_charter
from tests.factories import NOW
from tests.witnessing.places import LATER, Place


def _charter(place: Place) -> Charter:
    powers = Powers(
        project_manager=place.cast.project_manager,
        granted=frozenset(Power) - {Power.HOLD_PLAN},
        withheld_reason="The steering holds the plan.",
    )
    by = place.cast.sponsor
    return write_charter(project=place.cast.project, powers=powers, written_by=by, written_at=NOW)


def _stop(place: Place) -> GateStop:
    sign_charter(_charter(place), sponsor=place.cast.sponsor)
    return stop_gate(
        project=place.cast.project,
        gate_key="G3",
        reason="Nobody tests.",
        stopped_by=place.cast.project_manager,
        stopped_at=LATER,
    )


def _stop_end(place: Place) -> Any:
    by = place.cast.project_manager
    return end_stop(stop=_stop(place), reason="They do now.", ended_by=by, ended_at=LATER)


def _overruling(place: Place) -> Overruling:
    told = Told(
        project_manager=place.cast.project_manager,
        overruled_by=place.cast.sponsor,
        overruled_at=NOW,
        what="Testers stay on the floor in week 20.",
        reason="The month has to close.",
        power=Power.CALL_PEOPLE,
    )
    by = place.cast.project_manager
    return write_overruling(project=place.cast.project, told=told, written_by=by, written_at=LATER)


def _assessment(place: Place) -> LeadershipAssessment:
    answers = Answers(
        erp_upgrades=1,
        time_percent=60,
        workstreams=4,
        sponsor_hours=2,
        has_office=True,
        note="Ok",
    )
    manager = place.cast.project_manager
    return assess_leadership(
        project=place.cast.project,
        project_manager=manager,
        answers=answers,
        answered_by=manager,
        answered_at=NOW,
    )


def _right(place: Place) -> DecisionRight:
    grant = Grant(kind=DecisionKind.DATA, decider=place.cast.process_owner, process=place.process)
    by = place.cast.sponsor
    return give_right(project=place.cast.project, grant=grant, given_by=by, given_at=NOW)


def _right_end(place: Place) -> Any:
    by = place.cast.sponsor
    return end_right(right=_right(place), ended_by=by, reason="On leave.", ended_at=LATER)


ACTS: dict[RecordKind, Callable[[Place], Any]] = {
    RecordKind.CHARTER_WRITTEN: _charter,
    RecordKind.GATE_STOPPED: _stop,
    RecordKind.STOP_ENDED: _stop_end,
    RecordKind.OVERRULED: _overruling,
    RecordKind.LEADERSHIP_ASSESSED: _assessment,
    RecordKind.RIGHT_GIVEN: _right,
    RecordKind.RIGHT_ENDED: _right_end,
}
