"""Measure what is designed, run and passed, over what is in scope."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from governance.readings import Reading, Readings, count, share
from uat.choices import QUOTA_CLASSES, ScenarioClass
from uat.metrics.sheets import ProjectSheet, Sheet
from uat.querysets.tallies import ScenarioTally, covered_leaves

EXECUTED = "uat.exec_pct"
PASSED = "uat.pass_pct"
STALE_PASSES = "uat.stale_pass_pct"
FIRST_FAILED = "uat.first_fail_pct"
CASE_COMPLETE = "uat.case_complete_pct"
DESIGN_COVERED = "uat.design_cov_pct"
CLASS_MIN = "uat.class_min"
CLASS_EXECUTED = "uat.class_exec_pct"
HEAT = {
    "HAPPY_PATH": "heat.happy",
    "EXCEPTION": "heat.exception",
    "REVERSAL": "heat.reversal",
    "EDGE": "heat.edge",
    "REPORT": "heat.report",
}
EXCEPTION_QUOTA = 2
_NOTHING: tuple[int, int, int] = (0, 0, 0)


def put_coverage(readings: Readings, sheet: Sheet) -> None:
    """Put the readings of scenarios, of each project and of each accountable process.

    A run counts when the business made it, it was not blocked, and no later change of the
    system reaches its process. Scope is the denominator, whatever was run.
    """
    as_of = sheet.batch.as_of
    leaves = covered_leaves(sheet.batch)
    for project_id, project in sheet.projects.items():
        found = [
            *_of_project(list(project.tallies.values()), as_of),
            *_of_critical(project, as_of),
            _designed(leaves.get(project_id, (0, 0)), as_of),
        ]
        for reading in found:
            readings.put(project_id, reading)
        for process in project.processes:
            for reading in _of_process(project.tallies.get(process.process_id), as_of):
                readings.put(project_id, reading, process_id=process.process_id)


def _of_project(rows: Sequence[ScenarioTally], as_of: datetime) -> list[Reading]:
    due = sum(row.due for row in rows)
    passes = sum(row.passes for row in rows)
    passed = sum(row.passed for row in rows)
    return [
        share(EXECUTED, done=sum(row.tested for row in rows), due=due, as_of=as_of),
        share(PASSED, done=passed, due=due, as_of=as_of),
        share(STALE_PASSES, done=passes - passed, due=passes, as_of=as_of),
        share(
            FIRST_FAILED,
            done=sum(row.first_failed for row in rows),
            due=sum(row.ever_run for row in rows),
            as_of=as_of,
        ),
        share(CASE_COMPLETE, done=sum(row.complete for row in rows), due=due, as_of=as_of),
    ]


def _designed(leaves: tuple[int, int], as_of: datetime) -> Reading:
    """Return how many of the lowest processes in scope have a scenario of their own."""
    due, done = leaves
    return share(DESIGN_COVERED, done=done, due=due, as_of=as_of)


def _of_critical(project: ProjectSheet, as_of: datetime) -> list[Reading]:
    """Return how well the hard classes of the critical processes are filled and run."""
    critical = [process.process_id for process in project.processes if process.is_critical]
    rows = [project.tallies.get(key) for key in critical]
    thinnest = min((_thinnest(row) for row in rows), default=0)
    return [
        count(CLASS_MIN, value=thinnest, population=len(critical), as_of=as_of),
        _least_run([row for row in rows if row is not None], as_of),
    ]


def _thinnest(row: ScenarioTally | None) -> int:
    """Return how often a process fills the quota of its thinnest class.

    The quota is two exceptions and one each of reversal, edge case and report.
    """
    if row is None:
        return 0
    return min(
        row.classes[name].due // (EXCEPTION_QUOTA if name is ScenarioClass.EXCEPTION else 1)
        for name in QUOTA_CLASSES
    )


def _least_run(rows: Sequence[ScenarioTally], as_of: datetime) -> Reading:
    """Return the share run of the least run hard class; a class without scenarios is 0 of 0."""
    sums = []
    for name in QUOTA_CLASSES:
        due = sum(row.classes[name].due for row in rows)
        sums.append((sum(row.classes[name].tested for row in rows), due))
    done, due = min(sums, key=_by_share)
    return share(CLASS_EXECUTED, done=done, due=due, as_of=as_of)


def _by_share(counts: tuple[int, int]) -> tuple[float, int]:
    done, due = counts
    return (done / due if due else -1.0, -due)


def _of_process(row: ScenarioTally | None, as_of: datetime) -> Iterator[Reading]:
    """Yield the readings of one accountable process; without scenarios they are 0 of 0."""
    due, tested, passed = (row.due, row.tested, row.passed) if row else _NOTHING
    yield share(EXECUTED, done=tested, due=due, as_of=as_of)
    yield share(PASSED, done=passed, due=due, as_of=as_of)
    for name, metric in HEAT.items():
        class_due, _, class_passed = row.classes[name] if row else _NOTHING
        yield share(metric, done=class_passed, due=class_due, as_of=as_of)
