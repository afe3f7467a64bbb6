"""What reading a file leaves: tables of rows of cells, still in foreign words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Cell = str | float | int


class Row(NamedTuple):
    """One row: its number as a spreadsheet shows it, and the line where it starts."""

    number: int
    line: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Mapped:
    """What somebody said about a table: our key -> the heading, in plain words.

    `layout` is the tuple of columns that the keys belong to; no other one fits the table.
    """

    kind: str
    layout: object
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet or a text file. `name` is what the sender calls it."""

    name: str
    rows: Sequence[Row]
    encoding: str = "utf-8"
    mapped: Mapped | None = None


@dataclass(slots=True)
class Reading:
    """Everything that one handed-in file held; `passed_over` is (name, reason)."""

    tables: list[Table] = field(default_factory=list)
    passed_over: list[tuple[str, str]] = field(default_factory=list)
