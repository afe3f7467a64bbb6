"""Snapshots, nights and the policies behind them."""

from collections.abc import Collection
from datetime import date, datetime
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

from governance.querysets import ProjectScopedQuerySet
from governance.querysets.statements import day_of, fetch_rows, fill
from readiness.choices import NightState

if TYPE_CHECKING:
    from governance.models import Project
    from readiness.models import Night, Snapshot


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


class JudgedLine(NamedTuple):
    """A judgement without its body, as lists count and sort it."""

    pk: int
    verdict: str
    go_live_date: date | None
    local_date: date
    mark_version: int


_JUDGED_LINES = """
    SELECT id, verdict, go_live_date, local_date, mark_version
      FROM readiness_snapshot WHERE id IN ({snapshots})
"""


def judged_lines(snapshot_ids: Collection[int]) -> dict[int, JudgedLine]:
    """Return snapshot id -> its line; a thousand of them in one small question."""
    found = {}
    for pk, verdict, planned, local, version in fetch_rows(
        fill(_JUDGED_LINES, snapshots=snapshot_ids)
    ):
        local_date = day_of(local) or date.min
        found[pk] = JudgedLine(pk, verdict, day_of(planned), local_date, version)
    return found


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


_CONCERNED = """
    SELECT DISTINCT g.project_id, g.key
      FROM readiness_gate g
      JOIN readiness_criterion c ON c.policy_id = g.policy_id AND c.gate_key = g.key
     WHERE g.project_id IN ({projects})
       AND (SUBSTR(c.metric, 1, 4) IN ('uat.', 'def.') OR c.metric = 'sign.po_valid_pct')
     ORDER BY g.project_id, g.key
"""


def gates_concerned(*, project_ids: Collection[int]) -> dict[int, list[str]]:
    """Return project id -> the gates that ask for testing, defects or process signatures."""
    found: dict[int, list[str]] = {}
    for project_id, key in fetch_rows(fill(_CONCERNED, projects=project_ids)):
        found.setdefault(project_id, []).append(key)
    return found


_SET_ASIDE = """
    SELECT project_id, criterion_key FROM readiness_exemption
     WHERE project_id IN ({projects}) AND approved_at <= %(as_of)s AND recorded_at <= %(as_of)s
     ORDER BY project_id, criterion_key
"""


def criteria_set_aside(*, project_ids: Collection[int], as_of: datetime) -> dict[int, list[str]]:
    """Return project id -> the criteria that do not apply to it."""
    found: dict[int, list[str]] = {}
    for project_id, key in fetch_rows(fill(_SET_ASIDE, projects=project_ids), {"as_of": as_of}):
        found.setdefault(project_id, []).append(key)
    return found


_REPORTED = """
    SELECT DISTINCT g.project_id, c.metric
      FROM readiness_gate g
      JOIN readiness_criterion c ON c.policy_id = g.policy_id AND c.gate_key = g.key
     WHERE g.project_id IN ({projects}) AND c.origin = 'REPORTED'
       AND c.metric IN ('scope.signed_pct', 'uat.closure_signed', 'sign.handover',
                        'gov.raci_pct', 'gov.charter_signed', 'gov.read_pct', 'dep.confirmed_pct',
                        'dep.fresh_pct', 'eng.dept_min', 'cal.conflicts', 'esc.overdue',
                        'spn.meetings_chaired')
"""


def reported_by_policy(*, project_ids: Collection[int]) -> set[tuple[int, str]]:
    """Return project and metric of what an older policy has reported by hand, not counted."""
    return {(row[0], row[1]) for row in fetch_rows(fill(_REPORTED, projects=project_ids))}


def due_again(*, as_of: datetime) -> list[int]:
    """Return the projects whose newest snapshot foresaw a change that has come by now."""
    projects = apps.get_model("governance", "Project").objects.all()
    newest = judged_at(projects, as_of=as_of).values("newest_snapshot_id")
    due = apps.get_model("readiness", "Snapshot").objects.filter(
        pk__in=newest, next_change_at__lte=as_of
    )
    return list(due.order_by("next_change_at").values_list("project_id", flat=True))


def with_gate_ground(projects: "QuerySet[Project]", *, user_id: int) -> "QuerySet[Any]":
    """Add what moves with judgements (`newest`), the account's roles and its visits."""
    keys = Func(
        F("pk"), template="COUNT(*) || '.' || SUM(%(expressions)s)", output_field=TextField()
    )
    newest = apps.get_model("readiness", "Snapshot").objects.filter(project=OuterRef("pk"))
    held = apps.get_model("governance", "Participation").objects.filter(
        project=OuterRef("pk"), user_id=user_id, ended_at__isnull=True
    )
    visits = apps.get_model("readiness", "Visit").objects.filter(
        project=OuterRef("pk"), user_id=user_id
    )
    return projects.annotate(
        newest=Subquery(newest.newest_first().values("pk")[:1]),
        seats=Subquery(held.order_by().annotate(keys=keys).values("keys")),
        seen_at=Subquery(visits.values("seen_at")[:1]),
    )


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
