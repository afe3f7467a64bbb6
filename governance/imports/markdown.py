"""Markdown to tables: a decision record becomes one row, a checklist a row for each task.

A decision record has a numbered title, a Status and a Decision (Nygard's form). Of any other
document the tables are read, all with the same heading as one, with the section in front.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from governance.imports.prose import plain_text

RECORD = ("Decision record", "Title", "Date", "Status", "Context", "Decision", "Consequences")
PARTS = frozenset({"status", "abstract", "context", "decision", "consequences"})
SECTION = "Section"
_TITLE = re.compile(r"#\s+(?:ADR[ -]?)?(\d+)[.:]?\s+(.+)")
_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_DATE = re.compile(r"(?:\*\*)?Date:?(?:\*\*)?:?\s*(.+)", re.IGNORECASE)
_RULE = re.compile(r":?-+:?")
_CELLS = re.compile(r"(?<!\\)\|")
Rows = list[tuple[int, list[str]]]


@dataclass(slots=True)
class _Document:
    """The lines of a document below its headings: number and text of each."""

    title: str = ""
    number: str = ""
    day: str = ""
    parts: dict[str, list[str]] = field(default_factory=dict)
    lines: list[tuple[int, str, str]] = field(default_factory=list)


def read_documents(text: str) -> Iterator[tuple[str, Rows]]:
    """Yield (part of the name, rows with the line where each starts) for each table found."""
    document = _parse(text)
    if document.number and {"status", "decision"} <= document.parts.keys():
        yield "", [(1, list(RECORD)), (1, _record(document))]
        return
    for heading, rows in _tables(document).items():
        yield " | ".join(heading), [(rows[0][0], [SECTION, *heading]), *rows]


def _parse(text: str) -> _Document:
    document = _Document()
    section, part = "", ""
    for number, line in enumerate(text.splitlines(), 1):
        if found := _TITLE.match(line):
            if not document.number:
                document.number, document.title = found[1], found[2].strip()
            continue
        if found := _HEADING.match(line):
            section = found[2]
            if section.casefold() in PARTS:
                part = section.casefold()
                continue
        if not document.day and not part and (told := _DATE.match(line.strip())):
            document.day = told[1].strip()
        document.parts.setdefault(part, []).append(line)
        document.lines.append((number, section, line))
    return document


def _record(document: _Document) -> list[str]:
    parts = {name: "\n".join(lines).strip() for name, lines in document.parts.items()}
    status = parts["status"].replace("**", "")
    told = ("context", "decision", "consequences")
    words = (plain_text(parts.get(name, "")) for name in told)
    return [document.number, document.title, document.day, status, *words]


def _tables(document: _Document) -> dict[tuple[str, ...], Rows]:
    """Return the rows of every table by its heading; the line below a heading is its rule."""
    found: dict[tuple[str, ...], Rows] = {}
    heading: tuple[str, ...] = ()
    before: list[str] = []
    for number, section, line in document.lines:
        if not line.lstrip().startswith("|"):
            heading, before = (), []
            continue
        cells = _cells(line)
        if before and all(_RULE.fullmatch(cell) for cell in cells) and not heading:
            heading = tuple(before)
            found.setdefault(heading, [])
        elif heading:
            padded = cells + [""] * (len(heading) - len(cells))
            found[heading].append((number, [section, *padded]))
        before = cells
    return {heading: rows for heading, rows in found.items() if rows}


def _cells(line: str) -> list[str]:
    """Return the cells of a row; the sign at its end may be missing, HTML becomes text."""
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [plain_text(cell.replace("\\|", "|").strip()) for cell in _CELLS.split(inner)]
