"""What page one says; each entry knows how many lines it takes there."""

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Answer:
    """Give the verdict with its sentence, the date, and what was reported beside it.

    `where` names the gates behind the verdict, `evidence` counts the criteria; `gap` is one
    sentence when the reported colour is better than the computed verdict.
    """

    verdict: str
    word: str
    sentence: str
    where: str
    go_live: str
    countdown: str
    reported: str
    reported_by: str
    evidence: str
    gap: str


@dataclass(frozen=True, slots=True)
class Action:
    """Say what must happen, by whom, and which criterion asks for it."""

    text: str
    who: str
    gate: str
    key: str
    state: str

    @property
    def lines(self) -> int:
        """Return how many lines it takes on page one, where it is cut after two."""
        return min(2, max(_lines(self.text, 70), _lines(self.who, 26)))


@dataclass(frozen=True, slots=True)
class Risk:
    """Name an accepted risk: who accepted it, until when, why, and what is done instead."""

    key: str
    gate: str
    wording: str
    who: str
    until: str
    left: str
    reason: str
    control: str

    @property
    def lines(self) -> int:
        """Return how many lines it takes on page one, where it is cut after five."""
        return 2 + min(3, _lines(self.wording, 38))


@dataclass(frozen=True, slots=True)
class Reservation:
    """Carry a caveat: what somebody wrote down, who and when."""

    text: str
    who: str
    when: str

    @property
    def lines(self) -> int:
        """Return how many lines it takes on page one, where it is cut after four."""
        return 1 + min(3, _lines(self.text, 50))


def _lines(text: str, letters: int) -> int:
    return -(-len(text) // letters)
