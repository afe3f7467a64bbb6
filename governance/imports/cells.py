"""Text of a cell to a value of ours, or a refusal that says what to do."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo

from governance.imports.columns import Record, plain_heading
from governance.imports.dates import DateRefused, read_day, read_moment

_COMMA = re.compile(r"-?\d+,\d{1,2}")
_YES = {"yes", "y", "true", "1", "x"}
_NO = {"no", "n", "false", "0", ""}


def date_of(record: Record, key: str, *, order: str = "") -> date | None:
    """Return the date in a cell, or None where it is empty.

    :raises CellRefused: it is something else.
    """
    text = record.text(key)
    if not text:
        return None
    try:
        return read_day(text, order)
    except DateRefused as refusal:
        raise record.refuse(key, reason=refusal.reason, remedy=refusal.remedy) from refusal


def moment_of(record: Record, key: str, *, zone: ZoneInfo, order: str = "") -> datetime | None:
    """Return the moment in a cell in UTC, or None where it is empty.

    A date alone is the first moment of that day in the zone, so that nothing counts as
    newer than it is.

    :raises CellRefused: it is something else.
    """
    text = record.text(key)
    if not text:
        return None
    try:
        return read_moment(text, zone, order)
    except DateRefused as refusal:
        raise record.refuse(key, reason=refusal.reason, remedy=refusal.remedy) from refusal


def decimal_of(record: Record, key: str) -> Decimal | None:
    """Return the number in a cell, or None where it is empty; a percent sign is let be.

    :raises CellRefused: it is no number.
    """
    text = record.text(key)
    if not text:
        return None
    number = _number(text)
    if number is None:
        raise record.refuse(key, reason="is not a number", remedy="Write digits only.")
    return number


@lru_cache(maxsize=20_000)
def _number(text: str) -> Decimal | None:
    """Return the finite number that a text is, or None; 12,5 is twelve and a half."""
    plain = text.removesuffix("%").strip()
    if _COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def whole_of(record: Record, key: str, *, least: int = 0, most: int = 2_000_000_000) -> int | None:
    """Return the whole number in a cell, or None where it is empty.

    :raises CellRefused: it is none, or out of bounds.
    """
    number = decimal_of(record, key)
    if number is None:
        return None
    if number != number.to_integral_value() or not least <= number <= most:
        raise record.refuse(
            key, reason=f"is not a whole number from {least} to {most}", remedy="Correct it."
        )
    return int(number)


def yes_of(record: Record, key: str, *, empty: bool) -> bool:
    """Return a yes or a no; `empty` where nothing is said.

    :raises CellRefused: it is neither.
    """
    word = plain_heading(record.text(key))
    if not word:
        return empty
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise record.refuse(key, reason="is neither yes nor no", remedy="Write yes or no.")


def choice_of(record: Record, key: str, words: Mapping[str, str], *, empty: str = "") -> str:
    """Return our word for theirs; signs and pictures before a word do not matter.

    `words` maps plain lower-case words to ours. `empty` is for an empty cell.

    :raises CellRefused: the word is unknown, or the cell is empty and there is no `empty`.
    """
    text = record.text(key) if empty else record.needed(key)
    if not text:
        return empty
    found = words.get(plain_heading(text))
    if found is None:
        known = ", ".join(sorted(words))
        raise record.refuse(
            key, reason="is a word we do not know here", remedy=f"Write one of: {known}."
        )
    return str(found)


def short_of(record: Record, key: str, *, most: int, needed: bool = False) -> str:
    """Return the text of a cell.

    :raises CellRefused: it is longer than `most`, or empty and `needed`.
    """
    text = record.needed(key) if needed else record.text(key)
    if len(text) > most:
        raise record.refuse(key, reason=f"is longer than {most} signs", remedy="Shorten it.")
    return text


def code_of(record: Record, key: str, *, most: int = 40) -> str:
    """Return a code that must be text: a number in a workbook has lost its last zeros.

    :raises CellRefused: it is a number with decimals, empty or too long.
    """
    if isinstance(record.raw(key), float):
        raise record.refuse(
            key,
            reason="is stored as a number, so zeros at its end may be lost",
            remedy="Format the column as text and type the code again (65.10, not 65.1).",
        )
    return short_of(record, key, most=most, needed=True)
