"""Find the heading of a table and read its rows by our own names of columns."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from governance.imports.ledger import CellRefused, Ledger, RowSkipped
from governance.imports.tables import Cell, Mapped, Row, Table

HEADING_WITHIN = 30
LONGEST_TOTAL = 14
_TOTALS = {"total", "totals", "grand total", "sum", "sums", "subtotal"}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column:
    """A column we want: our key, the headings it goes by, and whether we need it.

    `begins` are starts of headings that go on with remarks.
    """

    key: str
    names: tuple[str, ...]
    required: bool = False
    begins: tuple[str, ...] = ()


@lru_cache(maxsize=20_000)
def plain_heading(cell: Cell) -> str:
    """Return a heading in lower case with single spaces, signs left out."""
    kept = "".join(sign if sign.isalnum() else " " for sign in str(cell).casefold())
    return " ".join(kept.split())


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose heading was found: where each of our columns stands, and what is below."""

    table: Table
    heading: Row
    at: int
    places: Mapping[str, int]

    def has(self, key: str) -> bool:
        """Say whether the table has that column."""
        return key in self.places

    def title(self, key: str) -> str:
        """Return what the sender calls the column."""
        return str(self.heading.cells[self.places[key]]).strip() if key in self.places else key

    def records(self) -> Iterator["Record"]:
        """Yield what is below the heading."""
        for row in self.table.rows[self.at + 1 :]:
            yield Record(self, row)


class Record:
    """One row, read by our names."""

    __slots__ = ("_cells", "_places", "row", "sheet")

    def __init__(self, sheet: Sheet, row: Row) -> None:
        """Lay the heading's places over a row."""
        self.sheet, self.row = sheet, row
        self._cells, self._places = row.cells, sheet.places

    def raw(self, key: str) -> Cell:
        """Return the cell as it was read, empty where the column is missing."""
        place = self._places.get(key)
        if place is None or place >= len(self._cells):
            return ""
        return self._cells[place]

    def text(self, key: str) -> str:
        """Return the cell as text without blanks around it and without control signs."""
        place = self._places.get(key)
        if place is None or place >= len(self._cells):
            return ""
        cell = self._cells[place]
        if not isinstance(cell, str):
            return str(cell)
        cell = cell.strip()
        return cell if cell.isprintable() else _cleaned(cell)

    def needed(self, key: str) -> str:
        """Return the cell as text.

        :raises CellRefused: it is empty.
        """
        text = self.text(key)
        if not text:
            raise self.refuse(key, reason="is empty", remedy="Fill it in.")
        return text

    def refuse(self, key: str, *, reason: str, remedy: str, value: object = None) -> CellRefused:
        """Return the refusal of this row because of one column."""
        shown = self.text(key) if value is None else value
        return CellRefused(column=self.sheet.title(key), value=shown, reason=reason, remedy=remedy)


def _cleaned(cell: str) -> str:
    unified = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return "".join(sign for sign in unified if sign in "\n\t" or ord(sign) >= 32).strip()  # noqa: PLR2004


def lay_over(table: Table, columns: Sequence[Column]) -> Sheet | None:
    """Return the sheet under the row that names the most of our columns, all needed ones.

    Return None when no row near the top does.
    """
    if table.mapped is not None and table.mapped.layout is not columns:
        return None
    names = {plain_heading(name): column.key for column in columns for name in column.names}
    starts = [(plain_heading(start), column.key) for column in columns for start in column.begins]
    needed = {column.key for column in columns if column.required}
    best: Sheet | None = None
    for at, row in enumerate(table.rows[:HEADING_WITHIN]):
        places = _told(row, table.mapped) if table.mapped else _places(row, names, starts)
        if needed <= places.keys() and len(places) > (len(best.places) if best else 0):
            best = Sheet(table, row, at, places)
    return best


def _places(
    row: Row, names: Mapping[str, str], starts: Sequence[tuple[str, str]]
) -> dict[str, int]:
    """Return our key -> place; of two columns with the same meaning the first counts."""
    places: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        heading = plain_heading(cell)
        key = names.get(heading) or next(
            (key for start, key in starts if heading.startswith(start)), None
        )
        if key is not None and heading:
            places.setdefault(key, place)
    return places


def _told(row: Row, mapped: Mapped) -> dict[str, int]:
    """Return our key -> place, as somebody said which column is which."""
    headings = [plain_heading(cell) for cell in row.cells]
    return {key: headings.index(word) for key, word in mapped.fields.items() if word in headings}


def heading_of(table: Table) -> Row | None:
    """Return the row that looks like the heading: words in nearly every column, near the top."""
    near = [row for row in table.rows[:HEADING_WITHIN] if len(_words(row)) > 1]
    widest = max((len(_words(row)) for row in near), default=0)
    wide = (row for row in near if len(_words(row)) * 5 >= widest * 4)
    return next(wide, None)


def _words(row: Row) -> list[str]:
    """Return the cells that say something and are no numbers."""
    cells = [str(cell).strip() for cell in row.cells]
    return [cell for cell in cells if cell and not cell.replace(".", "").replace("-", "").isdigit()]


def gather(
    sheet: Sheet, ledger: Ledger, parse: Callable[[Record], T | None]
) -> list[tuple[int, T]]:
    """Return (row number, what `parse` made of it) for each row that is data and sound.

    Totals and what `parse` skips are written down as left out; rows whose number of cells
    differs from the heading's are refused, never guessed.
    """
    width = len(sheet.heading.cells)
    found: list[tuple[int, T]] = []
    file = sheet.table.name
    for record in sheet.records():
        ledger.count_row()
        try:
            _refuse_shifted(record, width=width)
            row = parse(record)
        except RowSkipped as skipped:
            ledger.skip(file, record.row.number, str(skipped))
        except CellRefused as refusal:
            ledger.refuse(file, record.row.number, refusal)
        else:
            if row is not None:
                found.append((record.row.number, row))
    return found


def gather_all(
    tables: Iterable[Table],
    *layouts: tuple[Sequence[Column], Callable[[Record], T | None]],
    ledger: Ledger,
) -> list[T]:
    """Return what is made of each sound row; each table is read by the first layout it has."""
    found: list[T] = []
    for table in tables:
        for columns, parse in layouts:
            sheet = lay_over(table, columns)
            if sheet is not None:
                found += [row for _number, row in gather(sheet, ledger, parse)]
                break
    return found


def _refuse_shifted(record: Record, *, width: int) -> None:
    """Refuse a row with more or fewer cells than the heading.

    :raises RowSkipped: it is a total.
    :raises CellRefused: its cells may have moved.
    """
    cells = record.row.cells
    if len(str(cells[0])) <= LONGEST_TOTAL and plain_heading(cells[0]) in _TOTALS:
        raise RowSkipped("a total, not data")
    if len(cells) == width:
        return
    raise CellRefused(
        column="(whole row)",
        value=cells[0],
        reason=(
            f"has {len(cells)} fields where the heading has {width}"
            f" (line {record.row.line} of the file): its columns may have shifted"
        ),
        remedy="Put cells that contain a comma in quotes, or correct the row.",
    )
