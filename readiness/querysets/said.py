"""What people said by hand: figures, colours, accepted risks and the ends of caveats."""

from collections.abc import Collection, Iterator
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from governance.querysets import FactQuerySet, ImportedQuerySet
from governance.querysets.facts import still_seen
from governance.querysets.security import newest_reset
from governance.querysets.statements import fetch_rows, fill, moment_of, number_of

if TYPE_CHECKING:
    from governance.models import Caveat
    from readiness.models import (
        Acceptance,
        AcceptanceRequest,
        AcceptanceScenario,
        CaveatResolution,
        ReportedReading,
        ReportedStatus,
    )


ReportsT = TypeVar("ReportsT", bound="FactQuerySet[Any]")


def _newest_by(reports: ReportsT, *columns: str) -> ReportsT:
    """Keep of the reports that agree in some columns the last; of one moment, the last written."""
    same = reports.model._default_manager.filter(**{name: OuterRef(name) for name in columns})
    moment = OuterRef("reported_at")
    later = Q(reported_at__gt=moment) | Q(reported_at=moment, pk__gt=OuterRef("pk"))
    return reports.exclude(Exists(same.filter(later)))


class AcceptanceQuerySet(FactQuerySet["Acceptance"]):
    """Select acceptances."""

    happened_field = "accepted_at"

    def running_at(self, as_of: datetime) -> Self:
        """Keep those that had been given, and neither expired nor were withdrawn, by a moment."""
        ended = apps.get_model("readiness", "AcceptanceWithdrawal").objects.filter(
            withdrawn_at__lte=as_of
        )
        running = self.filter(accepted_at__lte=as_of, expires_at__gt=as_of)
        return running.exclude(pk__in=ended.values("acceptance_id"))

    def with_resets(self) -> Self:
        """Add `authenticator_reset_at`: the approver's, shortly before; None without one."""
        reset_at = newest_reset(account="approver_id", moment="accepted_at")
        return self.annotate(authenticator_reset_at=reset_at)


class AcceptanceScenarioQuerySet(models.QuerySet["AcceptanceScenario"]):
    """Select scenarios that acceptances name."""

    def out_of_scope(self) -> Self:
        """Keep those that do not count any more: out of scope, or their process is."""
        return self.exclude(
            Q(scenario__process__isnull=True) | Q(scenario__process__in_scope=True),
            scenario__in_scope=True,
        )


class AcceptanceRequestQuerySet(FactQuerySet["AcceptanceRequest"]):
    """Select requests to accept a risk."""

    def waiting(self) -> Self:
        """Keep those that nobody has answered."""
        return self.filter(answer__isnull=True)


class ReportedReadingQuerySet(ImportedQuerySet["ReportedReading"]):
    """Select readings that somebody reported."""

    happened_field = "reported_at"

    def newest_of_metrics(self) -> Self:
        """Keep what no later report of the same project and metric has replaced."""
        return _newest_by(self, "project_id", "metric")


class ReportedStatusQuerySet(FactQuerySet["ReportedStatus"]):
    """Select statuses that somebody reported."""

    happened_field = "reported_at"

    def newest_of_items(self) -> Self:
        """Keep the newest colour of each project and each of its gates."""
        return _newest_by(self, "project_id", "gate_key")

    def with_verdict_then(self) -> "QuerySet[Any]":
        """Add `verdict_then`: what was computed for the project by then; None if nothing was."""
        judged = apps.get_model("readiness", "Snapshot").objects.filter(
            project_id=OuterRef("project_id"), as_of__lte=OuterRef("reported_at")
        )
        return self.annotate(verdict_then=Subquery(judged.newest_first().values("verdict")[:1]))


class CaveatResolutionQuerySet(FactQuerySet["CaveatResolution"]):
    """Select the ends of caveats."""

    happened_field = "resolved_at"

    def standing_of(self, caveats: "QuerySet[Caveat]") -> "QuerySet[Caveat]":
        """Keep the caveats that none of these ends has settled."""
        return caveats.exclude(pk__in=self.values("caveat_id"))

    def settled_of(self, caveats: "QuerySet[Caveat]") -> "QuerySet[Caveat]":
        """Keep the caveats that one of these ends has settled."""
        return caveats.filter(pk__in=self.values("caveat_id"))


class ReportRow(NamedTuple):
    """The newest reported figure of one metric of a project or a process."""

    project_id: int
    process_id: int | None
    metric: str
    done: int | None
    due: int | None
    value: Decimal | None
    source_system: str
    reported_at: datetime
    ttl_days: int


_NEWEST_REPORTS = """
    SELECT project_id, process_id, metric, done, due, value, source_system, reported_at, ttl_days
      FROM (SELECT r.*, ROW_NUMBER() OVER (
                       PARTITION BY project_id, process_id, metric
                       ORDER BY reported_at DESC, id DESC) AS place
              FROM readiness_reportedreading r
             WHERE project_id IN ({projects}) AND {seen}
               AND reported_at <= %(as_of)s AND recorded_at <= %(as_of)s) reports
     WHERE place = 1
"""


def newest_reports(*, project_ids: Collection[int], as_of: datetime) -> Iterator[ReportRow]:
    """Yield the newest reported figure of each metric of each project and process."""
    text = fill(_NEWEST_REPORTS, projects=project_ids, seen=still_seen("r", dated=True))
    for row in fetch_rows(text, {"as_of": as_of}):
        value, reported_at = number_of(row[5]), moment_of(row[7])
        yield ReportRow._make([*row[:5], value, row[6], reported_at, row[8]])


class ColourRow(NamedTuple):
    """The newest colour that somebody gave a project (gate key empty) or one of its gates."""

    project_id: int
    gate_key: str
    colour: str
    reporter_name: str
    reported_at: datetime


_NEWEST_COLOURS = """
    SELECT project_id, gate_key, colour, reporter_name, reported_at
      FROM (SELECT s.*, ROW_NUMBER() OVER (
                       PARTITION BY project_id, gate_key
                       ORDER BY reported_at DESC, id DESC) AS place
              FROM readiness_reportedstatus s
             WHERE project_id IN ({projects})
               AND reported_at <= %(as_of)s AND recorded_at <= %(as_of)s) statuses
     WHERE place = 1
"""


def newest_colours(*, project_ids: Collection[int], as_of: datetime) -> Iterator[ColourRow]:
    """Yield the newest colour of each project and each of its gates."""
    for row in fetch_rows(fill(_NEWEST_COLOURS, projects=project_ids), {"as_of": as_of}):
        yield ColourRow._make([*row[:4], moment_of(row[4])])


def metric_kinds() -> dict[str, str]:
    """Return metric -> the kind of reading that criteria ask of it."""
    criteria = apps.get_model("readiness", "Criterion")._default_manager
    return dict(criteria.values_list("metric", "kind").distinct())


_ACCEPTED = """
    SELECT DISTINCT s.scenario_id
      FROM readiness_acceptance a
      JOIN readiness_acceptancescenario s ON s.acceptance_id = a.id
      LEFT JOIN readiness_acceptancewithdrawal w
             ON w.acceptance_id = a.id
            AND w.withdrawn_at <= %(as_of)s AND w.recorded_at <= %(as_of)s
     WHERE a.project_id IN ({projects}) AND w.id IS NULL
       AND a.accepted_at <= %(as_of)s AND a.recorded_at <= %(as_of)s
       AND a.expires_at > %(as_of)s AND a.id NOT IN ({besides})
"""


def accepted_scenarios(
    *, project_ids: Collection[int], as_of: datetime, besides: Collection[int] = ()
) -> set[int]:
    """Return the scenarios that an acceptance in force at a moment names, besides some."""
    text = fill(_ACCEPTED, projects=project_ids, besides=besides or [0])
    rows = fetch_rows(text, {"as_of": as_of})
    return {row[0] for row in rows}


NamedRow = tuple[int, str, str, str, str, datetime, str]
"""Project; id, gate, criterion, approver and end of an acceptance; code of one it names."""

_NAMED = """
    SELECT a.project_id, a.public_id, a.gate_key, a.criterion_key, a.approver_name, a.expires_at,
           n.code
      FROM readiness_acceptance a
      JOIN readiness_acceptancescenario s ON s.acceptance_id = a.id
      JOIN uat_scenario n ON n.id = s.scenario_id
      LEFT JOIN readiness_acceptancewithdrawal w
             ON w.acceptance_id = a.id
            AND w.withdrawn_at <= %(as_of)s AND w.recorded_at <= %(as_of)s
     WHERE a.project_id IN ({projects}) AND w.id IS NULL
       AND a.accepted_at <= %(as_of)s AND a.recorded_at <= %(as_of)s
     ORDER BY a.project_id, a.id, n.code
"""


def named_in_acceptances(*, project_ids: Collection[int], as_of: datetime) -> list[NamedRow]:
    """Return the scenarios that acceptances name which nobody withdrew; no clock ends one here."""
    rows = fetch_rows(fill(_NAMED, projects=project_ids), {"as_of": as_of})
    return [(row[0], str(UUID(str(row[1]))), *row[2:5], moment_of(row[5]), row[6]) for row in rows]


_OPEN_CAVEATS = """
    SELECT c.project_id, c.public_id, c.text
      FROM governance_caveat c
      LEFT JOIN readiness_caveatresolution r
             ON r.caveat_id = c.id AND r.resolved_at <= %(as_of)s AND r.recorded_at <= %(as_of)s
     WHERE c.project_id IN ({projects}) AND r.id IS NULL
       AND c.written_at <= %(as_of)s AND c.recorded_at <= %(as_of)s
     ORDER BY c.project_id, c.id
"""


def standing_caveats(
    *, project_ids: Collection[int], as_of: datetime
) -> list[tuple[int, str, str]]:
    """Return project, id and words of each caveat that nobody has resolved."""
    rows = fetch_rows(fill(_OPEN_CAVEATS, projects=project_ids), {"as_of": as_of})
    return [(row[0], str(UUID(str(row[1]))), row[2]) for row in rows]
