"""What somebody answers for: how much of it is done, what is open, and what is overdue."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from governance.models import BusinessProcess, Department, User
from governance.pages.looks import Look

TRAINING, TESTERS, SCENARIOS = "TRAINING", "TESTERS", "SCENARIOS"
DECISIONS, SIGN_OFFS, ANSWERS = "DECISIONS", "SIGN_OFFS", "ANSWERS"
DUTIES: dict[str, Promise] = {
    TRAINING: gettext_lazy("Required courses completed"),
    TESTERS: gettext_lazy("Testers who took part"),
    SCENARIOS: gettext_lazy("Scenarios run by the business"),
    DECISIONS: gettext_lazy("Decisions taken"),
    SIGN_OFFS: gettext_lazy("Processes signed"),
    ANSWERS: gettext_lazy("Questions answered"),
}
HEADS: dict[str, Promise] = {
    TRAINING: gettext_lazy("Training"),
    TESTERS: gettext_lazy("Testers"),
    SCENARIOS: gettext_lazy("Scenarios"),
    DECISIONS: gettext_lazy("Decisions"),
    SIGN_OFFS: gettext_lazy("Signatures"),
    ANSWERS: gettext_lazy("Answers"),
}
"""What each is called at the head of a column."""
MANAGER, OWNER, EXECUTIVE = "manager", "owner", "executive"
DONE = Look(gettext_lazy("Done"), "circle-check", "good")
OPEN = Look(gettext_lazy("Open"), "clock", "warn")
LATE = Look(gettext_lazy("Overdue"), "clock-exclamation", "bad")


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that waits for somebody, and where it is done."""

    text: str
    href: str
    since: datetime | None = None
    is_late: bool = False


@dataclass(slots=True)
class Duty:
    """Done of due of one kind of duty, with what is open of it and where all of it stands."""

    code: str
    done: int = 0
    due: int = 0
    href: str = ""
    open: list[Open] = field(default_factory=list)

    @property
    def word(self) -> str:
        """Return what is counted."""
        return str(DUTIES[self.code])

    @property
    def head(self) -> str:
        """Return what it is called at the head of a column."""
        return str(HEADS[self.code])

    @property
    def late(self) -> int:
        """Return how much of it is overdue."""
        return sum(each.is_late for each in self.open)

    @property
    def look(self) -> Look:
        """Return how it looks: only everything done is green."""
        if self.late:
            return LATE
        return DONE if self.done >= self.due else OPEN

    def note(self, *, done: bool, open_one: Open | None = None) -> None:
        """Count one more thing; what is not done comes with where it is done."""
        self.due += 1
        self.done += done
        if open_one is not None:
            self.open.append(open_one)


@dataclass(slots=True)
class Leader:
    """Somebody who answers for people, for processes or for the whole upgrade."""

    account: User
    departments: list[Department] = field(default_factory=list)
    processes: list[BusinessProcess] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    duties: dict[str, Duty] = field(default_factory=dict)

    @property
    def kinds(self) -> set[str]:
        """Return as what the account answers: manager, owner, executive."""
        held = ((MANAGER, self.departments), (OWNER, self.processes), (EXECUTIVE, self.roles))
        return {kind for kind, rows in held if rows}

    @property
    def is_executive(self) -> bool:
        """Say whether the account answers for everything."""
        return bool(self.roles)

    def duty(self, code: str) -> Duty:
        """Return one of the duties, begun with nothing due."""
        return self.duties.setdefault(code, Duty(code))

    @property
    def shown(self) -> list[Duty]:
        """Return the duties in which something is due, in their order."""
        held = (self.duties.get(code) for code in DUTIES)
        return [duty for duty in held if duty is not None and duty.due]

    @property
    def every(self) -> list[Duty]:
        """Return all duties in their order, also those in which nothing is due."""
        return [self.duty(code) for code in DUTIES]

    @property
    def late(self) -> int:
        """Return how many things are overdue."""
        return sum(duty.late for duty in self.duties.values())

    @property
    def undone(self) -> int:
        """Return how many duties are not done."""
        return sum(duty.done < duty.due for duty in self.duties.values())
