"""Go-live checklists: each task that somebody answered is a reported yes or no."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, ClassVar

from governance.imports.columns import Column, Record, gather_all, lay_over, plain_heading
from governance.imports.importers import Context, Importer, Tally
from governance.imports.ledger import Ledger, RowSkipped
from governance.imports.limits import Unreadable
from governance.imports.naming import account_told, day_told
from governance.imports.tables import Table
from governance.models import User
from governance.record.witnessing import witness_all
from readiness.models import ReportedReading
from readiness.services.reporting import DEFAULT_TTL_DAYS

COLUMNS = (
    Column("area", ("Section", "Area")),
    Column("done", ("Done?", "Done"), required=True),
    Column("task", ("Task", "Check", "Item"), required=True),
)
YES = {"yes", "y", "done", "true", "x", "1"}
NO = {"no", "n", "not done", "open", "false", "0"}
TICKS = {"✓", "✔", "☑", "&check;"}
UNTICKED = {"", "☐", "[ ]"}
LONGEST_DOCUMENT, LONGEST_AREA = 20, 28


@dataclass(frozen=True, slots=True)
class Answer:
    """One task that somebody answered."""

    metric: str
    yes: bool
    task: str
    source: str


class ChecklistImport(Importer):
    """Report the answers of a checklist; a row without one stays unreported."""

    kind: ClassVar[str] = "checklist"
    wants: ClassVar[str] = "Done?, Task"
    layouts: ClassVar[Mapping[str, tuple[Column, ...]]] = {"Our own columns": COLUMNS}

    def check(self, tables: Sequence[Table], context: Context, ledger: Ledger) -> list[Answer]:
        """Read the rows; where every row of a table is ticked alike, that is the template."""
        answers: list[Answer] = []
        for table in tables:
            answers += gather_all([table], (COLUMNS, _Reader(table).read), ledger=ledger)
        if answers and _reporter(context) is None:
            raise Unreadable("Say who answered the checklist: the option by names an e-mail.")
        return answers

    def write(self, plan: Sequence[Answer], context: Context) -> Tally:
        """Write the answers that say something new; the same again changes nothing."""
        reporter = _reporter(context)
        at = day_told(context)
        rows = [
            _reading(each, context=context, reporter=reporter, at=at or context.moment)
            for each in _news(plan, context=context, at=at)
            if reporter is not None
        ]
        witness_all(rows, actor=context.run.actor if context.run else None)
        tally = Tally(taken=len(rows), unchanged=len(plan) - len(rows))
        tally.counts["answers"] = len(rows)
        return tally


def _reporter(context: Context) -> User | None:
    return account_told(context) or (context.run.actor if context.run else None)


def _news(plan: Sequence[Answer], *, context: Context, at: datetime | None) -> Sequence[Answer]:
    told = ReportedReading.objects.filter(
        project=context.project, metric__in=[each.metric for each in plan]
    ).order_by("reported_at", "pk")
    newest = {row.metric: row for row in told}

    def is_known(answer: Answer) -> bool:
        row = newest.get(answer.metric)
        same = row is not None and row.value == int(answer.yes)
        return same and (at is None or (row is not None and row.reported_at >= at))

    return [answer for answer in plan if not is_known(answer)]


def _reading(answer: Answer, *, context: Context, reporter: User, at: datetime) -> ReportedReading:
    row = ReportedReading.objects.create(
        organisation_id=context.project.organisation_id,
        project=context.project,
        import_run=context.run,
        metric=answer.metric,
        value=int(answer.yes),
        source_system=answer.source[:100],
        note=answer.task,
        reporter=reporter,
        reported_at=at,
        ttl_days=DEFAULT_TTL_DAYS,
    )
    row.refresh_from_db(fields=["value"])
    return row


class _Reader:
    """Read the rows of one checklist: each has its number within its area."""

    def __init__(self, table: Table) -> None:
        self.name = PurePosixPath(table.name.partition(" · ")[0]).stem
        self.rows: Counter[str] = Counter()
        sheet = lay_over(table, COLUMNS)
        said = [record.text("done") for record in sheet.records()] if sheet else []
        self.is_template = bool(said) and all(word in TICKS for word in said)

    def read(self, record: Record) -> Answer:
        """Return the answer to a task.

        :raises RowSkipped: nobody answered it.
        :raises CellRefused: the answer is neither yes nor no.
        """
        task = record.needed("task")
        area = f"{_slug(self.name, LONGEST_DOCUMENT)}__{_slug(record.text('area'), LONGEST_AREA)}"
        self.rows[area] += 1
        return Answer(
            metric=f"chk.{area}__{self.rows[area]:02d}",
            yes=self._yes(record),
            task=task,
            source=self.name,
        )

    def _yes(self, record: Record) -> bool:
        said: Any = record.text("done")
        if said in UNTICKED:
            raise RowSkipped("not answered, so not reported")
        if said in TICKS:
            if self.is_template:
                raise RowSkipped("the tick stands in every row of the template: no answer")
            return True
        if plain_heading(said) in YES | NO:
            return plain_heading(said) in YES
        raise record.refuse("done", reason="is neither yes nor no", remedy="Write yes or no.")


def _slug(words: str, most: int) -> str:
    return re.sub(r"[^a-z0-9]+", "_", words.casefold()).strip("_")[:most].strip("_")
