"""Bring the tables of a portfolio into one shape: a row per project, readable, with a year."""

import re
from collections.abc import Callable

from governance.imports.columns import Column, lay_over, plain_heading
from governance.imports.importers import Context
from governance.imports.limits import Unreadable
from governance.imports.tables import Cell, Row, Table

REPORT = (
    Column("name", ("project_name", "Project name"), required=True),
    Column("department", ("Department", "Organisation"), required=True),
    Column(
        "colour",
        ("colour_rating", "RAG rating", "Delivery confidence"),
        required=True,
        begins=("MPA RAG rating", "IPA RAG rating", "IPA Delivery Confidence Assessment"),
    ),
    Column("start", ("start_date",), required=True, begins=("Project - Start Date",)),
    Column("end", ("end_date",), required=True, begins=("Project - End Date",)),
    Column(
        "comment",
        ("rating_comment",),
        begins=("Departmental commentary on actions planned or taken",),
    ),
    Column("year", ("year",)),
)
PLAIN = (
    Column("name", ("Project", "Project name", "Name"), required=True),
    Column("go_live", ("Go-live date", "Go live", "Go-live", "Planned go-live"), required=True),
    Column("slug", ("Slug", "Short name")),
    Column("start", ("Start date", "Start")),
    Column("from", ("From platform", "From")),
    Column("to", ("To platform", "To")),
    Column("phase", ("Phase",)),
    Column("zone", ("Time zone",)),
    Column("department", ("Department",)),
    Column("colour", ("Status", "Reported status", "RAG", "RAG rating", "Colour")),
    Column("reporter", ("Reported by", "Reporter")),
    Column("reported", ("Reported on", "Reported date", "Report date")),
    Column("comment", ("Comment", "Comments", "Note", "Notes")),
)
_POUND = "łm"
_FISCAL = re.compile(r"\b(20\d\d)/(?:20)?(\d\d)\b")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def shaped(table: Table) -> Table | None:
    """Return a table with one project per row, or None when it is no portfolio.

    A table with one project per column is turned; text that was read as Central European
    and saved as UTF-8 is put right.
    """
    for shape in (_as_it_is, _turned):
        candidate = shape(table)
        if candidate is not None:
            return _repaired(candidate)
    return None


def _as_it_is(table: Table) -> Table | None:
    fits = lay_over(table, REPORT) or lay_over(table, PLAIN)
    return table if fits else None


def _turned(table: Table) -> Table | None:
    """Return the table with columns as rows, when that gives it the heading of a report.

    A row's number is then the place of its column, counted from 1.
    """
    labels = [plain_heading(row.cells[0]) for row in table.rows]
    if "project name" not in labels:
        return None
    width = max(len(row.cells) for row in table.rows)
    kept = [row for row, label in zip(table.rows, labels, strict=True) if label]
    rows = [
        Row(place + 1, place + 1, [_cell(row, place) for row in kept]) for place in range(width)
    ]
    turned = Table(f"{table.name} (columns)", rows, table.encoding)
    return turned if lay_over(turned, REPORT) else None


def _cell(row: Row, place: int) -> Cell:
    return row.cells[place] if place < len(row.cells) else ""


def _repaired(table: Table) -> Table:
    """Undo a wrong reading of Windows-1252 as Windows-1250, which pound signs give away."""
    heading = " ".join(str(cell) for cell in table.rows[0].cells)
    if _POUND not in heading.casefold():
        return table
    rows = [Row(row.number, row.line, [_mend(cell) for cell in row.cells]) for row in table.rows]
    return Table(table.name, rows, table.encoding)


def _mend(cell: Cell) -> Cell:
    if not isinstance(cell, str) or cell.isascii():
        return cell
    try:
        return cell.encode("cp1250").decode("cp1252")
    except UnicodeError:
        return cell


def report_year(table: Table, context: Context) -> int:
    """Return the year of a report: as told, from its headings, or from the file's name.

    :raises Unreadable: none of them says it.
    """
    told = str(context.options.get("year", ""))
    finders: tuple[Callable[[], list[int]], ...] = (
        lambda: [int(word) for word in _YEAR.findall(told)],
        lambda: _fiscal_years(table),
        lambda: [int(word) for word in _YEAR.findall(table.name)],
    )
    for find in finders:
        years = find()
        if years:
            return max(years)
    raise Unreadable(f"{table.name} does not say of which year it is. Give the option year=2017.")


def _fiscal_years(table: Table) -> list[int]:
    """Return the years in which the fiscal years of the headings end (2013/14 is 2014)."""
    heading = " ".join(str(cell) for cell in table.rows[0].cells)
    return [int(first[:2] + last) for first, last in _FISCAL.findall(heading)]
