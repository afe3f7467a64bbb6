"""What the lists of the REST interface show: projects with their judgement, snapshots as lines."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from governance.choices import Phase
from governance.models import Project
from readiness.models import Criterion, Gate, Snapshot
from readiness.pages.upgrades import acceptances_ending, is_pressed, requests_waiting

LINE_COLUMNS = (
    "public_id",
    "as_of",
    "local_date",
    "trigger",
    "is_late",
    "computed_at",
    "verdict",
    "headline",
    "go_live_date",
    "hard_misses",
    "accepted_risks",
    "policy__key",
    "policy__version",
    "inputs_hash",
    "code_version",
    "etag",
)


@dataclass(frozen=True, slots=True)
class JudgedProject:
    """A project with its newest judgement; None before the first."""

    project: Project
    snapshot: Snapshot | None
    requests_waiting: int = 0
    acceptances_ending: int = 0

    @property
    def needs_executive(self) -> bool:
        """Say whether an executive has something to do in it this week, as the portfolio does."""
        judged = self.snapshot
        days = None
        if judged is not None and judged.go_live_date is not None:
            days = (judged.go_live_date - judged.local_date).days
        pressed = is_pressed(judged.verdict if judged else "", days_left=days)
        asked = self.requests_waiting or self.acceptances_ending or pressed
        return self.project.phase != Phase.CLOSED and bool(asked)

    @property
    def being_judged(self) -> bool:
        """Say whether a fact is newer than the judgement."""
        mark = getattr(self.project, "mark", None)
        seen = self.snapshot.mark_version if self.snapshot else -1
        return mark is not None and mark.version > seen


def judged_projects(projects: Sequence[Any], *, as_of: datetime) -> list[JudgedProject]:
    """Return these projects, in their order, each with its newest snapshot at a moment."""
    ids = [project.pk for project in projects]
    newest = newest_snapshots(ids, as_of=as_of)
    waiting, ending = requests_waiting(ids, as_of=as_of), acceptances_ending(ids, as_of=as_of)
    return [
        JudgedProject(project, newest.get(pk), waiting.get(pk, 0), ending.get(pk, 0))
        for pk, project in zip(ids, projects, strict=True)
    ]


def newest_snapshots(project_ids: Iterable[int], *, as_of: datetime) -> dict[int, Snapshot]:
    """Return project id -> newest snapshot, without its body."""
    rows = Snapshot.objects.newest_of(list(project_ids), as_of=as_of).defer("body")
    return {row.project_id: row for row in rows}


@dataclass(frozen=True, slots=True)
class JudgedGate:
    """A gate, and what the newest judgement says of it; empty before the first."""

    gate: Gate
    verdict: str | None
    headline: str
    is_deciding: bool
    opens_date: str | None
    decision_date: str | None
    findings: dict[str, int]


def judged_gates(project: Project, *, as_of: datetime) -> list[JudgedGate]:
    """Return the gates of a project in their order."""
    rows = Snapshot.objects.filter(project=project).made_by(as_of)
    newest = rows.newest_first().only("body").first()
    said = {gate["key"]: gate for gate in json.loads(newest.body)["gates"]} if newest else {}
    gates = Gate.objects.filter(project=project).select_related("policy")
    return [_judged_gate(gate, said.get(gate.key, {})) for gate in gates.order_by("position", "pk")]


def _judged_gate(gate: Gate, said: Mapping[str, Any]) -> JudgedGate:
    return JudgedGate(
        gate=gate,
        verdict=said.get("verdict"),
        headline=said.get("headline", ""),
        is_deciding=said.get("is_deciding", False),
        opens_date=said.get("opens_date"),
        decision_date=said.get("decision_date"),
        findings=said.get("counts", {}),
    )


def page_of_lines(
    lines: Iterable[Mapping[str, Any]], *, count: int, links: tuple[str | None, str | None]
) -> str:
    """Return the JSON text of one page of snapshots."""
    following, previous = links
    page = {
        "count": count,
        "next": following,
        "previous": previous,
        "results": [_line(line) for line in lines],
    }
    return json.dumps(page, separators=(",", ":"), ensure_ascii=False)


def _line(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(row["public_id"]),
        "as_of": _moment(row["as_of"]),
        "local_date": row["local_date"].isoformat(),
        "trigger": row["trigger"],
        "is_late": row["is_late"],
        "computed_at": _moment(row["computed_at"]),
        "verdict": row["verdict"],
        "headline": row["headline"],
        "go_live_date": row["go_live_date"] and row["go_live_date"].isoformat(),
        "hard_misses": row["hard_misses"],
        "accepted_risks": row["accepted_risks"],
        "policy": row["policy__key"] and f"{row['policy__key']} {row['policy__version']}",
        "inputs_hash": row["inputs_hash"],
        "code_version": row["code_version"],
        "etag": row["etag"],
    }


def _moment(value: datetime) -> str:
    """Return a moment in UTC, written as the other answers write it."""
    return value.isoformat().replace("+00:00", "Z")


def roles_behind(project: Project, *, metric: str) -> list[str]:
    """Return the roles that answer for a metric under the project's policy."""
    policies = Gate.objects.filter(project=project).values("policy_id")
    rows = Criterion.objects.filter(policy_id__in=policies, metric=metric)
    return [role for roles in rows.values_list("accountable_roles", flat=True) for role in roles]
