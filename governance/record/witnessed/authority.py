"""Powers, how they were overruled, and who decides what: how the record tells it."""

from governance.choices import RecordKind
from governance.models import (
    Charter,
    DecisionRight,
    DecisionRightEnd,
    GateStop,
    GateStopEnd,
    LeadershipAssessment,
    Overruling,
)
from governance.record.witnessing import Told, Witness, id_of


def _charter(row: Charter) -> Told:
    terms = {
        "project_manager": id_of(row.project_manager),
        "may_call_people": row.may_call_people,
        "may_escalate": row.may_escalate,
        "may_stop_gate": row.may_stop_gate,
        "may_hold_plan": row.may_hold_plan,
        "by": id_of(row.written_by),
        "written_at": row.written_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.withheld_reason})


def _stop(row: GateStop) -> Told:
    terms = {
        "gate": row.gate_key,
        "by": id_of(row.stopped_by),
        "stopped_at": row.stopped_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.reason})


def _stop_end(row: GateStopEnd) -> Told:
    terms = {
        "stop": id_of(row.stop),
        "gate": row.stop.gate_key,
        "by": id_of(row.ended_by),
        "ended_at": row.ended_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.reason})


def _overruling(row: Overruling) -> Told:
    terms = {
        "project_manager": id_of(row.project_manager),
        "power": row.power,
        "stop": id_of(row.stop),
        "overruled_by": id_of(row.overruled_by),
        "overruled_at": row.overruled_at,
        "by": id_of(row.written_by),
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"what": row.what, "reason": row.reason})


def _assessment(row: LeadershipAssessment) -> Told:
    """Tell that somebody answered, and not what: the answers are for two people alone."""
    terms = {
        "project_manager": id_of(row.project_manager),
        "answered_as": row.answered_as,
        "by": id_of(row.answered_by),
        "answered_at": row.answered_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms)


def _right(row: DecisionRight) -> Told:
    terms = {
        "process": id_of(row.process),
        "decision_kind": row.kind,
        "decider": id_of(row.decider),
        "by": id_of(row.given_by),
        "given_at": row.given_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms)


def _right_end(row: DecisionRightEnd) -> Told:
    terms = {
        "right": id_of(row.right),
        "successor": id_of(row.successor),
        "by": id_of(row.ended_by),
        "ended_at": row.ended_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.reason})


WITNESSED = (
    Witness(
        kind=RecordKind.CHARTER_WRITTEN,
        model=Charter,
        noun="charter",
        tell=_charter,
        by="written_by",
        related=("project_manager", "written_by"),
    ),
    Witness(
        kind=RecordKind.GATE_STOPPED,
        model=GateStop,
        noun="stop",
        tell=_stop,
        by="stopped_by",
        related=("stopped_by",),
    ),
    Witness(
        kind=RecordKind.STOP_ENDED,
        model=GateStopEnd,
        noun="stop_end",
        tell=_stop_end,
        by="ended_by",
        related=("stop", "ended_by"),
    ),
    Witness(
        kind=RecordKind.OVERRULED,
        model=Overruling,
        noun="overruling",
        tell=_overruling,
        by="written_by",
        related=("project_manager", "stop", "overruled_by", "written_by"),
    ),
    Witness(
        kind=RecordKind.LEADERSHIP_ASSESSED,
        model=LeadershipAssessment,
        noun="assessment",
        tell=_assessment,
        by="answered_by",
        related=("project_manager", "answered_by"),
    ),
    Witness(
        kind=RecordKind.RIGHT_GIVEN,
        model=DecisionRight,
        noun="right",
        tell=_right,
        by="given_by",
        related=("process", "decider", "given_by"),
    ),
    Witness(
        kind=RecordKind.RIGHT_ENDED,
        model=DecisionRightEnd,
        noun="right_end",
        tell=_right_end,
        by="ended_by",
        related=("right", "successor", "ended_by"),
    ),
)
