"""Read a printed report as a reader and a screen reader do: its text, its tables, its tags."""

import re
import shutil
import subprocess
from typing import Any

import pikepdf

_TEXT = re.compile(r'^ *"(.*)"$')


def text_of(pdf: bytes, *, page: int | None = None) -> str:
    """Return the text of a PDF, or of one page, as a reader would copy it."""
    pages = [] if page is None else ["-f", str(page), "-l", str(page)]
    return re.sub(r"\s+", " ", _run("pdftotext", *pages, "-", "-", pdf=pdf))


def rows_of(pdf: bytes) -> list[list[str]]:
    """Return every table row of a tagged PDF as the words of its cells, in reading order."""
    rows: list[list[str]] = []
    depth = 0
    for line in _run("pdfinfo", "-struct-text", "-", pdf=pdf).splitlines():
        tag = line.strip().partition(" ")[0].rstrip(":")
        said = _TEXT.match(line)
        indent = len(line) - len(line.lstrip())
        if said and depth and indent > depth:
            rows[-1][-1] = f"{rows[-1][-1]} {said[1]}".strip()
        elif tag == "TR":
            rows.append([])
        elif tag in ("TD", "TH"):
            rows[-1].append("")
            depth = indent
        elif depth and indent <= depth:
            depth = 0
    return [[re.sub(r"\s+", " ", cell) for cell in row] for row in rows]


def tags_of(node: Any) -> list[pikepdf.Dictionary]:
    """Return every element of the structure tree below a node."""
    found, waiting = [], [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Array):
            waiting += list(each)
        elif isinstance(each, pikepdf.Dictionary):
            if "/S" in each:
                found.append(each)
            if "/K" in each:
                waiting.append(each.K)
    return found


def _run(name: str, *arguments: str, pdf: bytes) -> str:
    command = [shutil.which(name) or f"{name} is missing", *arguments]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)  # noqa: S603
    return done.stdout.decode()
