"""How long decisions took, what stands open, and what it holds up."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from governance.choices import Affiliation
from governance.querysets.statements import fetch_rows, fill, seconds_between


class DecisionTally(NamedTuple):
    """Decisions of one project: those that block and wait, and the seconds in which four of
    five were decided by the client (nearest rank); open ones count by their age."""

    project_id: int
    raised: int
    blocking_open: int
    latency: int


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


_DECISIONS = """
    SELECT project_id, raised, CAST(SUM(waits) AS bigint),
           MIN(CASE WHEN place * 5 >= raised * 4 THEN age END)
      FROM (SELECT project_id, age, waits,
                   ROW_NUMBER() OVER (PARTITION BY project_id ORDER BY age) AS place,
                   COUNT(*) OVER (PARTITION BY project_id) AS raised
              FROM (SELECT d.project_id, {age} AS age,
                           CASE WHEN d.blocks_go_live AND o.decided_at IS NULL THEN 1 ELSE 0 END
                               AS waits
                      FROM governance_decision d
                      LEFT JOIN (SELECT decision_id, MIN(decided_at) AS decided_at
                                   FROM governance_decisionoutcome
                                  WHERE project_id IN ({projects})
                                    AND decided_affiliation = 'CLIENT'
                                    AND decided_at <= %(as_of)s AND recorded_at <= %(as_of)s
                                  GROUP BY decision_id) o ON o.decision_id = d.id
                     WHERE d.project_id IN ({projects})
                       AND d.raised_at <= %(as_of)s AND d.recorded_at <= %(as_of)s) aged) placed
     GROUP BY project_id, raised
"""


def decision_tallies(*, project_ids: Collection[int], as_of: datetime) -> Iterator[DecisionTally]:
    """Yield the decisions raised by a moment, counted; a partner's outcome decides nothing."""
    age = seconds_between("d.raised_at", "COALESCE(o.decided_at, %(as_of)s)")
    text = fill(_DECISIONS, age=age, projects=project_ids)
    return map(DecisionTally._make, fetch_rows(text, {"as_of": as_of}))


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
