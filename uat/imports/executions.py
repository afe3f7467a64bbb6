"""Runs of scenarios, from the sheet in which testers wrote them down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from governance.choices import Affiliation
from governance.imports.columns import Column, Sheet, gather, lay_over
from governance.imports.importers import Context, Importer, Tally
from governance.imports.ledger import CellRefused, Ledger
from governance.imports.settling import NAMED, Settled, settle, told_again
from governance.imports.tables import Table
from governance.models import Project
from governance.querysets.bulk import insert_rows
from uat.imports.people import Roster, roster_of
from uat.imports.runs import COLUMNS, SOURCE, Line, Run, RunReader
from uat.models import Execution, Scenario
from uat.services.changes import refresh_changed
from uat.services.executions import refresh_latest

FIELDS = (
    "organisation_id",
    "project_id",
    "scenario_id",
    "person_id",
    "tester_id",
    "tester_name",
    "affiliation",
    "result",
    "build",
    "comment",
    "evidence",
    "defect_code",
    "executed_at",
    "source",
    "external_id",
)


@dataclass(slots=True)
class Plan:
    """The rows to write; `known` are the runs that are there already."""

    lines: list[Line] = field(default_factory=list)
    known: set[str] = field(default_factory=set)


class ExecutionsImport(Importer):
    """Add runs, and the scenarios that only the file knows."""

    kind: ClassVar[str] = "executions"
    wants: ClassVar[str] = "Test ID, Status, Tester, Test Date"
    layouts: ClassVar[Mapping[str, tuple[Column, ...]]] = {"Our own columns": COLUMNS}

    def check(self, tables: Sequence[Table], context: Context, ledger: Ledger) -> Plan:
        """Read the rows; refuse unknown scenarios, future runs and runs told differently before."""
        otherwise = str(context.options.get("affiliation") or Affiliation.UNKNOWN)
        roster = roster_of(context.project, otherwise=otherwise)
        plan = Plan()
        for table in tables:
            sheet = lay_over(table, COLUMNS)
            if sheet is not None:
                _read(sheet, plan=plan, roster=roster, context=context, ledger=ledger)
        return plan

    def write(self, plan: Plan, context: Context) -> Tally:
        """Write scenarios, then runs, then what is kept on the scenarios."""
        wanted = {(line.code,): line.fields for line in plan.lines}
        scenarios = settle(Scenario, context=context, key=("code",), wanted=wanted)
        fresh = [line for line in plan.lines if line.run and line.run.external_id not in plan.known]
        number = _insert(fresh, scenarios=scenarios, context=context)
        tally = _count(plan, fresh=fresh, scenarios=scenarios)
        tally.counts.update(executions=number, scenarios=len(scenarios.added | scenarios.changed))
        if tally.taken:
            refresh_changed(project_id=context.project.pk)
            touched = {scenarios.rows[line.code,].pk for line in fresh}
            refresh_latest(project_id=context.project.pk, scenario_ids=touched)
        return tally

    def derive_anew(self, project: Project) -> None:
        """Bring the kept newest runs and changes up to date."""
        refresh_changed(project_id=project.pk)
        refresh_latest(project_id=project.pk)


def _read(sheet: Sheet, *, plan: Plan, roster: Roster, context: Context, ledger: Ledger) -> None:
    reader = RunReader(roster=roster, context=context)
    for number, line in gather(sheet, ledger, reader.read):
        told = reader.told.get(line.run.external_id) if line.run else None
        if told is not None and line.run and told != line.run.content:
            ledger.refuse(sheet.table.name, number, _told_differently(line.run, sheet=sheet))
            continue
        if told is not None and line.run:
            plan.known.add(line.run.external_id)
        plan.lines.append(line)


def _told_differently(run: Run, *, sheet: Sheet) -> CellRefused:
    return CellRefused(
        column=sheet.title("result"),
        value=run.result,
        reason="differs from what an earlier import said about the same run",
        remedy="Runs are never changed. Give the new run its own date, time or run ID.",
    )


def _insert(lines: list[Line], *, scenarios: Settled[Scenario], context: Context) -> int:
    project = context.project
    rows = (
        (
            project.organisation_id,
            project.pk,
            scenarios.rows[line.code,].pk,
            run.tester.person.pk if run.tester.person else None,
            run.tester.account.pk if run.tester.account else None,
            run.tester_name,
            str(run.tester.affiliation),
            run.result,
            run.build,
            run.comment,
            run.evidence,
            run.defect_code,
            run.executed_at,
            SOURCE,
            run.external_id,
        )
        for line in lines
        if (run := line.run) is not None
    )
    named = told_again(Execution, rows, fields=FIELDS, context=context)
    return insert_rows(Execution, fields=(*FIELDS, *NAMED), rows=named)


def _count(plan: Plan, *, fresh: list[Line], scenarios: Settled[Scenario]) -> Tally:
    """Count a row as taken when its run or its scenario is new or changed."""
    touched = scenarios.added | scenarios.changed
    new_runs = {id(line) for line in fresh}
    taken = sum(id(line) in new_runs or (line.code,) in touched for line in plan.lines)
    return Tally(taken=taken, unchanged=len(plan.lines) - taken)
