"""Risks, issues, dependencies, assumptions and decisions, from the sheet that a PMO keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from governance.choices import Affiliation, Level, RaidKind, RaidState
from governance.imports.cells import choice_of, code_of, date_of, moment_of, short_of
from governance.imports.columns import Column, Record, gather_all
from governance.imports.importers import Context, Importer, Tally
from governance.imports.ledger import Ledger
from governance.imports.naming import SAY_SINCE_WHEN, Names, day_told
from governance.imports.questions import Question, write_questions
from governance.imports.settling import settle
from governance.imports.tables import Table
from governance.models import RaidChange, RaidItem
from governance.record.witnessing import witness_all

SOURCE = "raid-file"
ASSUMPTION, DECISION = "ASSUMPTION", "DECISION"
COLUMNS = (
    Column("code", ("ID", "RAID ID", "Ref", "Reference", "No", "Number"), required=True),
    Column("kind", ("Type", "RAID type", "Category"), required=True),
    Column("title", ("Description", "Title", "Summary"), required=True),
    Column("impact", ("Impact", "Severity")),
    Column("probability", ("Probability", "Likelihood")),
    Column("owner", ("Owner", "Responsible", "Assigned to")),
    Column("status", ("Status", "State"), required=True),
    Column("mitigation", ("Mitigation", "Response", "Mitigation plan", "Action")),
    Column("provider", ("Provider", "Supplier", "Depends on")),
    Column("raised", ("Raised", "Date raised", "Raised on", "Raised at", "Opened", "Logged")),
    Column("due", ("Due", "Due date", "Needed by", "Target date")),
)
KINDS = {
    **{str(word).lower(): word for word in RaidKind.values},
    **{f"{str(word).lower()}s": word for word in (RaidKind.RISK, RaidKind.ISSUE)},
    "dependencies": RaidKind.DEPENDENCY,
    "assumption": ASSUMPTION,
    "assumptions": ASSUMPTION,
    "decision": DECISION,
    "decisions": DECISION,
}
LEVELS = {
    **dict.fromkeys(("high", "h", "very high", "critical", "severe"), Level.HIGH),
    **dict.fromkeys(("medium", "m", "med", "moderate"), Level.MEDIUM),
    **dict.fromkeys(("low", "l", "very low", "minor"), Level.LOW),
}
STATES = {
    **dict.fromkeys(
        ("open", "new", "active", "in progress", "ongoing", "monitoring", "on hold", "pending"),
        RaidState.OPEN,
    ),
    **dict.fromkeys(
        ("closed", "resolved", "done", "mitigated", "complete", "completed", "cancelled"),
        RaidState.CLOSED,
    ),
}
LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet; `fields` are those of an item."""

    code: str
    kind: str
    fields: dict[str, Any]
    question: Question


class RaidImport(Importer):
    """Add what is new, and change what an earlier file brought; never what was written here."""

    kind: ClassVar[str] = "raid"
    wants: ClassVar[str] = "ID, Type, Description, Status"
    layouts: ClassVar[Mapping[str, tuple[Column, ...]]] = {"Our own columns": COLUMNS}

    def check(self, tables: Sequence[Table], context: Context, ledger: Ledger) -> list[Line]:
        """Read the rows; one without a day or with an owner nobody knows waits for an answer."""
        return gather_all(tables, (COLUMNS, _Reader(context).read), ledger=ledger)

    def write(self, plan: Sequence[Line], context: Context) -> Tally:
        """Write risks, issues and dependencies, then assumptions and decisions."""
        items = [line for line in plan if line.kind in RaidKind.values]
        tally = _write_items(items, context=context)
        for kind in (ASSUMPTION, DECISION):
            asked = [line.question for line in plan if line.kind == kind]
            tally.add(write_questions(asked, context=context, as_decisions=kind == DECISION))
        return tally


def _write_items(lines: Sequence[Line], *, context: Context) -> Tally:
    known = {row.code: row for row in RaidItem.objects.filter(project=context.project)}
    told = RaidChange.objects.filter(project=context.project).values_list("item_id", flat=True)
    changed = set(told)
    wanted = {(line.code,): _wanted(line, known.get(line.code), changed) for line in lines}
    settled = settle(RaidItem, context=context, key=("code",), wanted=wanted)
    added = [settled.rows[key] for key in wanted if key in settled.added]
    witness_all(added, actor=context.run.actor if context.run else None)
    return settled.tally("raid", of=wanted)


def _wanted(line: Line, row: RaidItem | None, changed: set[int]) -> dict[str, Any]:
    """Return what is written: of an item that is there, only what may still change."""
    if row is None:
        return line.fields
    fixed = {"kind", "title", "provider", "raised_at", "source"}
    if row.pk in changed:
        fixed |= {"state", "owner_id"}  # somebody said so here, after the file did
    kept = {name: value for name, value in line.fields.items() if name not in fixed}
    if line.fields["title"] != row.title and not kept["detail"]:
        kept["detail"] = line.fields["title"]
    return kept


class _Reader:
    """Read rows with what is known about the project."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.names = Names.of(context)
        rows = RaidItem.objects.filter(project=context.project)
        self.known = {row.code: row for row in rows}
        self.codes: dict[str, int] = {}

    def read(self, record: Record) -> Line:
        """Return what a row says.

        :raises CellRefused: something in it cannot be, or has to be answered first.
        """
        code = code_of(record, "code")
        if self.codes.setdefault(code, record.row.number) != record.row.number:
            reason = f"is that of row {self.codes[code]} too"
            raise record.refuse("code", reason=reason, remedy="Give each row its own.")
        kind = choice_of(record, "kind", KINDS)
        self._refuse_other(record, code, kind)
        raised_at = self._raised(record)
        due = date_of(record, "due", order=self.context.dates)
        state = choice_of(record, "status", STATES)
        words = short_of(record, "title", most=10_000, needed=True)
        question = self._question(record, code, words, raised_at=raised_at, due=due)
        if kind not in RaidKind.values:
            return Line(code, kind, {}, question)
        fields = {
            "kind": kind,
            "title": words[:LONGEST_TITLE],
            "detail": words if len(words) > LONGEST_TITLE else "",
            "impact": self._level(record, "impact"),
            "probability": self._level(record, "probability"),
            "mitigation": short_of(record, "mitigation", most=10_000),
            "provider": self._provider(record, kind),
            "owner_id": self.names.owner(record, "owner"),
            "owner_text": short_of(record, "owner", most=200),
            "state": state,
            "raised_at": raised_at,
            "due_date": due,
            "source": SOURCE,
        }
        return Line(code, kind, fields, question)

    def _raised(self, record: Record) -> datetime:
        """Return since when it is known.

        :raises CellRefused: neither the row nor the option `on` says.
        """
        zone = self.context.zone
        found = moment_of(record, "raised", zone=zone, order=self.context.dates)
        found = found or day_told(self.context)
        if found is not None and found <= self.context.moment:
            return found
        if found is not None:
            raise record.refuse("raised", reason="lies in the future", remedy="Correct it.")
        raise record.refuse(
            "raised",
            reason="does not say since when it is known",
            remedy=SAY_SINCE_WHEN,
            value=record.text("code"),
        )

    def _question(
        self, record: Record, code: str, words: str, *, raised_at: datetime, due: date | None
    ) -> Question:
        return Question(
            code=code,
            words=words,
            asked_by=short_of(record, "owner", most=200),
            affiliation=str(self.context.options.get("affiliation") or Affiliation.UNKNOWN),
            raised_at=raised_at,
            due_date=due,
            detail=short_of(record, "mitigation", most=10_000),
        )

    def _level(self, record: Record, key: str) -> str:
        return choice_of(record, key, LEVELS) if record.text(key) else ""

    def _provider(self, record: Record, kind: str) -> str:
        return short_of(record, "provider", most=200) if kind == RaidKind.DEPENDENCY else ""

    def _refuse_other(self, record: Record, code: str, kind: str) -> None:
        """Let no file change what somebody wrote here, nor make a risk an issue."""
        row = self.known.get(code)
        if row is None:
            return
        if row.import_run_id is None:
            reason = "is the code of something that was written here"
            raise record.refuse("code", reason=reason, remedy="Give the row another one.")
        if row.kind != kind:
            reason = f"is a {RaidKind(row.kind).label.lower()} already"
            raise record.refuse("code", reason=reason, remedy="Give the row another one.")
