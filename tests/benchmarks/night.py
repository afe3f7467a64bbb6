"""(a) A full night against the floor in SQL, (b) one changed project, (c) growth."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from governance.models import Project
from governance.services.marks import mark_projects
from readiness.choices import SnapshotTrigger
from readiness.models import Gate, Policy
from readiness.policy.parsing import gates_of_body
from readiness.policy.terms import CriterionTerms, GateTerms
from readiness.services.evaluation import evaluate_gates
from tests.benchmarks.stock import AS_OF, statements
from tests.benchmarks.timing import Figure, medians_of, seconds_of

_FINDINGS = """
    SELECT f.project_id, f.gate_key, f.criterion_key, f.metric, f.state, f.is_hard, f.done, f.due,
           f.value, f.population, f.due_today, f.target, f.acceptance_id, s.verdict
      FROM readiness_finding f JOIN readiness_snapshot s ON s.id = f.snapshot_id
     WHERE s.as_of = %s
     ORDER BY 1, 2, 3, 4
"""
_CRITERIA = """
    CREATE TABLE IF NOT EXISTS floor_criterion (
        gate text, opens_days integer, after_go_live boolean, position integer, key text,
        metric text, step text, kind text, comparison text, warn_comparison text,
        target numeric, warn numeric, due_days integer, glide jsonb, hard boolean,
        min_population integer, in_meeting boolean)
"""
_STEPS = {"gate.upstream_valid": "UPSTREAM", "rep.watermelon": "WATERMELON"}
Row = tuple[Any, ...]


class NightsDiffer(Exception):
    """Say where the product and the floor came to different findings."""


def measure_tenth(*, rounds: int) -> Figure:
    """Return the figure of a full night while there is only a tenth of everything."""
    ids = project_ids()
    (seconds,) = medians_of(lambda: _seconds_taken_back(lambda: run_night(ids)), rounds=rounds)
    return Figure("night of a tenth", seconds, note=f"{len(ids)} projects, all there are then")


def measure_night(*, tenth: Figure, times: float, rounds: int) -> Iterator[Figure]:
    """Yield the night's figures, at so many times the size that the `tenth` was taken at."""
    ids = project_ids()
    prepare_floor()
    compared = check_night(ids)
    ours, floor = medians_of(
        lambda: _seconds_taken_back(lambda: run_night(ids)),
        lambda: _seconds_taken_back(run_floor),
        rounds=rounds,
    )
    yield Figure("night floor", floor, note="the same findings in SQL alone")
    yield Figure(
        "night",
        ours,
        against="night floor",
        ratio=ours / floor,
        limit="1.5",
        note=f"{len(ids)} projects, {compared} findings equal row by row",
    )
    yield Figure(
        "growth",
        ours,
        against=f"{times:g} nights of a tenth",
        ratio=ours / tenth.seconds / times,
        limit="1.2",
    )
    yield _change(ids[len(ids) // 2], rounds=rounds)


def project_ids() -> list[int]:
    """Return every project there is."""
    return list(Project.objects.order_by("pk").values_list("pk", flat=True))


def run_night(project_ids: Sequence[int], *, as_of: datetime = AS_OF) -> None:
    """Judge projects as a night does.

    :raises NightsDiffer: one of them could not be judged.
    """
    evaluation = evaluate_gates(project_ids=project_ids, as_of=as_of, trigger=SnapshotTrigger.NIGHT)
    if evaluation.failures:
        raise NightsDiffer(f"not judged: {evaluation.failures}")


def run_floor() -> None:
    """Judge every project in SQL alone."""
    with connection.cursor() as cursor:
        for statement in statements("floor.sql", as_of=f"{AS_OF:%Y-%m-%d %H:%M:%S}+00"):
            cursor.execute(statement)


def check_night(project_ids: Sequence[int]) -> int:
    """Return how many findings the product and the floor agree on, row by row.

    :raises NightsDiffer: they do not agree.
    """
    ours, floor = _findings_of(lambda: run_night(project_ids)), _findings_of(run_floor)
    for mine, theirs in zip(ours, floor, strict=False):
        if mine != theirs:
            raise NightsDiffer(f"product {mine}\nfloor   {theirs}")
    if len(ours) != len(floor):
        raise NightsDiffer(f"product has {len(ours)} findings, floor {len(floor)}")
    return len(ours)


def prepare_floor() -> None:
    """Lay out the policy that the projects are judged by as a table, as the floor knows it."""
    (policy_id,) = Gate.objects.values_list("policy_id", flat=True).distinct()
    gates = gates_of_body(Policy.objects.get(pk=policy_id).body)
    rows = [
        _criterion_row(gate, criterion, 100 * place + number)
        for place, gate in enumerate(gates.values())
        for number, criterion in enumerate(gate.criteria)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_CRITERIA)
        cursor.execute("TRUNCATE floor_criterion")
        with cursor.copy("COPY floor_criterion FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _criterion_row(gate: GateTerms, criterion: CriterionTerms, position: int) -> Row:
    glide = [[days, str(number)] for days, number in criterion.glide]
    return (
        gate.key,
        gate.opens_days,
        gate.after_go_live,
        position,
        criterion.key,
        criterion.metric,
        _STEPS.get(criterion.metric, "FIRST"),
        str(criterion.kind),
        str(criterion.comparison),
        criterion.warn_comparison and str(criterion.warn_comparison),
        criterion.target,
        criterion.warn,
        criterion.due_days,
        json.dumps(glide) if glide else None,
        criterion.hard,
        criterion.min_population,
        criterion.in_meeting,
    )


@contextmanager
def _taken_back() -> Iterator[None]:
    """Run in a transaction that leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _seconds_taken_back(act: Callable[[], None]) -> float:
    """Return the seconds of an act with the checks that a commit would make."""

    def act_and_check() -> None:
        act()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with _taken_back():
        return seconds_of(act_and_check)


def _findings_of(act: Callable[[], None]) -> list[Row]:
    with _taken_back(), connection.cursor() as cursor:
        act()
        cursor.execute(_FINDINGS, [AS_OF])
        return list(cursor.fetchall())


def _change(project_id: int, *, rounds: int) -> Figure:
    """Return how long one changed project takes to its new verdict, committed."""
    moments = (datetime.now(tz=UTC) for _ in range(rounds + 1))

    def judge() -> float:
        mark_projects(project_ids=[project_id])
        as_of = next(moments)
        return seconds_of(lambda: run_night([project_id], as_of=as_of))

    judge()
    (seconds,) = medians_of(judge, rounds=rounds)
    return Figure("one changed project", seconds, limit="0.05 s", note="to its verdict, committed")
