"""Text files with delimiters: find the encoding and the delimiter, then the rows."""

import codecs
import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator

from governance.imports.limits import LONGEST_CELL, Unreadable
from governance.services.filetypes import wide_encoding

DELIMITERS = ",;\t|"
SAMPLE_ROWS = 30
SAMPLE_SIGNS = 400_000
STRANGE_SIGNS = 3
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(content: bytes) -> str:
    """Return the encoding under which all of the file makes sense.

    Windows-1252 is what is left when it is not Unicode; a few bytes that it does not
    define are let through as replacement signs.

    :raises Unreadable: NUL bytes, broken UTF-16, or bytes that no known encoding has.
    """
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    encoding = marked or wide_encoding(content)
    if not encoding and b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise Unreadable(
            f"There is a NUL byte in line {line}: the file is damaged or not text. Export it again."
        )
    try:
        content.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if not encoding:
            return _western(content)
        raise Unreadable(
            f"The file starts like {encoding.upper()} and does not go on like it. Save it as UTF-8."
        ) from error
    return encoding or "utf-8"


def _western(content: bytes) -> str:
    strange = content.decode("cp1252", errors="replace").count("\ufffd")
    if strange > max(STRANGE_SIGNS, len(content) // 100):
        raise Unreadable("The encoding is neither UTF-8 nor Windows-1252. Save the file as UTF-8.")
    return "cp1252"


def read_rows(content: bytes, *, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line where the row starts, cells) of a text with delimiters.

    :raises Unreadable: a quote that closes nowhere or too early, or a cell of more than
        LONGEST_CELL signs.
    """
    csv.field_size_limit(LONGEST_CELL)
    sample = _open(content, encoding=encoding).read(SAMPLE_SIGNS)
    lines = _open(content, encoding=encoding)
    named = _named_delimiter(sample)
    reader = csv.reader(lines, delimiter=named or _guess_delimiter(sample), strict=True)
    skipped = 1 if named else 0
    line = 1 + skipped
    try:
        for cells in itertools.islice(reader, skipped, None):
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise _sentence(error, line=line) from error


def _open(content: bytes, *, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding=encoding, errors="replace", newline="")


def _named_delimiter(sample: str) -> str:
    """Return what a first line `sep=;` names, as spreadsheets write and read it."""
    word = sample.partition("\n")[0].strip().strip('"')
    return word[-1] if word.lower().startswith("sep=") and len(word) == len("sep=;") else ""


def _sentence(error: csv.Error, *, line: int) -> Unreadable:
    words = str(error)
    if "unexpected end" in words or "field larger" in words:
        return Unreadable(
            f"In the row that starts in line {line} a quote is opened and never closed,"
            f" or a cell has more than {LONGEST_CELL} signs. Correct it, or export the file again."
        )
    return Unreadable(
        f"In the row that starts in line {line} a quote ends in the middle of a cell."
        " Double the quotes inside cells, or export the file again."
    )


def _guess_delimiter(sample: str) -> str:
    """Return the delimiter under which most rows of the sample have the same, largest width."""
    return max(DELIMITERS, key=lambda sign: (*_evenness(sample, sign), -DELIMITERS.index(sign)))


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    """Return (rows of the commonest width, that width); nothing where there is one column."""
    widths: Counter[int] = Counter()
    try:
        for cells in _sample_rows(io.StringIO(sample, newline=""), delimiter=delimiter):
            widths[len(cells)] += 1
    except csv.Error as error:
        if "unexpected end" not in str(error):
            return 0, 0
    wide = [(rows, width) for width, rows in widths.items() if width > 1]
    return max(wide, default=(0, 0))


def _sample_rows(lines: Iterable[str], *, delimiter: str) -> Iterator[list[str]]:
    return itertools.islice(csv.reader(lines, delimiter=delimiter, strict=True), SAMPLE_ROWS)
