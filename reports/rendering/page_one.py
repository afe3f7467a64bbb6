"""What page one says, and what of it there is room for; lengths are tenths of a millimetre."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

LINE = 37
"""One line of running text."""
LARGE_LINE = 52
"""One line of the title or of the verdict's reasons."""
ROOM = 1530
"""What page one leaves below the gates, for actions, risks, caveats and changes."""
HEADINGS = 230
"""What the three headings there, the head of the table and the lines 'and so many more' take."""
LEAST_ACTIONS = 3
MOST_ACTIONS = 12
MOST_ENTRIES = 5


class Entry(Protocol):
    """Something page one shows when there is room."""

    @property
    def height(self) -> int:
        """Return how much of the page it takes."""


AnyEntry = TypeVar("AnyEntry", bound=Entry)


@dataclass(frozen=True, slots=True)
class Masthead:
    """Name the project, its client and the moment that was judged."""

    project: str
    client: str
    upgrade: str
    partners: str
    judged_local: str
    judged_utc: str
    phase: str

    @property
    def extra(self) -> int:
        """Return what it takes beyond one line of title."""
        return LARGE_LINE * (min(2, _lines(self.project, 50)) - 1)


@dataclass(frozen=True, slots=True)
class Answer:
    """Give the verdict with its sentence, the date, and what was reported beside it.

    `where` names the gates behind the verdict, `untested` counts the scenarios nobody tested,
    `evidence` the criteria; `gap` is one sentence when the reported colour is better than the
    computed verdict.
    """

    verdict: str
    word: str
    sentence: str
    where: str
    untested: str
    go_live: str
    countdown: str
    reported: str
    reported_by: str
    evidence: str
    gap: str

    @property
    def extra(self) -> int:
        """Return what it takes beyond two lines of reasons, one of gates, and no gap."""
        reasons = LARGE_LINE * (min(4, max(2, _lines(self.sentence, 44))) - 2)
        gates = LINE * (min(3, _lines(f"{self.where} {self.untested}", 66)) - 1)
        gap = 65 + LINE * min(3, _lines(self.gap, 76)) if self.gap else 0
        return reasons + gates + gap


@dataclass(frozen=True, slots=True)
class Action:
    """Say what must happen, by whom, and which criteria ask for it."""

    text: str
    who: str
    keys: str
    state: str

    @property
    def height(self) -> int:
        """Return what it takes on page one, where the text is cut after two lines."""
        words, who = _lines(f"{self.text[:136]} {self.keys}", 70), _lines(self.who[:50], 26)
        return 24 + LINE * min(3, max(words, who))


@dataclass(frozen=True, slots=True)
class Risk:
    """Name an accepted risk: who accepted it, until when, why, and what is done instead."""

    key: str
    gate: str
    wording: str
    who: str
    until: str
    left: str
    is_soon: bool
    reason: str
    control: str
    note: str = ""

    @property
    def height(self) -> int:
        """Return what it takes on page one, where it is cut after seven lines."""
        cut = min(3, _lines(self.wording, 40)) + 2 + min(2, _lines(self.control, 46))
        return 20 + LINE * cut


@dataclass(frozen=True, slots=True)
class Reservation:
    """Carry a caveat: what somebody wrote down, who and when, and who has opened it."""

    text: str
    who: str
    when: str
    opened: str = ""

    @property
    def height(self) -> int:
        """Return what it takes on page one, where it is cut after six lines."""
        return 20 + LINE * (2 + bool(self.opened) + min(3, _lines(self.text, 46)))


def fitting(entries: Sequence[AnyEntry], *, room: int, most: int) -> tuple[AnyEntry, ...]:
    """Return the first entries that fit into so much room: one at least, `most` at most."""
    fit: list[AnyEntry] = []
    for entry in entries[:most]:
        room -= entry.height
        if fit and room < 0:
            break
        fit.append(entry)
    return tuple(fit)


def _lines(text: str, letters: int) -> int:
    return max(1, -(-len(text) // letters))
