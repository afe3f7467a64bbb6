"""What a part of authority says: a sentence, whether it is bad, and a few lines."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from readiness.pages.words import number_text, percent_text


@dataclass(frozen=True, slots=True)
class Line:
    """One line, and the row it is about."""

    text: str
    row: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What one part says."""

    sentence: str
    is_bad: bool = False
    lines: tuple[Line, ...] = ()


def sentences(parts: Iterable[str]) -> str:
    """Return the sentences that say something, one after the other."""
    return " ".join(part for part in parts if part)


def of_text(done: int, due: int) -> str:
    """Return a share as people read it: '3 of 4 (75 %)'; 'none' where nothing is due."""
    if not due:
        return _("none")
    told = {"done": number_text(done), "due": number_text(due), "share": percent_text(done, due)}
    return _("%(done)s of %(due)s (%(share)s)") % told
