"""What a reader sees of a page, and what of it is neither translated nor out of the database.

Every text that goes through a catalogue comes out between two marks. Whatever stands on a page
outside them is either somebody's own words, found in the database, or was never translated.
"""

import gettext
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.apps import apps

OPEN, CLOSE = "⟦", "⟧"
MARKED = re.compile(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
DASHES = "\N{EN DASH}\N{EM DASH}"
BETWEEN = re.compile(rf"""\s*[;:·•{DASHES}()„“”"'|/?!%≥≤<>=+*#§&@…→←\n]+\s*|,\s+|\.(?:\s+|$)""")
WORD = re.compile(r"[^\W\d_]{2}")
FINGERPRINT = re.compile(r"\b[0-9a-f]{8,64}\b")
SILENT = ("script", "style", "template", "svg", "code", "option-data")
SPOKEN = ("aria-label", "title", "placeholder", "alt", "aria-description")
OWN_APPS = ("governance", "training", "uat", "readiness", "reports")


class Marking(gettext.NullTranslations):
    """Speak a language that marks every text, and remember which were asked for."""

    def __init__(self, code: str) -> None:
        """Speak under a code."""
        super().__init__()
        self._code = code
        self.asked: set[tuple[str, str]] = set()

    def language(self) -> str:
        """Return the code, as Django asks for it."""
        return self._code

    def to_language(self) -> str:
        """Return the code, as Django asks for it."""
        return self._code

    def gettext(self, message: str) -> str:
        """Return a text between marks."""
        self.asked.add((message, ""))
        return self._marked(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return a text in its number, between marks."""
        self.asked.add((msgid1, msgid2))
        return self._marked(msgid1 if n == 1 else msgid2)

    def _marked(self, message: str) -> str:
        return f"{OPEN}{message.rpartition(chr(4))[2]}{CLOSE}"


class _Page(HTMLParser):
    """Collect the pieces of text that a reader sees or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        self.pieces += [text for name, text in attrs if name in SPOKEN and text]

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)


def pieces_of(page: str) -> list[str]:
    """Return the texts of a page, each without what was translated inside it."""
    parser = _Page()
    # a mark may open before an element and close after it: only the element's own tags are inside
    parser.feed(page)
    return _unmarked(parser.pieces)


def _unmarked(pieces: list[str]) -> list[str]:
    """Return what stands outside the marks; a mark may span several pieces."""
    depth, left = 0, []
    for piece in pieces:
        kept = ""
        for letter in piece:
            depth += (letter == OPEN) - (letter == CLOSE)
            kept += letter if depth == 0 and letter not in (OPEN, CLOSE) else ""
        left.append(kept)
    return left


def untranslated(page: str, *, known: set[str]) -> set[str]:
    """Return what on a page is neither translated nor somebody's own words."""
    return {
        part
        for piece in pieces_of(page)
        if not _is_known(piece, known)
        for part in map(_plain, BETWEEN.split(piece))
        if not _is_known(part, known)
    }


def _is_known(text: str, known: set[str]) -> bool:
    """Say whether a text is made of known ones, one after the other, and of what is no word."""
    words = _plain(FINGERPRINT.sub("", text)).split()
    reached = {0}
    for end in range(1, len(words) + 1):
        for start in sorted(reached):
            part = " ".join(words[start:end])
            if part in known or not WORD.search(part):
                reached.add(end)
                break
    return len(words) in reached


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(f" ,;:·().{DASHES}")


def own_words() -> set[str]:
    """Return every text in the database, whole, and each of its lines, parts and words."""
    return {part for text in _texts() for part in _parts(text)}


def _texts() -> Iterator[str]:
    for app in OWN_APPS:
        for model in apps.get_app_config(app).get_models():
            for row in model._base_manager.values():
                yield from _strings(row)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, str) and value[:1] in "{[":
        yield from _json(value)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _json(text: str) -> Iterator[str]:
    try:
        yield from _strings(json.loads(text))
    except ValueError:
        yield text


def _parts(text: str) -> Iterator[str]:
    """Yield a text as a page may show it: whole, by line, and cut at what stands between words."""
    yield _plain(text)
    yield from map(_plain, BETWEEN.split(text))
