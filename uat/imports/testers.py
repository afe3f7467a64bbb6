"""Who is to test: roster entries, their departments and what they were assigned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from governance.imports.cells import date_of, short_of, whole_of
from governance.imports.columns import Column, Record, gather_all
from governance.imports.importers import Context, Importer, Tally
from governance.imports.ledger import Ledger
from governance.imports.settling import Settled, settle
from governance.imports.tables import Table
from governance.models import BusinessProcess, Department, Person
from uat.models import TesterAssignment

SOURCE = "uat-file"
COLUMNS = (
    Column("name", ("Tester Name", "Tester", "Name"), required=True),
    Column(
        "due",
        ("Total Tests Assigned", "Tests assigned", "Scenarios due", "Assigned"),
        required=True,
    ),
    Column("email", ("Email", "E-mail", "Mail")),
    Column("role", ("Role", "Job title", "Function")),
    Column("department", ("Department", "Team")),
    Column("site", ("Site", "Plant", "Location")),
    Column("process", ("Process", "Process code")),
    Column("from", ("From", "Start date")),
    Column("to", ("To", "End date")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A tester, and what he or she was assigned."""

    key: str
    name: str
    email: str
    role: str
    department: str
    site: str
    process_id: int | None
    from_date: date | None
    to_date: date | None
    due: int | None


class TestersImport(Importer):
    """Add testers to the roster with their departments and assignments."""

    kind: ClassVar[str] = "testers"
    wants: ClassVar[str] = "Tester Name, Total Tests Assigned"
    layouts: ClassVar[Mapping[str, tuple[Column, ...]]] = {"Our own columns": COLUMNS}

    def check(self, tables: Sequence[Table], context: Context, ledger: Ledger) -> list[Line]:
        """Read the rows; refuse unknown processes and windows that end before they start."""
        return gather_all(tables, (COLUMNS, _Reader(context).read), ledger=ledger)

    def write(self, plan: Sequence[Line], context: Context) -> Tally:
        """Write departments, people, then assignments."""
        departments = settle(
            Department,
            context=context,
            key=("name",),
            wanted={(line.department,): {} for line in plan if line.department},
        )
        people = _write_people(plan, departments=departments, context=context)
        given = _write_assignments(plan, people=people, context=context)
        touched = people.added | people.changed
        moved = {key[0] for key in given.added | given.changed}
        taken = sum((line.key,) in touched or people.rows[line.key,].pk in moved for line in plan)
        tally = Tally(taken=taken, unchanged=len(plan) - taken)
        tally.counts.update(
            people=len(touched),
            departments=len(departments.added),
            assignments=len(given.added | given.changed),
        )
        return tally


def _write_people(
    lines: Sequence[Line], *, departments: Settled[Department], context: Context
) -> Settled[Person]:
    wanted: dict[tuple[str], dict[str, object]] = {
        (line.key,): {
            "name": line.name,
            "email": line.email,
            "job_title": line.role,
            "site": line.site,
            "department_id": departments.rows[line.department,].pk if line.department else None,
            "source": SOURCE,
        }
        for line in lines
    }
    return settle(Person, context=context, key=("external_id",), wanted=wanted)


def _write_assignments(
    lines: Sequence[Line], *, people: Settled[Person], context: Context
) -> Settled[TesterAssignment]:
    wanted: dict[tuple[int, int | None], dict[str, object]] = {
        (people.rows[line.key,].pk, line.process_id): {
            "scenarios_due": line.due,
            "from_date": line.from_date,
            "to_date": line.to_date,
            "source": SOURCE,
        }
        for line in lines
    }
    names = ("person_id", "process_id")
    return settle(TesterAssignment, context=context, key=names, wanted=wanted)


class _Reader:
    """Read rows with what is known about the project."""

    def __init__(self, context: Context) -> None:
        self.context = context
        rows = BusinessProcess.objects.filter(project=context.project)
        self.processes = dict(rows.values_list("code", "pk"))
        people = Person.objects.filter(project=context.project).exclude(email="")
        self.known = {
            email.lower(): key for email, key in people.values_list("email", "external_id")
        }
        self.seen: dict[tuple[str, int | None], int] = {}

    def read(self, record: Record) -> Line:
        """Return what a row says.

        :raises CellRefused: something in it cannot be.
        """
        name = short_of(record, "name", most=200, needed=True)
        email = short_of(record, "email", most=254).lower()
        if email and "@" not in email:
            raise record.refuse("email", reason="is no e-mail address", remedy="Correct it.")
        process = self._process(record)
        key = self.known.get(email) or (email or name)[:100]
        self._refuse_twin(record, key=key, process=process)
        start, end = self._window(record)
        return Line(
            key=key,
            name=name,
            email=email,
            role=short_of(record, "role", most=200),
            department=short_of(record, "department", most=200),
            site=short_of(record, "site", most=100),
            process_id=process,
            from_date=start,
            to_date=end,
            due=whole_of(record, "due", most=1_000_000),
        )

    def _refuse_twin(self, record: Record, *, key: str, process: int | None) -> None:
        first = self.seen.setdefault((key, process), record.row.number)
        if first != record.row.number:
            raise record.refuse(
                "name", reason=f"is assigned in row {first} already", remedy="Keep one row."
            )

    def _process(self, record: Record) -> int | None:
        code = record.text("process")
        if code and code not in self.processes:
            raise record.refuse(
                "process",
                reason="is no process of this project",
                remedy="Import the catalogue first, or leave the cell empty for everything.",
            )
        return self.processes[code] if code else None

    def _window(self, record: Record) -> tuple[date | None, date | None]:
        start = date_of(record, "from", order=self.context.dates)
        end = date_of(record, "to", order=self.context.dates)
        if start and end and end < start:
            raise record.refuse("to", reason="lies before the start", remedy="Correct it.")
        return start, end
