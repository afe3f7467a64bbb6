"""Write JSON in its one canonical form (RFC 8785), over integers and text alone.

What goes in is described in FORMAT.md, section 1: decimals are text, moments have six places.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

LARGEST = 2**53 - 1
DEEPEST = 32
_TEXT = json.JSONEncoder(ensure_ascii=False)


def canonical(value: object) -> str:
    """Return the canonical JSON of a value.

    Decimals, dates, moments and identifiers become text.

    :raises ValueError: a float, an integer beyond 2^53 - 1, half of a surrogate pair, a key
        that is no text, or nesting deeper than 32.
    """
    return "".join(_parts(value, 0))


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def moment_of(at: datetime) -> str:
    """Return a moment as it stands in the record: UTC with six places."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


# a datetime is a date too, so it comes first
_WRITTEN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (str, str),
    (datetime, moment_of),
    (date, date.isoformat),
    (Decimal, lambda number: format(number, "f")),
    (UUID, str),
)


def _parts(value: object, depth: int) -> list[str]:
    if not isinstance(value, Mapping | list | tuple):
        return [_single(value)]
    if depth >= DEEPEST:
        raise ValueError("nested deeper than 32")
    return _members(value, depth) if isinstance(value, Mapping) else _items(value, depth)


def _items(value: "list[Any] | tuple[Any, ...]", depth: int) -> list[str]:
    parts = ["["]
    for place, item in enumerate(value):
        if place:
            parts.append(",")
        parts += _parts(item, depth + 1)
    parts.append("]")
    return parts


def _members(value: Mapping[Any, Any], depth: int) -> list[str]:
    parts = ["{"]
    for place, key in enumerate(sorted(value, key=_utf16)):
        if place:
            parts.append(",")
        parts += [_quoted(key), ":"]
        parts += _parts(value[key], depth + 1)
    parts.append("}")
    return parts


def _single(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError(f"{value} is beyond what every reader keeps exactly")
        return str(int(value))
    return _quoted(_as_text(value))


def _as_text(value: object) -> str:
    for kind, write in _WRITTEN:
        if isinstance(value, kind):
            return write(value)
    raise ValueError(f"{type(value).__name__} has no canonical form")


def _quoted(text: str) -> str:
    text.encode()  # half of a surrogate pair has no bytes
    return _TEXT.encode(str(text))


def _utf16(key: object) -> bytes:
    if not isinstance(key, str):
        raise ValueError("a key must be text")
    return key.encode("utf-16-be")
