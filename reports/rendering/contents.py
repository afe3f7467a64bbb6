"""What the report says, prepared down to the words: the template only sets it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from governance.choices import SignoffAct
from readiness.charts.sparkline import Sparkline
from readiness.choices import FindingState
from readiness.pages.actions import Share
from readiness.pages.authority import Matter
from readiness.pages.rows import HeatRow
from readiness.pages.turns import Turn
from reports.rendering.page_one import (
    HEADINGS,
    LEAST_ACTIONS,
    LINE,
    MOST_ACTIONS,
    MOST_ENTRIES,
    ROOM,
    Action,
    Answer,
    Entry,
    Masthead,
    Reservation,
    Risk,
    fitting,
)

DEFINITIONS: tuple[tuple[str, Promise], ...] = (
    (FindingState.MET, _("Measured, and at least what is due today. Only this is green.")),
    (FindingState.AT_RISK, _("Short of what is due, but within the band the policy allows.")),
    (FindingState.MISSED, _("Measured, and short of what is due today.")),
    (FindingState.NOT_REPORTED, _("Nobody has given the figure. No figure is never green.")),
    (FindingState.STALE, _("The figure is older than the policy allows; it counts no longer.")),
    (
        FindingState.INSUFFICIENT,
        _("There was nothing to measure: none of none is not all of all."),
    ),
    (
        FindingState.ACCEPTED,
        _("Missed, and an executive of the client has signed for the risk until a date."),
    ),
    (
        FindingState.NOT_APPLICABLE,
        _("Left out with a reason and an approver; counted, not judged."),
    ),
)

_NOUNS: dict[str, Promise] = {
    SignoffAct.SIGNED: _("Signed by"),
    SignoffAct.REFUSED: _("Refused by"),
    SignoffAct.WITHDRAWN: _("Withdrawn by"),
}


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion with its numbers, as the page shows them; `line` is its small drawing."""

    key: str
    wording: str
    hard: bool
    state: str
    measured: str
    taken_over: str
    due_today: str
    target: str
    line: Sparkline | None
    trend: str
    accountable: str
    source: str
    fresh: str
    grades: str


@dataclass(frozen=True, slots=True)
class GateLine:
    """One gate: its verdict, its dates and its criteria; none while it is not open.

    `in_meeting` are the criteria that the meeting itself checks; they are not judged.
    """

    key: str
    name: str
    verdict: str
    question: str
    sentence: str
    tally: str
    dates: tuple[str, ...]
    criteria: tuple[CriterionLine, ...]
    in_meeting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Who signed, refused or withdrew, when, with which meaning; empty `act`: nobody yet."""

    process: str
    owner: str
    act: str
    who: str
    authority: str
    when_utc: str
    when_local: str
    meaning: str
    is_stale: bool
    note: str = ""

    @property
    def noun(self) -> str:
        """Return the words before the name; a signature cannot be taken for anything else."""
        return str(_NOUNS.get(self.act, ""))


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One criterion that came out differently; an empty state was not judged."""

    key: str
    wording: str
    before: str
    after: str
    measured_before: str
    measured: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since an earlier judgement; `since` names it, empty without one."""

    title: str = ""
    since: str = ""
    sentences: tuple[str, ...] = ()
    lines: tuple[ChangeLine, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart with its title and its words; an empty drawing means no history yet."""

    title: str
    words: str
    drawing: SafeString


@dataclass(frozen=True, slots=True)
class Exempted:
    """A criterion that does not apply, with the reason."""

    key: str
    wording: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """How to find and check this judgement again."""

    policy: str
    policy_hash: str
    inputs_hash: str
    snapshot: str
    body_hash: str
    code_version: str
    template_version: str
    trigger: str
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Everything the executive report prints of one snapshot.

    Page one shows the first of a long list and says how many more there are; the whole
    list follows inside. `meanings` are the sentences that signatures refer to by number.
    """

    masthead: Masthead
    answer: Answer
    agenda: str
    actions: tuple[Action, ...]
    shares: tuple[Share, ...]
    risks: tuple[Risk, ...]
    caveats: tuple[Reservation, ...]
    gates: tuple[GateLine, ...]
    trend: Drawing
    burn_ups: tuple[Drawing, ...]
    turns: tuple[Turn, ...]
    changes: Changes
    heat_columns: tuple[str, ...]
    heat_rows: tuple[HeatRow, ...]
    signatures: tuple[SignatureLine, ...]
    exempted: tuple[Exempted, ...]
    imprint: Imprint
    matters: tuple[Matter, ...] = ()
    meanings: tuple[str, ...] = ()
    definitions: tuple[tuple[str, Promise], ...] = DEFINITIONS

    @property
    def first_changes(self) -> tuple[ChangeLine, ...]:
        """Return the changes that page one has room for, what got worse first."""
        return self.changes.lines[:3]

    @property
    def more_changes(self) -> int:
        """Return how many changes page one leaves out."""
        return len(self.changes.lines) - len(self.first_changes)

    @property
    def first_actions(self) -> tuple[Action, ...]:
        """Return the actions that page one has room for."""
        room = self._room - _tallest(self.first_risks, self.first_caveats)
        return fitting(self.actions, room=room, most=MOST_ACTIONS)

    @property
    def more_actions(self) -> int:
        """Return how many actions page one leaves out."""
        return len(self.actions) - len(self.first_actions)

    @property
    def first_risks(self) -> tuple[Risk, ...]:
        """Return the risks that page one has room for, the soonest to end first."""
        return fitting(self.risks, room=self._room_below, most=MOST_ENTRIES)

    @property
    def more_risks(self) -> int:
        """Return how many risks page one leaves out."""
        return len(self.risks) - len(self.first_risks)

    @property
    def first_caveats(self) -> tuple[Reservation, ...]:
        """Return the caveats that page one has room for, the newest first."""
        return fitting(self.caveats, room=self._room_below, most=MOST_ENTRIES)

    @property
    def more_caveats(self) -> int:
        """Return how many caveats page one leaves out."""
        return len(self.caveats) - len(self.first_caveats)

    @property
    def legend(self) -> tuple[str, ...]:
        """Return the states that the heat map shows, in the order of the definitions."""
        shown = {cell.state for row in self.heat_rows for cell in row.cells}
        return tuple(state for state, _ in self.definitions if state in shown)

    @property
    def _room(self) -> int:
        """Return what is left on page one when its fixed parts and the changes are set."""
        changes = LINE * (2 * len(self.first_changes) + 3)
        return ROOM - HEADINGS - changes - self.answer.extra - self.masthead.extra

    @property
    def _room_below(self) -> int:
        """Return what risks and caveats may take: the first actions have their place."""
        least = self.actions[:LEAST_ACTIONS]
        return self._room - sum(action.height for action in least)


def _tallest(*columns: tuple[Entry, ...]) -> int:
    return max(sum(entry.height for entry in column) for column in columns)
