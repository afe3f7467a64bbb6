"""Courses, and the job roles that need them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from governance.imports.cells import code_of, date_of, decimal_of, short_of, yes_of
from governance.imports.columns import Column, Record, gather_all, lay_over
from governance.imports.importers import Context, Importer, Tally
from governance.imports.ledger import Ledger
from governance.imports.settling import Settled, settle
from governance.imports.tables import Table
from governance.models import BusinessProcess
from training.imports.headings import (
    ASSESSMENTS,
    COURSES,
    MODULES,
    RECORDS,
    is_laid_out,
    words_of,
)
from training.imports.presentations import (
    Starts,
    code_of_presentation,
    refuse_unknown_starts,
    starts_of,
)
from training.models import Course, JobRole, Requirement
from training.services.standings import refresh_standings

SOURCE = "training-file"


@dataclass(frozen=True, slots=True)
class Need:
    """A job role that needs a course, perhaps by a date."""

    role: str
    is_mandatory: bool = True
    due_date: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A course, and who needs it."""

    code: str
    fields: dict[str, object]
    needs: tuple[Need, ...] = ()


class CoursesImport(Importer):
    """Add courses, the job roles that need them, and these requirements."""

    kind: ClassVar[str] = "courses"
    wants: ClassVar[str] = "Course code, Course name"
    layouts: ClassVar[Mapping[str, tuple[Column, ...]]] = {
        "Our own columns": COURSES,
        "A learning platform's modules": MODULES,
        "A learning platform's assessments": ASSESSMENTS,
    }

    def recognises(self, table: Table) -> bool:
        """Say whether the table lists courses or the assessments of courses."""
        if is_laid_out(table, MODULES, ASSESSMENTS):
            return True
        return is_laid_out(table, COURSES) and not is_laid_out(table, RECORDS)

    def check(self, tables: Sequence[Table], context: Context, ledger: Ledger) -> list[Line]:
        """Read the rows; refuse unknown processes, courses that are twice, missing starts."""
        starts = starts_of(context)
        dated = (lay_over(table, ASSESSMENTS) or lay_over(table, MODULES) for table in tables)
        refuse_unknown_starts([sheet for sheet in dated if sheet], starts)
        reader = _Reader(context, starts=starts)
        return gather_all(
            tables,
            (ASSESSMENTS, reader.read_assessment),
            (MODULES, reader.read_module),
            (COURSES, reader.read_course),
            ledger=ledger,
        )

    def write(self, plan: Sequence[Line], context: Context) -> Tally:
        """Write courses and job roles, then what needs what."""
        project = context.project
        wanted = {(line.code,): line.fields for line in plan}
        _date_versions(wanted, context=context)
        courses = settle(Course, context=context, key=("code",), wanted=wanted)
        names = {need.role for line in plan for need in line.needs}
        roles = settle_roles(names, context=context)
        needs = _write_needs(plan, courses=courses, roles=roles, context=context)
        changed = {key[1] for key in needs.added | needs.changed}
        changed |= {courses.rows[key].pk for key in courses.added | courses.changed}
        taken = sum(courses.rows[line.code,].pk in changed for line in plan)
        tally = Tally(taken=taken, unchanged=len(plan) - taken)
        tally.counts.update(
            courses=len(courses.added | courses.changed),
            job_roles=len(roles.added),
            requirements=len(needs.added | needs.changed),
        )
        if taken:
            refresh_standings(project_id=project.pk)
        return tally


def _write_needs(
    lines: Sequence[Line],
    *,
    courses: Settled[Course],
    roles: Settled[JobRole],
    context: Context,
) -> Settled[Requirement]:
    wanted: dict[tuple[int, int], dict[str, object]] = {
        (roles.rows[need.role,].pk, courses.rows[line.code,].pk): {
            "is_mandatory": need.is_mandatory,
            "due_date": need.due_date,
        }
        for line in lines
        for need in line.needs
    }
    names = ("job_role_id", "course_id")
    return settle(Requirement, context=context, key=names, wanted=wanted)


def settle_roles(names: set[str], *, context: Context) -> Settled[JobRole]:
    """Add the job roles that nobody has named before; their code is their name."""
    present = set(JobRole.objects.filter(project=context.project).values_list("code", flat=True))
    wanted: dict[tuple[str], dict[str, object]] = {
        (name,): {} if name in present else {"name": name, "source": SOURCE}
        for name in sorted(names)
    }
    return settle(JobRole, context=context, key=("code",), wanted=wanted)


def _date_versions(wanted: dict[tuple[str], dict[str, object]], *, context: Context) -> None:
    """Say of a course whose version changes that the new one counts from now on."""
    present = Course.objects.filter(project=context.project).values_list("code", "version")
    for code, version in present:
        fields = wanted.get((code,), {})
        if fields.get("version") and fields["version"] != version:
            fields["version_at"] = context.moment


class _Reader:
    """Read rows with what is known about the project."""

    def __init__(self, context: Context, *, starts: Starts) -> None:
        self.context, self.starts = context, starts
        rows = BusinessProcess.objects.filter(project=context.project)
        self.processes = dict(rows.values_list("code", "pk"))
        self.seen: dict[str, int] = {}

    def read_course(self, record: Record) -> Line:
        """Return a course in our own columns."""
        code = code_of(record, "course", most=100)
        self._refuse_twin(record, code=code)
        process = record.text("process")
        if process and process not in self.processes:
            raise record.refuse(
                "process",
                reason="is no process of this project",
                remedy="Import the catalogue first, or leave the cell empty.",
            )
        fields: dict[str, object] = {
            "name": short_of(record, "name", most=300, needed=True),
            "process_id": self.processes.get(process),
            "version": short_of(record, "version", most=20),
            "source": SOURCE,
        }
        if record.text("check"):
            fields["has_check"] = yes_of(record, "check", empty=True)
        return Line(code, fields, self._needs(record))

    def _needs(self, record: Record) -> tuple[Need, ...]:
        due = date_of(record, "due", order=self.context.dates)
        mandatory = yes_of(record, "mandatory", empty=True)
        return tuple(Need(role, mandatory, due) for role in words_of(record, "roles"))

    def read_module(self, record: Record) -> Line:
        """Return a presentation of a module: a course that its own participants need."""
        code = code_of_presentation(record)
        self._refuse_twin(record, code=code)
        fields: dict[str, object] = {"name": f"Module {code}", "source": SOURCE}
        return Line(code, fields, (Need(code, True, self.starts.day(record, "length")),))

    def read_assessment(self, record: Record) -> Line:
        """Return an assessment: a check of its own, mandatory where it weighs anything."""
        presentation = code_of_presentation(record)
        number = record.needed("assessment")
        code = assessment_code(number)
        self._refuse_twin(record, code=code)
        name = f"{presentation} {record.needed('type')} {number}"
        weight = decimal_of(record, "weight")
        need = Need(presentation, bool(weight), self.starts.day(record, "date"))
        return Line(code, {"name": name, "source": SOURCE}, (need,))

    def _refuse_twin(self, record: Record, *, code: str) -> None:
        first = self.seen.setdefault(code, record.row.number)
        if first != record.row.number:
            raise record.refuse(
                "course", reason=f"is the course of row {first} too", remedy="Keep one row."
            )


def assessment_code(number: str) -> str:
    """Return the course code of an assessment."""
    return f"assessment {number}"
