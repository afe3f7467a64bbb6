"""Every filter over the gate's rows, each with a name."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.apps import apps
from django.db.models import (
    Exists,
    F,
    Func,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
)

from governance.querysets import FactQuerySet, ProjectScopedQuerySet
from governance.querysets.statements import fetch_rows, fill, moment_of, number_of
from readiness.choices import NightState

if TYPE_CHECKING:
    from governance.models import Project
    from readiness.models import (
        Acceptance,
        CaveatResolution,
        Night,
        ReportedReading,
        ReportedStatus,
        Snapshot,
    )


class SnapshotQuerySet(ProjectScopedQuerySet["Snapshot"]):
    """Select snapshots."""

    def newest_first(self) -> Self:
        """Order by moment, the newest first."""
        return self.order_by("-as_of", "-id")

    def made_by(self, as_of: datetime) -> Self:
        """Keep what had been judged by a moment."""
        return self.filter(as_of__lte=as_of)

    def newest_of(self, project_ids: Collection[int], *, as_of: datetime) -> Self:
        """Keep the newest of each of these projects at a moment."""
        projects = apps.get_model("governance", "Project").objects.filter(pk__in=project_ids)
        newest = judged_at(projects, as_of=as_of).values("newest_snapshot_id")
        return self.filter(pk__in=newest)

    def since(self, day: date) -> Self:
        """Keep those of a local date or later, the oldest first."""
        return self.filter(local_date__gte=day).order_by("as_of", "id")


class AcceptanceQuerySet(FactQuerySet["Acceptance"]):
    """Select acceptances."""

    happened_field = "accepted_at"


class ReportedReadingQuerySet(FactQuerySet["ReportedReading"]):
    """Select readings that somebody reported."""

    happened_field = "reported_at"

    def newest_of_metrics(self) -> Self:
        """Keep what no later report of the same project and metric has replaced."""
        same = self.model._default_manager.filter(
            project_id=OuterRef("project_id"), metric=OuterRef("metric")
        )
        return self.exclude(Exists(same.filter(reported_at__gt=OuterRef("reported_at"))))


class ReportedStatusQuerySet(FactQuerySet["ReportedStatus"]):
    """Select statuses that somebody reported."""

    happened_field = "reported_at"


class CaveatResolutionQuerySet(FactQuerySet["CaveatResolution"]):
    """Select the ends of caveats."""

    happened_field = "resolved_at"


class NightQuerySet(ProjectScopedQuerySet["Night"]):
    """Select nights."""

    def newest_days(self) -> dict[int, date]:
        """Return project id -> the newest local day that has a night."""
        return dict(self.values_list("project_id").annotate(newest=Max("local_day")))

    def between(self, *, project_ids: Collection[int], first: date, last: date) -> Self:
        """Keep unfinished nights of some projects from one local day to another."""
        unfinished = self.exclude(state=NightState.DONE)
        return unfinished.filter(project_id__in=project_ids, local_day__range=(first, last))

    def waiting(self, *, attempts: int) -> Self:
        """Keep nights that are due, or failed fewer than so many times, the oldest first."""
        unfinished = self.exclude(state=NightState.DONE)
        return unfinished.filter(attempts__lt=attempts).order_by("due_at", "id")

    def close(self, *, as_of: datetime, now: datetime, is_late: bool) -> int:
        """Write that nights of one moment are done, each with its snapshot of that moment."""
        snapshots = apps.get_model("readiness", "Snapshot").objects.filter(as_of=as_of)
        own = snapshots.filter(project_id=OuterRef("project_id")).values("pk")[:1]
        return self.update(
            state=NightState.DONE,
            snapshot=Subquery(own),
            error="",
            computed_at=now,
            is_late=is_late,
            attempts=F("attempts") + 1,
        )

    def last_runs(self) -> dict[int, datetime]:
        """Return project id -> the moment its newest judged night was computed."""
        done = self.filter(state=NightState.DONE, computed_at__isnull=False)
        return dict(done.values_list("project_id").annotate(ran=Max("computed_at")))

    def failing(self) -> Self:
        """Keep failed nights that no later night of their project made good, newest first."""
        later = self.model._default_manager.filter(
            project_id=OuterRef("project_id"),
            state=NightState.DONE,
            local_day__gt=OuterRef("local_day"),
        )
        failed = self.filter(~Exists(later), state=NightState.FAILED)
        return failed.order_by("-local_day")


def judged_at(projects: "QuerySet[Project]", *, as_of: datetime) -> "QuerySet[Any]":
    """Add each project's newest snapshot at a moment: `newest_snapshot_id`, `newest_verdict`."""
    snapshots = apps.get_model("readiness", "Snapshot").objects.made_by(as_of)
    newest = snapshots.filter(project=OuterRef("pk")).newest_first()
    return projects.annotate(
        newest_snapshot_id=Subquery(newest.values("pk")[:1]),
        newest_verdict=Subquery(newest.values("verdict")[:1]),
    )


_PORTFOLIO_GROUND = """
    SELECT (SELECT MAX(id) FROM readiness_snapshot),
           (SELECT MAX(id) FROM readiness_acceptancerequest),
           (SELECT MAX(id) FROM readiness_acceptanceanswer),
           marks.changes, marks.judged, marks.number, seats.number, seats.keys
      FROM (SELECT SUM(version) AS changes, SUM(judged_version) AS judged, COUNT(*) AS number
              FROM governance_projectmark) marks,
           (SELECT COUNT(*) AS number, SUM(id) AS keys
              FROM governance_participation
             WHERE user_id = {user} AND ended_at IS NULL) seats
"""


def portfolio_ground(*, user_id: int) -> str:
    """Return what moves when a judgement, a mark, a request or a seat of the account does.

    It moves for other clients' changes, too: it names what is kept and is shown to nobody.
    """
    return repr(fetch_rows(fill(_PORTFOLIO_GROUND, user=[user_id]))[0])


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
             WHERE project_id IN ({projects})
               AND reported_at <= %(as_of)s AND recorded_at <= %(as_of)s) reports
     WHERE place = 1
"""


def newest_reports(*, project_ids: Collection[int], as_of: datetime) -> Iterator[ReportRow]:
    """Yield the newest reported figure of each metric of each project and process."""
    for row in fetch_rows(fill(_NEWEST_REPORTS, projects=project_ids), {"as_of": as_of}):
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


def policies_in_force(*, project_ids: Collection[int]) -> dict[int, list[list[str]]]:
    """Return project id -> key, version and hash of each policy that its gates apply."""
    gates = apps.get_model("readiness", "Gate").objects.filter(project_id__in=project_ids)
    rows = gates.values_list(
        "project_id", "policy__key", "policy__version", "policy__body_hash"
    ).distinct()
    found: dict[int, list[list[str]]] = {}
    for project_id, *policy in sorted(rows):
        found.setdefault(project_id, []).append([str(part) for part in policy])
    return found


_ACCEPTED = """
    SELECT DISTINCT s.scenario_id
      FROM readiness_acceptance a
      JOIN readiness_acceptancescenario s ON s.acceptance_id = a.id
      LEFT JOIN readiness_acceptancewithdrawal w
             ON w.acceptance_id = a.id
            AND w.withdrawn_at <= %(as_of)s AND w.recorded_at <= %(as_of)s
     WHERE a.project_id IN ({projects}) AND w.id IS NULL
       AND a.accepted_at <= %(as_of)s AND a.recorded_at <= %(as_of)s
       AND a.expires_at > %(as_of)s
"""


def accepted_scenarios(*, project_ids: Collection[int], as_of: datetime) -> set[int]:
    """Return the scenarios that an acceptance in force at a moment names."""
    rows = fetch_rows(fill(_ACCEPTED, projects=project_ids), {"as_of": as_of})
    return {row[0] for row in rows}


def due_again(*, as_of: datetime) -> list[int]:
    """Return the projects whose newest snapshot foresaw a change that has come by now."""
    projects = apps.get_model("governance", "Project").objects.all()
    newest = judged_at(projects, as_of=as_of).values("newest_snapshot_id")
    due = apps.get_model("readiness", "Snapshot").objects.filter(
        pk__in=newest, next_change_at__lte=as_of
    )
    return list(due.order_by("next_change_at").values_list("project_id", flat=True))


def with_gate_ground(projects: "QuerySet[Project]", *, user_id: int) -> "QuerySet[Any]":
    """Add what moves with judgements (`history`), the account's roles and its visits."""
    keys = Func(
        F("pk"), template="COUNT(*) || '.' || SUM(%(expressions)s)", output_field=TextField()
    )
    held = apps.get_model("governance", "Participation").objects.filter(
        project=OuterRef("pk"), user_id=user_id, ended_at__isnull=True
    )
    visits = apps.get_model("readiness", "Visit").objects.filter(
        project=OuterRef("pk"), user_id=user_id
    )
    grounds: QuerySet[Any] = with_history_version(projects).annotate(
        seats=Subquery(held.order_by().annotate(keys=keys).values("keys")),
        seen_id=Subquery(visits.values("seen_id")[:1]),
        seen_at=Subquery(visits.values("seen_at")[:1]),
    )
    return grounds


def with_history_version(projects: "QuerySet[Project]") -> "QuerySet[Any]":
    """Add `history`: the newest row and the number of each project's snapshots, as one text.

    It moves with every change and is None before the first snapshot.
    """
    newest_of_all = Func(
        F("pk"),
        template="MAX(%(expressions)s) || ' of ' || COUNT(*)",
        output_field=TextField(),
    )
    snapshots = apps.get_model("readiness", "Snapshot").objects.filter(project=OuterRef("pk"))
    version = snapshots.order_by().annotate(version=newest_of_all).values("version")
    return projects.annotate(history=Subquery(version))
