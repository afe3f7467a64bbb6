"""Files whose columns nobody knows: say once which is which, and have it remembered.

A mapping is kept for a project and a kind under the set of the file's headings, and used
for every later file with the same ones. It wins over what the headings say by themselves.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from governance.imports.columns import Column, Sheet, heading_of, lay_over, plain_heading
from governance.imports.importers import Importer
from governance.imports.kinds import fitting_importers, importers_for, load
from governance.imports.limits import Unreadable
from governance.imports.tables import Mapped, Reading, Row, Table
from governance.models import ColumnMapping, ImportRun
from governance.services.imports import AUTO, ORGANISATION_KINDS, remember_mapping

SAMPLES = 3
LONGEST_SAMPLE = 40
MOST_HEADINGS = 200


def headings_key(headings: Iterable[object]) -> str:
    """Return the SHA-256 of a set of headings, whatever their order, case and signs."""
    words = sorted({plain_heading(str(heading)) for heading in headings} - {""})
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def lay_mappings(reading: Reading, *, run: ImportRun, moment: datetime) -> None:
    """Put on each table what was said about its columns: now, or for an earlier file.

    :raises Unreadable: a field or a column is named that is not there, or one is missing.
    """
    if run.project is None or run.kind in ORGANISATION_KINDS:
        return
    told = run.options.get("map")
    if told:
        _lay_told(reading, told=told, run=run, moment=moment)
        return
    rows = ColumnMapping.objects.filter(project=run.project)
    if run.kind != AUTO:
        rows = rows.filter(kind=run.kind)
    known = {row.headings_key: row for row in rows.order_by("changed_at", "pk")}
    if known:
        reading.tables = [_remembered(table, known) for table in reading.tables]


def _remembered(table: Table, known: Mapping[str, ColumnMapping]) -> Table:
    heading = heading_of(table)
    mapping = known.get(headings_key(heading.cells)) if heading else None
    if mapping is None:
        return table
    return _mapped(table, kind=mapping.kind, fields=mapping.fields)


def _mapped(table: Table, *, kind: str, fields: Mapping[str, str]) -> Table:
    words = {key: plain_heading(heading) for key, heading in fields.items()}
    return replace(table, mapped=Mapped(kind, load(kind).own_columns(), words))


def _lay_told(
    reading: Reading, *, told: Mapping[str, str], run: ImportRun, moment: datetime
) -> None:
    """Map the tables that have the columns named, and remember it for their headings."""
    fields = fields_of(told, importer=load(run.kind))
    wanted = {plain_heading(heading) for heading in fields.values()}
    seen: set[str] = set()
    for place, table in enumerate(reading.tables):
        heading = heading_of(table)
        titles = _titles(heading) if heading else []
        words = {plain_heading(title) for title in titles}
        seen |= words
        if wanted <= words:
            reading.tables[place] = _mapped(table, kind=run.kind, fields=fields)
            remember_mapping(
                run=run, headings=titles, key=headings_key(titles), fields=fields, moment=moment
            )
    if not any(table.mapped for table in reading.tables):
        missing = ", ".join(f"“{word}”" for word in sorted(wanted - seen)) or "all of them"
        raise Unreadable(f"No table has the columns that were named: {missing}. Map them anew.")


def fields_of(told: Mapping[str, str], *, importer: Importer) -> dict[str, str]:
    """Return key -> heading; a field may be named by its key or by its own heading.

    :raises Unreadable: a field is unknown, or one that is needed is missing.
    """
    columns = importer.own_columns()
    keys = {plain_heading(column.names[0]): column.key for column in columns}
    keys |= {column.key: column.key for column in columns}
    fields: dict[str, str] = {}
    for name, heading in told.items():
        key = keys.get(name) or keys.get(plain_heading(name))
        if key is None:
            known = ", ".join(column.key for column in columns)
            raise Unreadable(f"“{name[:60]}” is no field of {importer.kind}. Fields are: {known}.")
        fields[key] = heading.strip()
    needed = [column for column in columns if column.required]
    missing = [column.names[0] for column in needed if column.key not in fields]
    if missing:
        raise Unreadable(f"Say which column is {', '.join(missing)}: {importer.kind} needs it.")
    return fields


def what_was_recognised(reading: Reading, *, kind: str) -> list[dict[str, Any]]:
    """Return for each table what it was taken for: kind, dialect, encoding, heading, rows."""
    importers = importers_for(kind)
    return [_recognised(table, importers) for table in reading.tables]


def _recognised(table: Table, importers: list[Importer]) -> dict[str, Any]:
    fitting = fitting_importers(table, importers)
    importer = fitting[0] if len(fitting) == 1 else None
    dialect, sheet = _dialect(table, importer) if importer else ("", None)
    heading = sheet.heading if sheet else heading_of(table)
    below = [row for row in table.rows if heading is None or row.number > heading.number]
    return {
        "name": table.name,
        "kind": importer.kind if importer else "",
        "dialect": dialect,
        "encoding": table.encoding,
        "rows": len(below),
        "heading_row": heading.number if heading else None,
        "headings": _headings(heading, below) if heading else [],
        "fields": _fields(sheet),
        "mapped": table.mapped is not None,
    }


def _dialect(table: Table, importer: Importer) -> tuple[str, Sheet | None]:
    """Return the name of the layout that a table is in, and the sheet under it."""
    for name, columns in importer.layouts.items():
        sheet = lay_over(table, columns)
        if sheet is not None:
            return name, sheet
    return "", None


def _fields(sheet: Sheet | None) -> dict[str, str]:
    """Return our key -> the file's heading."""
    return {key: sheet.title(key) for key in sheet.places} if sheet else {}


def _titles(heading: Row) -> list[str]:
    titles = (str(cell).strip()[: LONGEST_SAMPLE * 3] for cell in heading.cells[:MOST_HEADINGS])
    return [title for title in titles if title]


def _headings(heading: Row, below: list[Row]) -> list[dict[str, Any]]:
    """Return each heading with what stands below it in the first rows."""
    found = []
    for place, cell in enumerate(heading.cells[:MOST_HEADINGS]):
        title = str(cell).strip()
        cells = (str(row.cells[place]).strip() for row in below[:50] if place < len(row.cells))
        samples = list(dict.fromkeys(cell[:LONGEST_SAMPLE] for cell in cells if cell))
        if title:
            found.append({"title": title[: LONGEST_SAMPLE * 3], "samples": samples[:SAMPLES]})
    return found


def guess_fields(columns: Iterable[Column], headings: Iterable[str]) -> dict[str, str]:
    """Return which heading is probably which field, for somebody to look over."""
    titles = {plain_heading(heading): heading for heading in headings}
    guessed = {}
    for column in columns:
        names = [plain_heading(name) for name in column.names]
        exact = next((titles[name] for name in names if name in titles), "")
        close = (titles[t] for t in titles for n in names if len(n) > 3 and (n in t or t in n))  # noqa: PLR2004
        guessed[column.key] = exact or next(close, "")
    return {key: heading for key, heading in guessed.items() if heading}
