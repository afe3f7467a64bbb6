"""The child process: read one file within limits and write its tables as lines of JSON.

A line is `{"table": name, "encoding": …}`, a list of rows `[number, line, cells]`,
`{"passed_over": [name, reason]}` or, as the last one, `{"refused": sentence}` or
`{"end": true}`. It knows no table of ours and no secret: the parent starts it with an
empty environment.
"""

import json
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from governance.imports import limits
from governance.imports.delimited import encoding_of, read_rows
from governance.imports.limits import Unreadable
from governance.imports.markdown import read_documents
from governance.imports.markup import read_records
from governance.imports.workbooks import is_workbook, open_zip, read_sheets
from governance.services.filetypes import REMEDIES, FileType, type_of

BATCH = 500
MARKDOWN = (".md", ".markdown")
TABLE_NAMES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xml", *MARKDOWN)
Message = dict[str, Any] | list[Any]
Lines = Iterable[tuple[int, int, list[Any]]]


def main(path: str, name: str) -> None:
    """Set the limits, read the file and print its messages."""
    _limit_myself()
    for line in in_batches(messages(Path(path), name=name)):
        sys.stdout.write(json.dumps(line, separators=(",", ":")))
        sys.stdout.write("\n")


def in_batches(told: Iterable[Message]) -> Iterator[Message]:
    """Put rows that follow each other together, BATCH of them at most."""
    rows: list[Any] = []
    for message in told:
        if isinstance(message, list):
            rows.append(message)
        if rows and (len(rows) == BATCH or not isinstance(message, list)):
            yield rows
            rows = []
        if not isinstance(message, list):
            yield message


def _limit_myself() -> None:
    for kind, most in (
        (resource.RLIMIT_AS, limits.MEMORY_BYTES),
        (resource.RLIMIT_CPU, limits.CPU_SECONDS),
        (resource.RLIMIT_FSIZE, limits.OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def messages(path: Path, *, name: str) -> Iterator[Message]:
    """Yield the messages of a file; whatever goes wrong ends in one sentence."""
    try:
        yield from Reader().read(path.read_bytes(), name=name)
    except Unreadable as refusal:
        yield {"refused": str(refusal)}
    except MemoryError:
        yield {"refused": "The file is too large to be read. Split it."}
    else:
        yield {"end": True}


class Reader:
    """Read files and count what came out of them together."""

    def __init__(self) -> None:
        """Start with nothing counted."""
        self.tables = self.rows = self.cells = 0

    def read(self, content: bytes, *, name: str, nested: bool = False) -> Iterator[Message]:
        """Yield the messages of one file, or of every file in a bundle.

        :raises Unreadable: it cannot be read.
        """
        found = type_of(content[:8192])
        if found is FileType.ZIP:
            yield from self._read_zip(content, name=name, nested=nested)
        elif found is FileType.XML:
            rows = (
                (number, number, cells) for number, cells in enumerate(read_records(content), 1)
            )
            yield from self._table(name, rows, encoding="xml")
        elif found is FileType.TEXT and PurePosixPath(name).suffix.lower() in MARKDOWN:
            yield from self._read_markdown(content, name=name)
        elif found is FileType.TEXT:
            encoding = encoding_of(content)
            rows_of_text = read_rows(content, encoding=encoding)
            lines = ((number, line, cells) for number, (line, cells) in enumerate(rows_of_text, 1))
            yield from self._table(name, lines, encoding=encoding)
        else:
            raise Unreadable(REMEDIES[found])

    def _read_markdown(self, content: bytes, *, name: str) -> Iterator[Message]:
        encoding = encoding_of(content)
        found = list(read_documents(content.decode(encoding, errors="replace")))
        for part, rows in found:
            lines = ((number, line, cells) for number, (line, cells) in enumerate(rows, 1))
            yield from self._table(f"{name} · {part}" if part else name, lines, encoding=encoding)
        if not found:
            yield {"passed_over": [name, "neither a decision record nor a table in it"]}

    def _read_zip(self, content: bytes, *, name: str, nested: bool) -> Iterator[Message]:
        archive = open_zip(content)
        if is_workbook(archive):
            yield from self._read_workbook(content, name=name)
        elif nested:
            raise Unreadable("This is a zip file inside a zip file. Unpack it first.")
        else:
            yield from self._read_bundle(archive)

    def _read_workbook(self, content: bytes, *, name: str) -> Iterator[Message]:
        sheet_before = None
        for sheet, number, cells in read_sheets(content):
            if sheet != sheet_before:
                yield self._open(f"{name} · {sheet}", encoding="workbook")
                sheet_before = sheet
            yield from self._row(number, number, cells)

    def _read_bundle(self, archive: zipfile.ZipFile) -> Iterator[Message]:
        for entry in sorted(archive.infolist(), key=lambda entry: entry.filename):
            path = PurePosixPath(entry.filename)
            if entry.is_dir() or "__MACOSX" in path.parts or path.name.startswith("."):
                continue
            if path.suffix.lower() in TABLE_NAMES:
                yield from self._read_member(archive.read(entry), name=path.name)
            else:
                yield {"passed_over": [path.name, "not a table (.csv, .xlsx or .xml)"]}

    def _read_member(self, content: bytes, *, name: str) -> Iterator[Message]:
        try:
            yield from self.read(content, name=name, nested=True)
        except Unreadable as refusal:
            raise Unreadable(f"{name}: {refusal}") from refusal

    def _table(self, name: str, lines: Lines, *, encoding: str) -> Iterator[Message]:
        yield self._open(name, encoding=encoding)
        for number, line, cells in lines:
            yield from self._row(number, line, cells)

    def _open(self, name: str, *, encoding: str) -> Message:
        self.tables += 1
        if self.tables > limits.MOST_TABLES:
            raise Unreadable(f"There are more than {limits.MOST_TABLES} sheets. Send fewer.")
        return {"table": name, "encoding": encoding}

    def _row(self, number: int, line: int, cells: list[Any]) -> Iterator[Message]:
        """Yield a row that says anything; a blank one is no data."""
        if not any(cell.strip() if isinstance(cell, str) else True for cell in cells):
            return
        self.rows += 1
        self.cells += len(cells)
        if len(cells) > limits.MOST_COLUMNS:
            raise Unreadable(
                f"Row {number} has {len(cells)} columns; more than {limits.MOST_COLUMNS} are no"
                " table. Look at how the file was exported."
            )
        if self.rows > limits.MOST_ROWS or self.cells > limits.MOST_CELLS:
            raise Unreadable(
                f"There are more than {limits.MOST_ROWS} rows or {limits.MOST_CELLS} cells."
                " Split the file."
            )
        yield [number, line, cells]
