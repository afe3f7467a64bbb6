"""What a judgement keeps of decisions, for page one and paper: counts, and the worst three."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from governance.metrics.exposed import Exposed
from governance.metrics.exposure import exposures

MOST_LINES = 3


def decisions_paper(*, project_ids: Collection[int], as_of: datetime) -> dict[int, dict[str, Any]]:
    """Return project id -> how its decisions stood; projects that never asked are left out.

    `week_costs` are the scenarios that a week more of waiting holds up.
    """
    found = exposures(project_ids=project_ids, as_of=as_of)
    return {
        project_id: {
            "open": len(each.rows),
            "overdue": each.overdue,
            "blocking": each.blocking,
            "p50": None if each.median is None else str(each.median),
            "p80": None if each.latency is None else str(each.latency),
            "week_costs": each.held.scenarios,
            "worst": [_line(row) for row in each.rows[:MOST_LINES]],
        }
        for project_id, each in found.items()
        if each.raised
    }


def _line(row: Exposed) -> dict[str, Any]:
    return {
        "id": row.decision.public_id,
        "code": row.decision.code,
        "title": row.decision.title,
        "decider": row.decision.decider,
        "days": row.days,
        "waiting": row.held.number,
    }
