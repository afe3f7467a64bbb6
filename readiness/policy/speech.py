"""How the policy's sentences are said: in English where they are stored, else as a reader speaks.

What is stored never looks at the language of the moment: every function that makes a sentence
takes its speech, and English is the one it takes when nobody says otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Speech:
    """Say one language: its words, its plurals, its numbers and its days."""

    text: Callable[[str], str]
    plural: Callable[[str, str, int], str]
    number: Callable[[str], str]
    day: Callable[[date], str]


def _plural(one: str, many: str, number: int) -> str:
    return one if number == 1 else many


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


ENGLISH = Speech(text=str, plural=_plural, number=str, day=_day)


def gettext_noop(text: str) -> str:
    """Return a text unchanged; it is put into the catalogue and said by a speech later."""
    return text


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """Return a text in both its numbers; they are put into the catalogue and said later."""
    return one, many
