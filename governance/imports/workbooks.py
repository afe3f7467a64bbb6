"""Zip files: workbooks and bundles of files, measured before they are opened."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from governance.imports.limits import (
    MEGABYTE,
    ZIP_BYTES,
    ZIP_ENTRIES,
    ZIP_RATIO,
    ZIP_RATIO_FROM,
    Unreadable,
)

BLOCK = 256 * 1024
Cell = str | float | int
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
)
_DAMAGED = "The zip file or workbook is damaged. Save or pack it again."


def open_zip(content: bytes) -> zipfile.ZipFile:
    """Return the zip file after measuring what it unpacks to.

    :raises Unreadable: damaged, with a password, too many entries, or far larger unpacked.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unreadable(_DAMAGED) from error
    entries = archive.infolist()
    if len(entries) > ZIP_ENTRIES:
        raise Unreadable(f"There are more than {ZIP_ENTRIES} files inside. Send only the tables.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("There is a password on it. Save it without a password.")
    _measure(archive)
    return archive


def _measure(archive: zipfile.ZipFile) -> None:
    """Unpack every entry into nothing, with a limit: what the directory says may be a lie."""
    total = 0
    for entry in archive.infolist():
        size = 0
        try:
            with archive.open(entry) as unpacked:
                while block := unpacked.read(BLOCK):
                    size += len(block)
                    _refuse_bomb(size, total=total + size, packed=entry.compress_size)
        except _BROKEN as error:
            raise Unreadable(_DAMAGED) from error
        total += size


def _refuse_bomb(size: int, *, total: int, packed: int) -> None:
    if total > ZIP_BYTES:
        largest = ZIP_BYTES // MEGABYTE
        raise Unreadable(f"It unpacks to more than {largest} MB. Split it into smaller files.")
    if size > ZIP_RATIO_FROM and size > ZIP_RATIO * max(packed, 1):
        raise Unreadable(
            f"It unpacks to more than {ZIP_RATIO} times its size, as no real table does."
        )


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Say whether a zip file is a workbook rather than a bundle of files."""
    names = set(archive.namelist())
    return "[Content_Types].xml" in names or "mimetype" in names


def read_sheets(content: bytes) -> Iterator[tuple[str, int, list[Cell]]]:
    """Yield (sheet, row number, cells) of every visible sheet of a measured workbook.

    Formulas arrive as the value that the workbook kept for them, as text or number.

    :raises Unreadable: there is no workbook in it, or it is damaged.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in book.sheets_metadata:
            if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet:
                yield from _read_sheet(book, name=sheet.name)
    except PasswordError as error:
        raise Unreadable("There is a password on it. Save it without a password.") from error
    except (CalamineError, ValueError, OSError) as error:
        raise Unreadable(_DAMAGED) from error


def _read_sheet(book: CalamineWorkbook, *, name: str) -> Iterator[tuple[str, int, list[Cell]]]:
    sheet = book.get_sheet_by_name(name)
    start = sheet.start
    if start is None:
        return
    margin: list[Cell] = [""] * start[1]
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield name, number, [*margin, *map(_plain, cells)]


def _plain(cell: object) -> Cell:
    """Return a cell as JSON can carry it: dates as ISO text, whole floats as whole numbers."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell  # noqa: PLR2004
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time() != time.min else cell.date().isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell) if isinstance(cell, (int, timedelta)) else ""
