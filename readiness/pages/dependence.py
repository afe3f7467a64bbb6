"""How much hangs on the partner as programs read it: over REST and from the command line."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from governance.choices import english
from governance.models import Project
from governance.querysets.parties import OpenAssumption
from readiness.choices import PartnerArea
from readiness.metrics.dependence import Part, dependence_of, waiting_assumptions
from readiness.policy.dependence import BOUNDS
from uat.querysets.retests import Retest, retests

Row = dict[str, Any]


def dependence_body(project: Project, *, as_of: datetime) -> Row:
    """Return the shares with their bounds and months, the debt, and what has to be done anew."""
    found = dependence_of(project, as_of=as_of)
    waiting = waiting_assumptions(project_ids=[project.pk], as_of=as_of).get(project.pk, [])
    return {
        "project": str(project.public_id),
        "slug": f"{project.organisation.slug}/{project.slug}",
        "as_of": as_of,
        "band": str(found.band),
        "parts": [_area(part) for part in found.parts.values()],
        "months": [
            {"month": f"{month:%Y-%m}", "parts": _months(parts)}
            for month, parts in found.months.items()
        ],
        "assumptions": _debt(waiting),
        "retests": [_retest(row) for row in retests(project_ids=[project.pk], as_of=as_of)],
    }


def _share(part: Part) -> Row:
    tenths = f"{1000 * part.done // part.due}".zfill(2) if part.due else ""
    percent = f"{tenths[:-1]}.{tenths[-1]}" if tenths else None
    return {"part": str(part.area), "done": part.done, "due": part.due, "percent": percent}


def _area(part: Part) -> Row:
    bounds = BOUNDS[part.area]
    return {
        **_share(part),
        "name": english(part.area),
        "unknown": part.unknown,
        "band": str(part.band),
        "watch_above": bounds.watch,
        "high_above": bounds.high,
    }


def _months(parts: Mapping[PartnerArea, Part]) -> list[Row]:
    return [_share(part) for part in parts.values() if part.due]


def _debt(waiting: list[OpenAssumption]) -> Row:
    return {
        "open": len(waiting),
        "overdue": sum(row.is_overdue for row in waiting),
        "debt": sum(row.debt for row in waiting),
        "rows": [
            {
                "code": row.code,
                "raised_at": row.raised_at,
                "days": row.days,
                "dependants": row.dependants,
                "debt": row.debt,
                "is_overdue": row.is_overdue,
            }
            for row in waiting
        ],
    }


def _retest(row: Retest) -> Row:
    return {"scenario": row.code, "title": row.title, "assumption": row.assumption_code}
