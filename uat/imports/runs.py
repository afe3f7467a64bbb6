"""Rows of a sheet of runs, read one by one."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from governance.choices import Criticality
from governance.imports.cells import choice_of, moment_of, short_of
from governance.imports.columns import Column, Record, plain_heading
from governance.imports.importers import Context
from governance.imports.ledger import RowSkipped
from governance.models import BusinessProcess
from uat.choices import ExecutionResult
from uat.imports.dialects import CLASSES
from uat.imports.people import Roster, Tester
from uat.models import Execution, Scenario

SOURCE = "uat-file"
LONGEST_ID = 200
COLUMNS = (
    Column(
        "scenario",
        ("Test ID", "Test case ID", "Scenario ID", "Scenario code", "Scenario", "Test No"),
        required=True,
    ),
    Column("result", ("Status", "Result", "Outcome", "Test result"), required=True),
    Column("tester", ("Tester", "Tested by", "Executed by", "Tester name"), required=True),
    Column(
        "date",
        ("Test Date", "Executed at", "Execution date", "Executed on", "Date"),
        required=True,
    ),
    Column("run", ("Run ID", "Execution ID", "Run")),
    Column("title", ("Test Scenario", "Title", "Test case", "Test name", "Description of tasks")),
    Column("category", ("Category", "Process", "Process code", "Area")),
    Column("priority", ("Priority", "Criticality")),
    Column("class", ("Scenario class", "Class")),
    Column("steps", ("Test Steps", "Steps")),
    Column("expected", ("Expected Result", "Expected")),
    Column("actual", ("Actual Result", "Actual")),
    Column("defect", ("Defect ID", "Defect", "Defect code")),
    Column("notes", ("Notes", "Comment", "Comments", "Remarks")),
    Column("build", ("Build", "Release", "Version", "Release version")),
    Column("evidence", ("Evidence", "Link", "Attachment")),
)
NOT_RUN = ""
RESULTS = {
    **dict.fromkeys(("pass", "passed", "ok", "success"), ExecutionResult.PASSED),
    **dict.fromkeys(
        ("pass with comments", "passed with comments", "pass with comment", "conditional pass"),
        ExecutionResult.PASSED_WITH_COMMENTS,
    ),
    **dict.fromkeys(("fail", "failed", "nok", "error"), ExecutionResult.FAILED),
    **dict.fromkeys(("blocked", "block"), ExecutionResult.BLOCKED),
    **dict.fromkeys(
        ("not executed", "not run", "untested", "pending", "open", "to do", "todo", "not started"),
        NOT_RUN,
    ),
}
PRIORITIES = {
    **dict.fromkeys(("p0", "critical", "0"), Criticality.CRITICAL),
    **dict.fromkeys(("p1", "high", "1"), Criticality.HIGH),
    **dict.fromkeys(("p2", "medium", "2", "normal"), Criticality.MEDIUM),
    **dict.fromkeys(("p3", "p4", "low", "3", "4"), Criticality.LOW),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run as the file tells it."""

    tester: Tester
    tester_name: str
    result: str
    executed_at: datetime
    comment: str
    build: str
    evidence: str
    defect_code: str
    external_id: str

    @property
    def content(self) -> tuple[object, ...]:
        """Return what may never change under one external id."""
        return (self.result, self.executed_at, self.comment, self.build, self.defect_code)


@dataclass(frozen=True, slots=True)
class Line:
    """A row: the scenario it states, and its run unless nobody has run it yet."""

    code: str
    fields: dict[str, object]
    run: Run | None


class RunReader:
    """Read one sheet with what is known about the project."""

    def __init__(self, *, roster: Roster, context: Context) -> None:
        """Ask once for what every row needs."""
        self.roster, self.context = roster, context
        project = context.project
        self.processes = _processes_by_word(context)
        self.sources = dict(Scenario.objects.filter(project=project).values_list("code", "source"))
        self.told = {
            row[0]: tuple(row[1:])
            for row in Execution.objects.filter(project=project, source=SOURCE).values_list(
                "external_id", "result", "executed_at", "comment", "build", "defect_code"
            )
        }
        self.seen: Counter[str] = Counter()
        self.rows: dict[tuple[object, ...], int] = {}

    def read(self, record: Record) -> Line:
        """Return what a row says.

        :raises CellRefused: something in it cannot be.
        :raises RowSkipped: it repeats an earlier row, word for word.
        """
        first = self.rows.setdefault(tuple(record.row.cells), record.row.number)
        if first != record.row.number:
            raise RowSkipped("the same as an earlier row")
        code = short_of(record, "scenario", most=100, needed=True)
        result = _result_of(record)
        run = self._run(record, code=code, result=result) if result else None
        return Line(code, self._scenario(record, code=code), run)

    def _scenario(self, record: Record, *, code: str) -> dict[str, object]:
        """Return the fields of a scenario that the file itself brings; nothing for others'."""
        source = self.sources.get(code)
        title = short_of(record, "title", most=500)
        if source is None and not title:
            raise record.refuse(
                "scenario",
                reason="is no scenario of this project",
                remedy="Import the catalogue first, or add a column Test Scenario with titles.",
            )
        if source not in (None, SOURCE):
            return {}
        return {
            "title": title,
            "process_id": self.processes.get(plain_heading(record.text("category"))),
            "criticality": choice_of(record, "priority", PRIORITIES, empty=Criticality.MEDIUM)
            if record.text("priority")
            else "",
            "scenario_class": choice_of(record, "class", CLASSES) if record.text("class") else "",
            "steps": record.text("steps"),
            "expected_result": record.text("expected"),
            "origin": f"{record.sheet.table.name}, {record.text('category') or code}"[:200],
            "source": SOURCE,
        }

    def _run(self, record: Record, *, code: str, result: str) -> Run:
        context = self.context
        executed_at = moment_of(record, "date", zone=context.zone, order=context.dates)
        if executed_at is None:
            raise record.refuse("date", reason="is empty", remedy="Say when it was run.")
        if executed_at > context.moment:
            raise record.refuse("date", reason="lies in the future", remedy="Correct the date.")
        tester_name = short_of(record, "tester", most=200, needed=True)
        day = executed_at.astimezone(context.zone).date()
        return Run(
            tester=self.roster.identify(tester_name, on=day),
            tester_name=tester_name,
            result=result,
            executed_at=executed_at,
            comment="\n".join(filter(None, (record.text("actual"), record.text("notes")))),
            build=short_of(record, "build", most=60),
            evidence=short_of(record, "evidence", most=500),
            defect_code=short_of(record, "defect", most=100),
            external_id=self._external_id(record, code=code, at=executed_at, name=tester_name),
        )

    def _external_id(self, record: Record, *, code: str, at: datetime, name: str) -> str:
        """Return the run's own id, or one made of scenario, moment and tester, counted."""
        own = record.text("run")
        base = own or f"{code}|{at.isoformat()}|{name.casefold()}"
        if len(base) > LONGEST_ID - 10:
            base = hashlib.sha256(base.encode()).hexdigest()
        self.seen[base] += 1
        if own and self.seen[base] > 1:
            raise record.refuse(
                "run", reason="is in the file twice", remedy="Give each run an ID of its own."
            )
        return base if self.seen[base] == 1 else f"{base}#{self.seen[base]}"


def _result_of(record: Record) -> str:
    if not record.text("result"):
        return NOT_RUN
    return choice_of(record, "result", RESULTS)


def _processes_by_word(context: Context) -> dict[str, int]:
    """Return process ids by code and by name, names that are there twice left out."""
    by_word: dict[str, int] = {}
    rows = BusinessProcess.objects.filter(project=context.project).values_list("pk", "code", "name")
    names = Counter(plain_heading(name) for _, _, name in rows)
    for pk, code, name in rows:
        by_word[plain_heading(code)] = pk
        if names[plain_heading(name)] == 1:
            by_word.setdefault(plain_heading(name), pk)
    by_word.pop("", None)
    return by_word
