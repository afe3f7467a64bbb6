"""What happened to each row: refused with a remedy, skipped with a reason, or taken."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

LONGEST_VALUE = 120
PROGRESS_EVERY = 5_000


class CellRefused(Exception):
    """Refuse a row: its column, the value found, what is wrong and what to do."""

    def __init__(self, *, column: str, value: object, reason: str, remedy: str) -> None:
        """Keep the four parts."""
        super().__init__(reason)
        self.column, self.value, self.reason, self.remedy = column, str(value), reason, remedy


class RowSkipped(Exception):
    """Leave a row out on purpose: it is no data of ours."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that cannot be taken; `row` as a spreadsheet numbers it."""

    file: str
    row: int
    column: str
    value: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Skip:
    """A row that is left out on purpose."""

    file: str
    row: int
    reason: str


@dataclass(slots=True)
class Ledger:
    """Collect refusals and skips while rows are checked; `heard` is told how many were.

    `notes` are sentences about the file as a whole.
    """

    refusals: list[Refusal] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    heard: Callable[[int], None] = lambda rows: None
    checked: int = 0

    def refuse(self, file: str, row: int, why: CellRefused) -> None:
        """Write a refusal down."""
        value = why.value if len(why.value) <= LONGEST_VALUE else f"{why.value[:LONGEST_VALUE]}…"
        self.refusals.append(Refusal(file, row, why.column, value, why.reason, why.remedy))

    def skip(self, file: str, row: int, reason: str) -> None:
        """Write down that a row is left out."""
        self.skips.append(Skip(file, row, reason))

    def count_row(self) -> None:
        """Count a checked row, and tell now and then."""
        self.checked += 1
        if self.checked % PROGRESS_EVERY == 0:
            self.heard(self.checked)

    def skipped_because(self) -> dict[str, int]:
        """Return how many rows were left out for each reason."""
        return dict(Counter(skip.reason for skip in self.skips).most_common())

    def as_lists(self, *, most: int | None = None) -> tuple[list[Any], list[Any]]:
        """Return refusals and skips as plain dictionaries, `most` of each."""
        return _plain(self.refusals[:most]), _plain(self.skips[:most])


def _plain(rows: Iterable[Refusal | Skip]) -> list[dict[str, Any]]:
    return [asdict(row) for row in rows]
