"""Days of the business calendar, from a table."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from governance.choices import CalendarKind
from governance.imports.cells import choice_of, date_of, short_of
from governance.imports.columns import Column, Record, gather_all
from governance.imports.importers import Context, Importer, Tally
from governance.imports.ledger import Ledger
from governance.imports.settling import editions
from governance.imports.tables import Table
from governance.models import CalendarEntry
from governance.record.witnessing import witness_all

SOURCE = "calendar-file"
KEY = ("kind", "title", "from_date")
COLUMNS = (
    Column("kind", ("Kind", "Type", "Calendar"), required=True),
    Column("title", ("Name", "Title", "Event", "Holiday"), required=True),
    Column("first", ("From", "Start", "Start date", "First day"), required=True),
    Column("last", ("To", "Until", "End", "End date", "Last day")),
)
KINDS = {
    **dict.fromkeys(("holiday", "public holiday", "bank holiday"), CalendarKind.HOLIDAY),
    **dict.fromkeys(("close", "period close", "month end", "year end"), CalendarKind.CLOSE),
    **dict.fromkeys(("peak", "peak of business", "season"), CalendarKind.PEAK),
    **dict.fromkeys(("freeze", "change freeze"), CalendarKind.FREEZE),
}
Key = tuple[Any, ...]


class CalendarImport(Importer):
    """Add days that are not in the calendar yet; what is there stays."""

    kind: ClassVar[str] = "calendar"
    wants: ClassVar[str] = "Kind, Name, From"
    layouts: ClassVar[Mapping[str, tuple[Column, ...]]] = {"Our own columns": COLUMNS}

    def check(
        self, tables: Sequence[Table], context: Context, ledger: Ledger
    ) -> list[dict[str, Any]]:
        """Read the rows; refuse days that end before they start."""

        def read(record: Record) -> dict[str, Any]:
            return _read(record, order=context.dates)

        return gather_all(tables, (COLUMNS, read), ledger=ledger)

    def write(self, plan: Sequence[dict[str, Any]], context: Context) -> Tally:
        """Write the days that are new."""
        present = CalendarEntry.objects.filter(project=context.project).values_list(*KEY)
        known: set[Key] = set(present)
        earlier = editions(CalendarEntry, context=context, key=KEY)
        wanted = {tuple(line[name] for name in KEY): line for line in plan}
        rows = [
            CalendarEntry.objects.create(
                organisation_id=context.project.organisation_id,
                project=context.project,
                import_run=context.run,
                edition=earlier.get(key, 0),
                written_by=context.run.actor if context.run else None,
                written_at=context.moment,
                source=SOURCE,
                **line,
            )
            for key, line in wanted.items()
            if key not in known
        ]
        witness_all(rows, actor=context.run.actor if context.run else None)
        tally = Tally(taken=len(rows), unchanged=len(plan) - len(rows))
        tally.counts["calendar"] = len(rows)
        return tally


def _read(record: Record, *, order: str) -> dict[str, Any]:
    record.needed("first")
    first = date_of(record, "first", order=order)
    last = date_of(record, "last", order=order) or first
    if first is None or last is None or last < first:
        raise record.refuse("last", reason="lies before the start", remedy="Correct it.")
    return {
        "kind": choice_of(record, "kind", KINDS),
        "title": short_of(record, "title", most=200, needed=True),
        "from_date": first,
        "to_date": last,
    }
