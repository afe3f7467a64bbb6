"""Training records: who attended, completed, passed or failed what, and when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from governance.imports.columns import Column, Record, Sheet, gather, lay_over
from governance.imports.importers import Context, Importer, Tally
from governance.imports.ledger import CellRefused, Ledger
from governance.imports.settling import NAMED, told_again
from governance.imports.tables import Table
from governance.models import Project
from governance.querysets.bulk import insert_rows
from training.imports.headings import MARKS, RECORDS, STUDENTS, is_laid_out
from training.imports.marks import MarkReader
from training.imports.record_rows import SOURCE, Line, RecordReader
from training.models import TrainingRecord
from training.services.standings import end_standings, refresh_standings

FIELDS = (
    "organisation_id",
    "project_id",
    "source",
    "person_id",
    "course_id",
    "course_version",
    "result",
    "score",
    "score_max",
    "happened_at",
    "external_id",
)
Read = Callable[[Record], Line | None]


@dataclass(slots=True)
class Plan:
    """The records to write, and how many rows of the file they are or were already."""

    fresh: list[Line] = field(default_factory=list)
    taken: int = 0
    unchanged: int = 0


class RecordsImport(Importer):
    """Add training records, and bring standings up to date."""

    kind: ClassVar[str] = "training"
    wants: ClassVar[str] = "Person ID, Course code, Result, Date"
    companions: ClassVar[tuple[str, ...]] = ("courses", "roster")
    layouts: ClassVar[Mapping[str, tuple[Column, ...]]] = {
        "Our own columns": RECORDS,
        "A learning platform's marks": MARKS,
    }

    def recognises(self, table: Table) -> bool:
        """Say whether the table lists records or marks."""
        return is_laid_out(table, RECORDS, MARKS)

    def also_reads(self, table: Table) -> bool:
        """Read the final results from a list of participants, which is the roster's."""
        return is_laid_out(table, STUDENTS)

    def check(self, tables: Sequence[Table], context: Context, ledger: Ledger) -> Plan:
        """Read the rows; refuse unknown people and courses, impossible scores and dates."""
        reader = RecordReader(context)
        marks = MarkReader(reader, context=context)
        layouts: tuple[tuple[tuple[Column, ...], Read], ...] = (
            (RECORDS, reader.read_record),
            (MARKS, marks.read_mark),
            (STUDENTS, marks.read_final),
        )
        plan = Plan()
        for table in tables:
            for layout, read in layouts:
                sheet = lay_over(table, layout)
                if sheet is not None:
                    found = gather(sheet, ledger, read)
                    _sort(found, sheet=sheet, plan=plan, told=reader.told, ledger=ledger)
                    break
        return plan

    def write(self, plan: Plan, context: Context) -> Tally:
        """Write the records that are new."""
        project = context.project
        first = (project.organisation_id, project.pk, SOURCE)
        rows = ((*first, *line[:8]) for line in plan.fresh)
        named = told_again(TrainingRecord, rows, fields=FIELDS, context=context)
        written = insert_rows(TrainingRecord, fields=(*FIELDS, *NAMED), rows=named)
        if written:
            refresh_standings(project_id=project.pk)
        tally = Tally(taken=plan.taken, unchanged=plan.unchanged)
        tally.counts["training_records"] = written
        return tally

    def derive_anew(self, project: Project) -> None:
        """Bring standings up to date, and end those without a record."""
        refresh_standings(project_id=project.pk)
        end_standings(project_id=project.pk)


def _sort(
    found: Sequence[tuple[int, Line]],
    *,
    sheet: Sheet,
    plan: Plan,
    told: Mapping[str, tuple[object, ...]],
    ledger: Ledger,
) -> None:
    """Tell new records from those that are there, and refuse those that are told differently."""
    for number, line in found:
        before = told.get(line.external_id)
        if before is None:
            plan.fresh.append(line)
            plan.taken += line.counts
        elif before == line.content:
            plan.unchanged += line.counts
        else:
            ledger.refuse(sheet.table.name, number, _told_differently(line, sheet=sheet))


def _told_differently(line: Line, *, sheet: Sheet) -> CellRefused:
    key = "result" if sheet.has("result") else "score"
    return CellRefused(
        column=sheet.title(key),
        value=line.result,
        reason="differs from what an earlier import said about the same record",
        remedy="Records are never changed. Give the new one its own date or record ID.",
    )
