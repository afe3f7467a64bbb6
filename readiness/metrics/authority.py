"""What page one says of authority, decisions and escalation: counts, and a few lines each.

Each part is asked once for a batch of projects and answers as the facts were known at a
moment, in words of the product and numbers only, so that every reader reads it in the
language of the page.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from governance.metrics.decision_paper import decisions_paper
from governance.metrics.escalations import escalations_paper
from governance.metrics.exterior import dependencies_paper
from governance.metrics.participation import people_paper
from governance.metrics.rights import rights_paper
from readiness.metrics.charters import charter_paper
from readiness.metrics.dependence import partner_paper
from readiness.metrics.reviews import sponsor_paper

Paper = Callable[..., dict[int, dict[str, Any]]]
PARTS: dict[str, Paper] = {
    "charter": charter_paper,
    "rights": rights_paper,
    "decisions": decisions_paper,
    "partner": partner_paper,
    "people": people_paper,
    "escalations": escalations_paper,
    "sponsor": sponsor_paper,
    "dependencies": dependencies_paper,
}
"""Name of a part in the snapshot's body -> who is asked for it."""


def authority_papers(
    *, project_ids: Collection[int], as_of: datetime
) -> dict[int, dict[str, dict[str, Any]]]:
    """Return project id -> part -> what stands in the snapshot; a part that says nothing is not."""
    found: defaultdict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    for name, paper in PARTS.items():
        for project_id, part in paper(project_ids=project_ids, as_of=as_of).items():
            found[project_id][name] = part
    return dict(found)
