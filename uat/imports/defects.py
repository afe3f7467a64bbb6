"""Defects and what happened to them, from a tracking sheet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from governance.choices import Affiliation
from governance.imports.cells import choice_of, date_of, moment_of, short_of
from governance.imports.columns import Column, Record, gather_all, plain_heading
from governance.imports.importers import Context, Importer, Tally
from governance.imports.ledger import Ledger, RowSkipped
from governance.imports.settling import NAMED, Settled, settle, told_again
from governance.imports.tables import Table
from governance.models import Project
from governance.querysets.bulk import insert_rows
from uat.choices import DefectState, Severity, Triage
from uat.imports.people import Roster, roster_of
from uat.models import Defect, DefectEvent, Scenario
from uat.querysets.defects import reopen_untold
from uat.services.defects import refresh_defects

SOURCE = "uat-file"
COLUMNS = (
    Column("code", ("Defect ID", "Defect", "Bug ID", "Issue ID", "Defect code"), required=True),
    Column("title", ("Title", "Summary", "Defect title"), required=True),
    Column("severity", ("Severity",), required=True),
    Column("status", ("Status", "State"), required=True),
    Column(
        "raised",
        ("Reported Date", "Raised", "Raised at", "Date", "Created", "Opened"),
        required=True,
    ),
    Column("reporter", ("Reported By", "Raised by", "Reporter")),
    Column("owner", ("Assigned To", "Owner", "Assignee")),
    Column("scenario", ("Test Scenario ID", "Test ID", "Scenario", "Scenario ID")),
    Column("triage", ("Triage", "Turned out to be")),
    Column("due", ("Fix due", "Due", "Due date")),
    Column("fixed", ("Fix Date", "Fixed at", "Resolved")),
    Column("fixer", ("Fixed By",)),
    Column("closed", ("Verification Date", "Closed at", "Verified at", "Closed")),
    Column("closer", ("Verified By", "Closed by")),
    Column("note", ("Notes", "Comment", "Comments")),
)
SEVERITIES = {
    **dict.fromkeys(("p0", "critical", "showstopper", "blocker", "0"), Severity.SHOWSTOPPER),
    **dict.fromkeys(("p1", "high", "major", "1"), Severity.HIGH),
    **dict.fromkeys(("p2", "medium", "moderate", "normal", "2"), Severity.MEDIUM),
    **dict.fromkeys(("p3", "p4", "low", "minor", "trivial", "3", "4"), Severity.LOW),
}
STATES = {
    **dict.fromkeys(("open", "new", "assigned", "triaged"), DefectState.OPEN),
    **dict.fromkeys(("in progress", "active", "in work"), DefectState.IN_PROGRESS),
    **dict.fromkeys(
        ("fixed", "resolved", "ready for retest", "retest", "fixed to be tested again"),
        DefectState.FIXED,
    ),
    **dict.fromkeys(("closed", "done", "verified", "closed fixed"), DefectState.CLOSED),
    **dict.fromkeys(("reopened", "re opened", "opened again"), DefectState.REOPENED),
    **dict.fromkeys(
        ("closed false positive", "false positive", "rejected", "duplicate", "not a defect"),
        DefectState.REJECTED,
    ),
    **dict.fromkeys(
        ("deferred", "postponed", "closed won t fix", "won t fix", "wont fix"),
        DefectState.DEFERRED,
    ),
}
TRIAGES = {word.lower(): word for word in Triage.values}
_ABSENT = {"", "tbd", "n a", "na", "none"}
_FIXED_FIRST = (DefectState.FIXED, DefectState.CLOSED, DefectState.REOPENED)
_SETTLED = (DefectState.CLOSED, DefectState.REJECTED, DefectState.DEFERRED)


@dataclass(frozen=True, slots=True)
class Event:
    """A change of state as the file tells it; without a moment, it is seen at the import."""

    state: str
    actor: str
    at: datetime | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A defect and its events, the oldest first."""

    code: str
    fields: dict[str, object]
    events: tuple[Event, ...]


class DefectsImport(Importer):
    """Add defects, and an event for each change of state that the file tells."""

    kind: ClassVar[str] = "defects"
    wants: ClassVar[str] = "Defect ID, Title, Severity, Status, Reported Date"
    layouts: ClassVar[Mapping[str, tuple[Column, ...]]] = {"Our own columns": COLUMNS}

    def check(self, tables: Sequence[Table], context: Context, ledger: Ledger) -> list[Line]:
        """Read the rows; refuse unknown scenarios, impossible dates and codes that are twice."""
        return gather_all(tables, (COLUMNS, _Reader(context).read), ledger=ledger)

    def write(self, plan: Sequence[Line], context: Context) -> Tally:
        """Write defects, then the events that are new."""
        wanted = {(line.code,): line.fields for line in plan}
        defects = settle(Defect, context=context, key=("code",), wanted=wanted)
        rows, told = _fresh_events(plan, defects=defects, context=context)
        named = told_again(DefectEvent, rows, fields=_EVENT_FIELDS, context=context)
        insert_rows(DefectEvent, fields=(*_EVENT_FIELDS, *NAMED), rows=named)
        touched = {key[0] for key in defects.added | defects.changed} | told
        tally = Tally(taken=len(touched), unchanged=len(wanted) - len(touched))
        tally.counts.update(defects=len(defects.added | defects.changed), events=len(rows))
        if touched:
            refresh_defects(project_id=context.project.pk)
        return tally

    def derive_anew(self, project: Project) -> None:
        """Open again what has no event left, and bring the other kept states up to date."""
        reopen_untold(project_id=project.pk)
        refresh_defects(project_id=project.pk)


_EVENT_FIELDS = (
    "organisation_id",
    "project_id",
    "defect_id",
    "state",
    "actor_name",
    "note",
    "happened_at",
)


class _Reader:
    """Read rows with what is known about the project."""

    def __init__(self, context: Context) -> None:
        self.context = context
        otherwise = str(context.options.get("affiliation") or Affiliation.UNKNOWN)
        self.roster: Roster = roster_of(context.project, otherwise=otherwise)
        scenarios = Scenario.objects.filter(project=context.project)
        self.scenarios = {
            code: (pk, place)
            for pk, code, place in scenarios.values_list("pk", "code", "process_id")
        }
        self.codes: dict[str, int] = {}
        self.rows: dict[tuple[object, ...], int] = {}

    def read(self, record: Record) -> Line:
        """Return what a row says.

        :raises CellRefused: something in it cannot be.
        :raises RowSkipped: it repeats an earlier row, word for word.
        """
        first = self.rows.setdefault(tuple(record.row.cells), record.row.number)
        if first != record.row.number:
            raise RowSkipped("the same as an earlier row")
        code = short_of(record, "code", most=100, needed=True)
        if self.codes.setdefault(code, record.row.number) != record.row.number:
            raise record.refuse(
                "code",
                reason=f"is the defect of row {self.codes[code]} too",
                remedy="Keep one row for each defect.",
            )
        events = _events(record, context=self.context)
        return Line(code, self._fields(record, raised_at=events[0].at), events)

    def _fields(self, record: Record, *, raised_at: datetime | None) -> dict[str, object]:
        reporter = short_of(record, "reporter", most=200)
        day = (raised_at or self.context.moment).astimezone(self.context.zone).date()
        said = record.text("triage")
        return {
            "title": short_of(record, "title", most=500, needed=True),
            "severity": choice_of(record, "severity", SEVERITIES),
            **self._place(record),
            "triage": choice_of(record, "triage", TRIAGES) if said else "",
            "raised_by": reporter,
            "raised_affiliation": self.roster.identify(reporter, on=day).affiliation,
            "raised_at": raised_at,
            "owner_name": short_of(record, "owner", most=200),
            "fix_due_date": date_of(record, "due", order=self.context.dates),
            "source": SOURCE,
        }

    def _place(self, record: Record) -> dict[str, object]:
        code = record.text("scenario")
        if plain_heading(code) in _ABSENT:
            return {}
        if code not in self.scenarios:
            raise record.refuse(
                "scenario",
                reason="is no scenario of this project",
                remedy="Import the runs or the catalogue first, or leave the cell empty.",
            )
        scenario, process = self.scenarios[code]
        return {"scenario_id": scenario, "process_id": process}


def _events(record: Record, *, context: Context) -> tuple[Event, ...]:
    """Return what the row's dates and its status tell, the oldest first.

    :raises CellRefused: a date is missing, in the future, or before the one it follows.
    """
    raised = _moment(record, "raised", context=context)
    if raised is None:
        raise record.refuse("raised", reason="is empty", remedy="Say when it was reported.")
    state = choice_of(record, "status", STATES)
    fixed = _moment(record, "fixed", context=context, after=raised)
    closed = _moment(record, "closed", context=context, after=fixed or raised)
    events = [Event(DefectState.OPEN, record.text("reporter"), raised)]
    if fixed is not None and state in _FIXED_FIRST:
        events.append(Event(DefectState.FIXED, record.text("fixer"), fixed))
    if state not in {event.state for event in events}:
        at = closed if state in _SETTLED else None
        actor = record.text("closer") if state in _SETTLED else record.text("owner")
        events.append(Event(state, actor, at, record.text("note")))
    return tuple(events)


def _moment(
    record: Record, key: str, *, context: Context, after: datetime | None = None
) -> datetime | None:
    if plain_heading(record.text(key)) in _ABSENT:
        return None
    at = moment_of(record, key, zone=context.zone, order=context.dates)
    if at is not None and at > context.moment:
        raise record.refuse(key, reason="lies in the future", remedy="Correct the date.")
    if at is not None and after is not None and at < after:
        raise record.refuse(
            key, reason="lies before what it follows", remedy="Correct one of the dates."
        )
    return at


def _fresh_events(
    lines: Sequence[Line], *, defects: Settled[Defect], context: Context
) -> tuple[list[tuple[object, ...]], set[str]]:
    """Return the rows of events that are new, and the codes of the defects they belong to."""
    present = DefectEvent.objects.filter(project=context.project)
    known = set(present.values_list("defect_id", "state", "happened_at"))
    rows: list[tuple[object, ...]] = []
    told: set[str] = set()
    for line in lines:
        defect = defects.rows[line.code,]
        is_new = (line.code,) in defects.added
        for event, at in _dated(line.events, defect=defect, seen_at=context.moment, is_new=is_new):
            if (defect.pk, event.state, at) not in known:
                rows.append(_event_row(defect, event=event, at=at))
                told.add(line.code)
    return rows, told


def _dated(
    events: Sequence[Event], *, defect: Defect, seen_at: datetime, is_new: bool
) -> Iterator[tuple[Event, datetime]]:
    """Yield each event with its moment.

    A state without a date: of a new defect it follows the event before it; of a known
    defect it is news only when it differs from the state we hold, and then from now on.
    """
    before = defect.raised_at
    for event in events:
        if event.at is None and not is_new and defect.state == event.state:
            continue
        at = event.at or (before if is_new else seen_at)
        before = max(before, at)
        yield event, at


def _event_row(defect: Defect, *, event: Event, at: datetime) -> tuple[object, ...]:
    return (
        defect.organisation_id,
        defect.project_id,
        defect.pk,
        str(event.state),
        event.actor[:200],
        event.note,
        at,
    )
