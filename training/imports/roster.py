"""The roster: people, their departments, sites and job roles, and when they were there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from governance.imports.cells import code_of, date_of, short_of
from governance.imports.columns import Column, Record, gather_all, lay_over
from governance.imports.importers import Context, Importer, Tally
from governance.imports.ledger import Ledger
from governance.imports.settling import Settled, settle
from governance.imports.tables import Table
from governance.models import Department, Person
from training.imports.courses import settle_roles
from training.imports.headings import (
    RECORDS,
    REGISTRATIONS,
    ROSTER,
    STUDENTS,
    is_laid_out,
    words_of,
)
from training.imports.presentations import (
    Starts,
    code_of_presentation,
    refuse_unknown_starts,
    starts_of,
)
from training.models import JobRole, JobRoleAssignment

SOURCE = "roster-file"
Window = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Line:
    """A person, and the job roles that a row gives, each with its dates."""

    person: str
    fields: dict[str, object]
    roles: dict[str, Window]
    department: str = ""


class RosterImport(Importer):
    """Add people, departments and job role assignments."""

    kind: ClassVar[str] = "roster"
    wants: ClassVar[str] = "Person ID, Name"
    layouts: ClassVar[Mapping[str, tuple[Column, ...]]] = {
        "Our own columns": ROSTER,
        "A learning platform's participants": STUDENTS,
        "A learning platform's registrations": REGISTRATIONS,
    }

    def recognises(self, table: Table) -> bool:
        """Say whether the table lists people or their registrations."""
        if is_laid_out(table, STUDENTS, REGISTRATIONS):
            return True
        return is_laid_out(table, ROSTER) and not is_laid_out(table, RECORDS)

    def check(self, tables: Sequence[Table], context: Context, ledger: Ledger) -> list[Line]:
        """Read the rows; refuse people who are twice or who left before they joined."""
        starts = starts_of(context)
        registrations = [sheet for table in tables if (sheet := lay_over(table, REGISTRATIONS))]
        refuse_unknown_starts(registrations, starts)
        reader = _Reader(context, starts=starts)
        return gather_all(
            tables,
            (STUDENTS, reader.read_student),
            (REGISTRATIONS, reader.read_registration),
            (ROSTER, reader.read_person),
            ledger=ledger,
        )

    def write(self, plan: Sequence[Line], context: Context) -> Tally:
        """Write departments, people, then their job roles."""
        people = _write_people(plan, context=context)
        roles = settle_roles({role for line in plan for role in line.roles}, context=context)
        held = _write_roles(plan, people=people, roles=roles, context=context)
        changed = {people.rows[key].pk for key in people.added | people.changed}
        changed |= {key[0] for key in held.added | held.changed}
        taken = sum(people.rows[line.person,].pk in changed for line in plan)
        tally = Tally(taken=taken, unchanged=len(plan) - taken)
        tally.counts.update(
            people=len(people.added | people.changed),
            job_roles=len(roles.added),
            assignments=len(held.added | held.changed),
        )
        return tally


def _write_people(lines: Sequence[Line], *, context: Context) -> Settled[Person]:
    """Write departments, then people; what several rows say about one person adds up."""
    names = {(line.department,): dict[str, object]() for line in lines if line.department}
    departments = settle(Department, context=context, key=("name",), wanted=names)
    wanted: dict[tuple[str], dict[str, object]] = {}
    for line in lines:
        fields = wanted.setdefault((line.person,), {})
        fields |= {name: value for name, value in line.fields.items() if value}
        if line.department:
            fields["department_id"] = departments.rows[line.department,].pk
    return settle(Person, context=context, key=("external_id",), wanted=wanted)


def _write_roles(
    lines: Sequence[Line],
    *,
    people: Settled[Person],
    roles: Settled[JobRole],
    context: Context,
) -> Settled[JobRoleAssignment]:
    """Write who holds which job role; two rows may each bring one of its dates."""
    wanted: dict[tuple[int, int], dict[str, object]] = {}
    for line in lines:
        for role, (start, end) in line.roles.items():
            key = (people.rows[line.person,].pk, roles.rows[role,].pk)
            held = wanted.setdefault(key, {})
            held["from_date"] = start or held.get("from_date")
            held["to_date"] = end or held.get("to_date")
    names = ("person_id", "job_role_id")
    return settle(JobRoleAssignment, context=context, key=names, wanted=wanted)


class _Reader:
    """Read rows of people."""

    def __init__(self, context: Context, *, starts: Starts) -> None:
        self.context, self.starts = context, starts
        people = Person.objects.filter(project=context.project)
        self.dates = {
            key: (joined, left)
            for key, joined, left in people.values_list("external_id", "joined_date", "left_date")
        }
        self.seen: dict[str, int] = {}
        self.students: dict[tuple[str, str, str], int] = {}

    def read_person(self, record: Record) -> Line:
        """Return a person in our own columns."""
        person = code_of(record, "person", most=100)
        first = self.seen.setdefault(person, record.row.number)
        if first != record.row.number:
            raise record.refuse(
                "person", reason=f"is the person of row {first} too", remedy="Keep one row."
            )
        joined, left = self._window(record, person=person)
        email = short_of(record, "email", most=254).lower()
        if email and "@" not in email:
            raise record.refuse("email", reason="is no e-mail address", remedy="Correct it.")
        fields: dict[str, object] = {
            "name": short_of(record, "name", most=200, needed=True),
            "email": email,
            "site": short_of(record, "site", most=100),
            "job_title": short_of(record, "title", most=200),
            "joined_date": joined,
            "left_date": left,
            "source": SOURCE,
        }
        roles: dict[str, Window] = dict.fromkeys(words_of(record, "roles"), (None, None))
        return Line(person, fields, roles, short_of(record, "department", most=200))

    def _window(self, record: Record, *, person: str) -> Window:
        """Return when a person joined and left.

        :raises CellRefused: left before joining, as far as file and roster know.
        """
        joined = date_of(record, "joined", order=self.context.dates)
        left = date_of(record, "left", order=self.context.dates)
        known_joined, known_left = self.dates.get(person, (None, None))
        first, last = joined or known_joined, left or known_left
        if first and last and last < first:
            raise record.refuse(
                "left" if left else "joined",
                reason=f"means leaving on {last} before joining on {first}",
                remedy="Correct one of the two dates.",
            )
        return joined, left

    def read_student(self, record: Record) -> Line:
        """Return a participant; nothing personal is taken but the region as a site."""
        student = self._student(record, table="info")
        fields: dict[str, object] = {
            "name": f"Student {student}",
            "site": short_of(record, "region", most=100),
            "source": SOURCE,
        }
        return Line(student, fields, {code_of_presentation(record): (None, None)})

    def read_registration(self, record: Record) -> Line:
        """Return from when until when a participant was registered."""
        student = self._student(record, table="registration")
        start, end = self.starts.day(record, "from"), self.starts.day(record, "to")
        if start and end and end < start:
            raise record.refuse(
                "to", reason="lies before the registration", remedy="Correct one of the two days."
            )
        fields: dict[str, object] = {"name": f"Student {student}", "source": SOURCE}
        return Line(student, fields, {code_of_presentation(record): (start, end)})

    def _student(self, record: Record, *, table: str) -> str:
        student = short_of(record, "student", most=100, needed=True)
        key = (table, student, code_of_presentation(record))
        if self.students.setdefault(key, record.row.number) != record.row.number:
            raise record.refuse(
                "student",
                reason=f"is in row {self.students[key]} for the same presentation",
                remedy="Keep one row.",
            )
        return student
