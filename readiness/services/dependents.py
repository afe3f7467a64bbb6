"""Tell the floor below which criteria a project is held to, for what waits on an answer."""

from collections.abc import Collection, Mapping

from governance.models import Project
from governance.services.dependents import Known
from readiness.models import Criterion, Gate


def known_criteria(*, project: Project, codes: Collection[str]) -> Mapping[str, Known]:
    """Return key -> criterion of the policies that the project's gates are judged by."""
    gates = Gate.objects.filter(project=project)
    found = Criterion.objects.filter(policy_id__in=gates.values("policy_id"), key__in=codes)
    return {
        row.key: Known(row.key, row.wording, f"{row.gate_key}/{row.key}")
        for row in found.order_by("key", "-policy_id")
    }
