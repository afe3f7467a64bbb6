"""Hold the gates of a project against the newest policy that it adopted."""

import json
from collections.abc import Iterator

from governance.models import Project
from governance.record.mismatches import Mismatch, MismatchKind
from readiness.models import Gate, PolicyAdoption


def gates_stand(project: Project) -> Iterator[Mismatch]:
    """Yield the gates that are of another policy, or open or are decided on other days.

    A project without an adoption on record is not held to any.
    """
    rows = PolicyAdoption.objects.filter(project=project).select_related("policy")
    newest = rows.order_by("-pk").first()
    if newest is None:
        return
    told = {
        gate["gate"]: (newest.policy_id, gate["opens_days"], gate["decision_days"])
        for gate in json.loads(newest.policy.body).get("gates", [])
    }
    kept = {
        gate.key: (gate.policy_id, gate.evaluate_from_days, gate.decision_days)
        for gate in Gate.objects.filter(project=project)
    }
    names = [key for key in sorted({*told, *kept}) if told.get(key) != kept.get(key)]
    if names:
        yield Mismatch(
            MismatchKind.OTHER_STANDING, "project", project.public_id, names=tuple(names)
        )


STANDINGS = (gates_stand,)
"""What is kept beside the rows of the gate's acts."""
