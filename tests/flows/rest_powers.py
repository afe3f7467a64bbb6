"""A charter, a stop, an overruling and a decision right for the walk over the REST interface."""

from governance.choices import DecisionKind, Power
from governance.models import (
    Charter,
    DecisionRight,
    DecisionRightEnd,
    GateStop,
    GateStopEnd,
    Overruling,
    Project,
    User,
)
from tests.factories import NOW, make_user


def add_powers(project: Project, actor: User, mark: str) -> None:
    """Write one of each whose words carry a mark."""
    scope = {"organisation_id": project.organisation_id, "project": project}
    Charter.objects.create(
        **scope,
        project_manager=actor,
        withheld_reason=mark,
        written_by=actor,
        written_at=NOW,
    )
    stop = GateStop.objects.create(
        **scope, gate_key="G9", reason=mark, stopped_by=actor, stopped_at=NOW
    )
    other = make_user(organisation=project.organisation)
    GateStopEnd.objects.create(**scope, stop=stop, reason=mark, ended_by=other, ended_at=NOW)
    Overruling.objects.create(
        **scope,
        project_manager=actor,
        power=Power.STOP_GATE,
        what=mark,
        reason=mark,
        stop=stop,
        overruled_by=other,
        overruled_at=NOW,
        written_by=other,
    )
    rights = [
        DecisionRight.objects.create(
            **scope, kind=kind, decider=actor, given_by=other, given_at=NOW
        )
        for kind in (DecisionKind.DATA, DecisionKind.DATA)
    ]
    DecisionRightEnd.objects.create(
        **scope,
        right=rights[0],
        successor=rights[1],
        reason=mark,
        ended_by=other,
        ended_at=NOW,
    )
