"""Projects of a far future, judged, and what was written down of them."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from governance.models import Project
from readiness.models import Finding, Snapshot
from readiness.services.evaluation import evaluate_gates
from tests import factories

NOW = datetime(2100, 6, 1, 9, 0, tzinfo=UTC)
GO_LIVE = date(2100, 7, 13)
DAY = timedelta(days=1)
LATER = NOW + timedelta(hours=3)


def make_project(**fields: Any) -> Project:
    """Return a project of a far future, in which everything recorded today is known."""
    return factories.make_project(**({"go_live_date": GO_LIVE} | fields))


def body_of(snapshot: Snapshot) -> dict[str, Any]:
    """Return the stored body, read back from the database."""
    found: dict[str, Any] = json.loads(Snapshot.objects.get(pk=snapshot.pk).body)
    return found


def finding_of(snapshot: Snapshot, key: str) -> Finding:
    """Return a stored finding."""
    return Finding.objects.get(snapshot=snapshot, criterion_key=key)


def judged(project: Project, *, as_of: datetime = NOW) -> Snapshot:
    """Judge one project and return its snapshot."""
    (snapshot,) = evaluate_gates(project_ids=[project.pk], as_of=as_of)
    return snapshot
