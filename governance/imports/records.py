"""Decision records in Markdown: what was decided, when, and what it took the place of."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from governance.choices import Affiliation
from governance.imports.cells import moment_of, short_of
from governance.imports.columns import Column, Record, gather_all, plain_heading
from governance.imports.importers import Context, Importer, Tally
from governance.imports.ledger import Ledger, RowSkipped
from governance.imports.naming import SAY_THE_DAY, account_told, day_told
from governance.imports.settling import editions
from governance.imports.tables import Table
from governance.models import Decision, DecisionOutcome
from governance.record.witnessing import witness_all

COLUMNS = (
    Column("number", ("Decision record",), required=True),
    Column("title", ("Title",), required=True),
    Column("day", ("Date",), required=True),
    Column("status", ("Status",), required=True),
    Column("context", ("Context",)),
    Column("decision", ("Decision",), required=True),
    Column("consequences", ("Consequences",)),
)
OPEN = {"draft", "proposed", "pending", "in review"}
SETTLED = {"accepted", "approved", "rejected", "deprecated", "superseded", "superceded"}
_TEMPLATE = re.compile(r"(?:^|[^a-z])template(?:[^a-z]|$)", re.IGNORECASE)
_SUPERSEDES = re.compile(r"super[sc]edes[^\d\n]*(\d+)", re.IGNORECASE)
_SUPERSEDED = re.compile(r"super[sc]eded by[^\d\n]*(\d+)", re.IGNORECASE)
LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A decision record: its number, its words, its state and what it replaces."""

    number: int
    title: str
    detail: str
    outcome: str
    reason: str
    at: datetime
    state: str
    replaces: int = 0
    replaced_by: int = 0

    @property
    def code(self) -> str:
        """Return the code of the decision."""
        return f"ADR-{self.number:04d}"


class DecisionRecordsImport(Importer):
    """Write decisions with the days and the states of their records; who decided is not guessed."""

    kind: ClassVar[str] = "adr"
    wants: ClassVar[str] = "a decision record in Markdown: number, Date, Status, Decision"
    layouts: ClassVar[Mapping[str, tuple[Column, ...]]] = {"Markdown": COLUMNS}

    def check(self, tables: Sequence[Table], context: Context, ledger: Ledger) -> list[RecordLine]:
        """Read the records; leave the template out."""
        account_told(context)
        lines = gather_all(tables, (COLUMNS, _Reader(context).read), ledger=ledger)
        if lines and not context.options.get("by"):
            ledger.notes.append(
                "The records do not say who decided, so their decisions settle nothing here;"
                " say it with the option by."
            )
        return lines

    def write(self, plan: Sequence[RecordLine], context: Context) -> Tally:
        """Write decisions in the order of what replaces what, then their outcomes."""
        rows = {row.code: row for row in Decision.objects.filter(project=context.project)}
        earlier = editions(Decision, context=context, key=("code",))
        replaced = {line.replaced_by: line.number for line in plan if line.replaced_by}
        new: list[Any] = []
        for line in sorted(plan, key=lambda each: each.number):
            if line.code not in rows:
                before = f"ADR-{line.replaces or replaced.get(line.number, 0):04d}"
                rows[line.code] = _decision(line, rows.get(before), context, earlier)
                new.append(rows[line.code])
        outcomes = _outcomes(plan, rows, context=context)
        witness_all([*new, *outcomes], actor=context.run.actor if context.run else None)
        touched = {row.code for row in new} | {row.decision.code for row in outcomes}
        tally = Tally(taken=len(touched), unchanged=len(plan) - len(touched))
        tally.counts.update(decisions=len(new), outcomes=len(outcomes))
        return tally


def _decision(
    line: RecordLine,
    replaced: Decision | None,
    context: Context,
    earlier: Mapping[tuple[Any, ...], int],
) -> Decision:
    return Decision.objects.create(
        organisation_id=context.project.organisation_id,
        project=context.project,
        import_run=context.run,
        edition=earlier.get((line.code,), 0),
        code=line.code,
        title=line.title,
        detail=line.detail,
        raised_affiliation=Affiliation.UNKNOWN,
        raised_at=line.at,
        supersedes=replaced,
    )


def _outcomes(
    plan: Sequence[RecordLine], rows: Mapping[str, Decision], *, context: Context
) -> list[DecisionOutcome]:
    """Write what was decided where nothing is on record yet; nobody is named unless told."""
    by = account_told(context)
    side = Affiliation.UNKNOWN
    if by is not None:
        side = Affiliation.PARTNER if by.is_partner else Affiliation.CLIENT
    told = DecisionOutcome.objects.filter(project=context.project)
    known = set(told.values_list("decision_id", flat=True))
    return [
        DecisionOutcome.objects.create(
            organisation_id=context.project.organisation_id,
            project=context.project,
            import_run=context.run,
            decision=rows[line.code],
            outcome=line.outcome,
            reason=line.reason,
            decided_by=by,
            decided_affiliation=side,
            decided_at=line.at,
        )
        for line in plan
        if line.state in SETTLED and rows[line.code].pk not in known
    ]


class _Reader:
    """Read records; a number is there once."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.numbers: dict[int, str] = {}

    def read(self, record: Record) -> RecordLine:
        """Return what a record says.

        :raises RowSkipped: it is the template.
        :raises CellRefused: its day or its state is missing or none we know.
        """
        if _TEMPLATE.search(record.sheet.table.name):
            raise RowSkipped("the template of decision records, not a decision")
        number = int(record.needed("number"))
        first = self.numbers.setdefault(number, record.sheet.table.name)
        if first != record.sheet.table.name:
            reason = f"is the number of {first} too"
            raise record.refuse("number", reason=reason, remedy="Give each record its own.")
        status = record.needed("status")
        state = plain_heading(status.splitlines()[0]).partition(" ")[0]
        if state not in SETTLED | OPEN and plain_heading(status.splitlines()[0]) not in OPEN:
            known = ", ".join(sorted(OPEN | SETTLED))
            reason = "is a state that we do not know"
            raise record.refuse("status", reason=reason, remedy=f"Write one of: {known}.")
        replaces, replaced = _SUPERSEDES.search(status), _SUPERSEDED.search(status)
        return RecordLine(
            number=number,
            title=short_of(record, "title", most=300, needed=True),
            detail=short_of(record, "context", most=100_000)[:LONGEST],
            outcome=short_of(record, "decision", most=100_000, needed=True)[:LONGEST],
            reason=self._reason(record, status),
            at=self._day(record),
            state=state,
            replaces=int(replaces[1]) if replaces else 0,
            replaced_by=int(replaced[1]) if replaced else 0,
        )

    def _reason(self, record: Record, status: str) -> str:
        words = short_of(record, "consequences", most=100_000)
        return f"{status}\n\n{words}".strip()[:LONGEST]

    def _day(self, record: Record) -> datetime:
        zone = self.context.zone
        found = moment_of(record, "day", zone=zone, order=self.context.dates)
        found = found or day_told(self.context)
        if found is None or found > self.context.moment:
            reason = "is missing" if found is None else "lies in the future"
            raise record.refuse("day", reason=reason, remedy=SAY_THE_DAY)
        return found
