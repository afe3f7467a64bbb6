"""Judge projects at a moment and write the judgements down, once.

Measuring, gathering and writing are done for a whole batch; a project that cannot be judged
is found by halving the batch, named with its reason, and never stops the others.
"""

import logging
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from governance.models import Job, ProjectMark
from governance.services.jobs import JobRefused
from governance.services.marks import note_judged
from readiness.choices import FindingState, SnapshotTrigger
from readiness.measurements import take_readings
from readiness.models import Finding, Snapshot
from readiness.policy.hashing import digest_of
from readiness.policy.headlines import project_headline
from readiness.policy.outcomes import ProjectJudgement
from readiness.policy.projects import judge_project
from readiness.policy.representation import CODE_VERSION, Surroundings, body_text, totals_of
from readiness.services.bulk import new_ids, write_rows
from readiness.services.dossiers import Dossier, gather_dossiers
from readiness.services.policies import adopt_where_missing

AT_ONCE = 500
LONGEST_REASON = 500
SNAPSHOT_COLUMNS = (
    "id",
    "organisation_id",
    "project_id",
    "public_id",
    "as_of",
    "local_date",
    "trigger",
    "is_late",
    "policy_id",
    "go_live_date",
    "verdict",
    "headline",
    "hard_misses",
    "accepted_risks",
    "inputs_hash",
    "code_version",
    "mark_version",
    "next_change_at",
    "body",
    "etag",
)
FINDING_COLUMNS = (
    "organisation_id",
    "project_id",
    "snapshot_id",
    "gate_key",
    "criterion_key",
    "metric",
    "state",
    "is_hard",
    "done",
    "due",
    "value",
    "population",
    "due_today",
    "target",
    "acceptance_id",
)
_HEADLINE_LENGTH = 500

log = logging.getLogger(__name__)


class Judged(list[Snapshot]):
    """Hold the snapshots of a moment, and for each project left out the reason."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.failures: dict[int, str] = {}


@dataclass(frozen=True, slots=True)
class Occasion:
    """Say when and why projects are judged."""

    as_of: datetime
    trigger: SnapshotTrigger
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class _Case:
    dossier: Dossier
    judgement: ProjectJudgement
    mark_version: int
    public_id: uuid.UUID
    body: str


def evaluate_gates(
    *,
    project_ids: Collection[int],
    as_of: datetime,
    trigger: SnapshotTrigger = SnapshotTrigger.BY_HAND,
    is_late: bool = False,
) -> Judged:
    """Return one snapshot per project at a moment; one that is on record is not made again.

    A project without gates adopts the newest policy that ships. Projects that could not be
    judged are left out, logged and named in `failures`.
    """
    occasion = Occasion(as_of, trigger, is_late)
    ids = sorted(set(project_ids))
    judged = Judged()
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        recorded = list(Snapshot.objects.filter(project_id__in=part, as_of=as_of))
        judged += recorded
        known = {snapshot.project_id for snapshot in recorded}
        missing = [key for key in part if key not in known]
        adopt_where_missing(project_ids=missing)
        _evaluate_part(missing, occasion, judged)
    judged.sort(key=lambda snapshot: snapshot.project_id)
    return judged


def evaluate_marked_project(job: Job, *, moment: datetime) -> None:
    """Judge the project of a job again.

    :raises JobRefused: the project cannot be judged, with the reason.
    """
    if job.project_id is None:
        raise JobRefused("This job names no project.")
    judged = evaluate_gates(
        project_ids=[job.project_id], as_of=moment, trigger=SnapshotTrigger.CHANGE
    )
    for reason in judged.failures.values():
        raise JobRefused(reason)


def _evaluate_part(ids: Sequence[int], occasion: Occasion, judged: Judged) -> None:
    """Judge some projects together; when that fails, each half by itself, down to one."""
    if not ids:
        return
    try:
        with transaction.atomic():
            written = _judge_and_write(ids, occasion)
    except Exception as error:
        if len(ids) == 1:
            _note_failure(ids[0], occasion, error, judged)
            return
        middle = len(ids) // 2
        _evaluate_part(ids[:middle], occasion, judged)
        _evaluate_part(ids[middle:], occasion, judged)
    else:
        judged += written


def _note_failure(project_id: int, occasion: Occasion, error: Exception, judged: Judged) -> None:
    recorded = Snapshot.objects.filter(project_id=project_id, as_of=occasion.as_of).first()
    if recorded is not None:  # another worker was first
        judged.append(recorded)
        return
    log.error("project %s could not be judged", project_id, exc_info=error)
    reason = f"This project could not be judged. {type(error).__name__}: {error}"
    judged.failures[project_id] = reason[:LONGEST_REASON]


def _judge_and_write(ids: Sequence[int], occasion: Occasion) -> list[Snapshot]:
    """Read the marks before anything else: what changes meanwhile is judged again."""
    versions = _versions_seen(ids, occasion.as_of)
    readings = take_readings(project_ids=ids, as_of=occasion.as_of)
    dossiers = gather_dossiers(project_ids=ids, as_of=occasion.as_of, readings=readings)
    cases = [_judged(each, occasion, versions.get(each.project.pk, -1)) for each in dossiers]
    snapshots = _write(cases, occasion)
    note_judged(versions=versions)
    return snapshots


def _versions_seen(ids: Sequence[int], as_of: datetime) -> dict[int, int]:
    """Return project -> the version of its mark, where every change lies before the moment."""
    marks = ProjectMark.objects.filter(project_id__in=ids, marked_at__lte=as_of)
    return dict(marks.values_list("project_id", "version"))


def _judged(dossier: Dossier, occasion: Occasion, mark_version: int) -> _Case:
    judgement = judge_project(dossier.case)
    public_id = uuid.uuid4()
    around = Surroundings(
        public_id=str(public_id),
        trigger=occasion.trigger,
        is_late=occasion.is_late,
        project=_project_words(dossier),
        policy=_policy_words(dossier),
        holders=dossier.holders,
        processes=dossier.processes,
        reports=dossier.reports,
        caveats=dossier.caveats,
        authority=dossier.authority,
    )
    body = body_text(judgement, around)
    return _Case(dossier, judgement, mark_version, public_id, body)


def _project_words(dossier: Dossier) -> dict[str, Any]:
    project = dossier.project
    return {
        "id": str(project.public_id),
        "name": project.name,
        "slug": project.slug,
        "client": project.organisation.name,
        "from_platform": project.from_platform,
        "to_platform": project.to_platform,
        "time_zone": project.time_zone,
        "phase": project.phase,
    }


def _policy_words(dossier: Dossier) -> Mapping[str, Any] | None:
    policy = dossier.policy
    if policy is None:
        return None
    return {"key": policy.key, "version": policy.version, "hash": policy.body_hash}


def _write(judged: Sequence[_Case], occasion: Occasion) -> list[Snapshot]:
    ids = new_ids(model=Snapshot, number=len(judged))
    rows = [_snapshot_row(each, key, occasion) for each, key in zip(judged, ids, strict=True)]
    write_rows(model=Snapshot, columns=SNAPSHOT_COLUMNS, rows=rows)
    findings = (
        row for each, key in zip(judged, ids, strict=True) for row in _finding_rows(each, key)
    )
    write_rows(model=Finding, columns=FINDING_COLUMNS, rows=findings)
    return [Snapshot(**dict(zip(SNAPSHOT_COLUMNS, row, strict=True))) for row in rows]


def _snapshot_row(judged: _Case, key: int, occasion: Occasion) -> tuple[Any, ...]:
    project, judgement = judged.dossier.project, judged.judgement
    policy, totals = judged.dossier.policy, totals_of(judgement)
    return (
        key,
        project.organisation_id,
        project.pk,
        judged.public_id,
        occasion.as_of,
        judgement.case.today,
        str(occasion.trigger),
        occasion.is_late,
        None if policy is None else policy.pk,
        judgement.case.go_live,
        judgement.verdict.value,
        project_headline(judgement)[:_HEADLINE_LENGTH],
        totals["hard_misses"],
        totals["counts"].get(FindingState.ACCEPTED, 0),
        judgement.inputs_hash,
        f"{settings.CODE_VERSION}, {CODE_VERSION}",
        judged.mark_version,
        judgement.next_change_at,
        judged.body,
        digest_of(judged.body),
    )


def _finding_rows(judged: _Case, snapshot_id: int) -> Iterator[tuple[Any, ...]]:
    project = judged.dossier.project
    head = (project.organisation_id, project.pk, snapshot_id)
    for gate in judged.judgement.gates:
        for criterion, state, _, reading, due_today, target, acceptance, _ in gate.findings:
            numbers = (
                (None, None, None, 0)
                if reading is None
                else (reading.done, reading.due, reading.value, reading.population)
            )
            yield (
                *head,
                criterion.gate,
                criterion.key,
                criterion.metric,
                state._value_,
                criterion.hard,
                *numbers,
                due_today,
                target,
                None if acceptance is None else acceptance.id,
            )
