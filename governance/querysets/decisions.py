"""How long decisions took, what stands open, and what it holds up."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from governance.choices import Affiliation


class DecisionRow(NamedTuple):
    """One decision, and when the client first decided it."""

    project_id: int
    raised_at: datetime
    blocks_go_live: bool
    decided_at: datetime | None


class AssumptionRow(NamedTuple):
    """One assumption of a partner, and whether its owner ruled on it."""

    project_id: int
    raised_at: datetime
    is_ruled: bool


class BlockingRow(NamedTuple):
    """How many of the questions that hold up a process are settled."""

    project_id: int
    process_id: int
    settled: int
    raised: int


def _raised(name: str, project_ids: Collection[int], as_of: datetime) -> "QuerySet[Any]":
    rows = apps.get_model("governance", name).objects
    known: QuerySet[Any] = rows.filter(
        project_id__in=project_ids, raised_at__lte=as_of, recorded_at__lte=as_of
    )
    return known


def _decided(as_of: datetime) -> Q:
    """Match outcomes that count: the client's own, known by a moment."""
    return Q(
        outcomes__decided_affiliation=Affiliation.CLIENT,
        outcomes__decided_at__lte=as_of,
        outcomes__recorded_at__lte=as_of,
    )


def _ruled(as_of: datetime) -> Q:
    return Q(rulings__ruled_at__lte=as_of, rulings__recorded_at__lte=as_of)


def decision_rows(*, project_ids: Collection[int], as_of: datetime) -> Iterator[DecisionRow]:
    """Yield every decision raised by a moment; a partner's outcome decides nothing."""
    decided = _raised("Decision", project_ids, as_of).annotate(
        decided_at=Min("outcomes__decided_at", filter=_decided(as_of))
    )
    rows = decided.values_list("project_id", "raised_at", "blocks_go_live", "decided_at")
    return map(DecisionRow._make, rows)


def assumption_rows(*, project_ids: Collection[int], as_of: datetime) -> Iterator[AssumptionRow]:
    """Yield every assumption made by a moment."""
    rulings = apps.get_model("governance", "AssumptionRuling").objects.filter(
        assumption=OuterRef("pk"), ruled_at__lte=as_of, recorded_at__lte=as_of
    )
    ruled = _raised("Assumption", project_ids, as_of).annotate(is_ruled=Exists(rulings))
    return map(AssumptionRow._make, ruled.values_list("project_id", "raised_at", "is_ruled"))


def blocking_rows(*, project_ids: Collection[int], as_of: datetime) -> Iterator[BlockingRow]:
    """Yield the decisions, then the assumptions, that hold up each accountable process."""
    for name, settled in (("Decision", _decided(as_of)), ("Assumption", _ruled(as_of))):
        rows = (
            _raised(name, project_ids, as_of)
            .filter(blocked_processes__accountable__isnull=False)
            .values("project_id", process=F("blocked_processes__accountable_id"))
            .annotate(
                settled=Count("pk", distinct=True, filter=settled),
                raised=Count("pk", distinct=True),
            )
            .values_list("project_id", "process", "settled", "raised")
        )
        yield from map(BlockingRow._make, rows)
