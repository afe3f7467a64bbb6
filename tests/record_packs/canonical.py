"""Write canonical JSON for packs, from section 1 of FORMAT.md alone."""

import json
from typing import Any

Json = dict[str, Any]
"""A JSON object."""

SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def write(value: Any) -> bytes:
    """Return the canonical bytes of a value."""
    return _text(value).encode()


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return f'"{"".join(_character(character) for character in value)}"'
    if isinstance(value, list):
        return f"[{','.join(_text(item) for item in value)}]"
    if isinstance(value, dict):
        names = sorted(value, key=utf16)
        return "{" + ",".join(f"{_text(name)}:{_text(value[name])}" for name in names) + "}"
    raise TypeError(type(value))


def utf16(text: str) -> bytes:
    """Return the order of a key: by its UTF-16 code units."""
    return text.encode("utf-16-be")


def _character(character: str) -> str:
    if character in SHORT:
        return SHORT[character]
    return f"\\u{ord(character):04x}" if character < " " else character


def read_leniently(content: bytes) -> str:
    """Return the text that a string means to whoever does not mind its form."""
    said = json.loads(content.decode("utf-8", "strict"), strict=False)
    if not isinstance(said, str):
        raise ValueError(said)
    return said
