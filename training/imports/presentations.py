"""Days counted from the start of a course's presentation become dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from governance.imports.cells import whole_of
from governance.imports.columns import Record, Sheet
from governance.imports.dates import DateRefused, read_day
from governance.imports.importers import Context
from governance.imports.limits import Unreadable

LONGEST = 3_650
EVERY = ""


def code_of_presentation(record: Record) -> str:
    """Return what we call a presentation of a module, as in `AAA 2013J`."""
    return f"{record.needed('module')} {record.needed('presentation')}"


@dataclass(frozen=True, slots=True)
class Starts:
    """The first day of each presentation, as the person asking for the import said.

    `by_word` is keyed by `AAA 2013J`, by `2013J`, or by nothing for all the others.
    """

    by_word: Mapping[str, date] = field(default_factory=dict)

    def first_day(self, code: str) -> date | None:
        """Return the day 0 of a presentation such as `AAA 2013J`, or None where nobody said."""
        words = (code, code.rpartition(" ")[2], EVERY)
        return next((self.by_word[word] for word in words if word in self.by_word), None)

    def day(self, record: Record, key: str) -> date | None:
        """Return the date of a day count, or None where the cell is empty."""
        days = whole_of(record, key, least=-LONGEST, most=LONGEST)
        first = self.first_day(code_of_presentation(record))
        return None if days is None or first is None else first + timedelta(days=days)


def starts_of(context: Context) -> Starts:
    """Return the starts among the options of an import.

    :raises Unreadable: one of them is no date.
    """
    told = context.options.get("starts") or {}
    by_word = {EVERY: told} if isinstance(told, str) else dict(told)
    try:
        return Starts({word: read_day(str(text)) for word, text in by_word.items()})
    except DateRefused as refusal:
        raise Unreadable(
            f"A start {refusal.reason}: write 2013J=2013-10-01, or a date for all."
        ) from refusal


def refuse_unknown_starts(sheets: Iterable[Sheet], starts: Starts) -> None:
    """Refuse the file at once, rather than each of its rows, when a start is missing.

    :raises Unreadable: nobody said when a presentation started.
    """
    missing = {
        record.text("presentation")
        for sheet in sheets
        for record in sheet.records()
        if starts.first_day(f"{record.text('module')} {record.text('presentation')}") is None
    }
    if missing - {""}:
        first = min(missing - {""})
        raise Unreadable(
            f"Days are counted from the start of {', '.join(sorted(missing))}, and nobody said"
            f" when that was. Give the option starts, as in {first}=2013-10-01."
        )
