"""Tell the floor below which scenarios a project knows, for what waits on an answer."""

from collections.abc import Collection, Mapping

from governance.models import Project
from governance.services.dependents import Known
from uat.models import Scenario


def known_scenarios(*, project: Project, codes: Collection[str]) -> Mapping[str, Known]:
    """Return code -> scenario in scope, whether it still has to pass, in the order of codes."""
    found = Scenario.objects.filter(project=project, code__in=codes).in_scope()
    passed = set(found.passed().values_list("pk", flat=True))
    return {
        row.code: Known(row.code, row.title, str(row.public_id), counts=row.pk not in passed)
        for row in found.order_by("code")
    }
