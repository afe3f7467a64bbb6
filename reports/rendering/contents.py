"""What the report says, prepared down to the words: the template only sets it."""

from dataclasses import dataclass
from itertools import accumulate

from django.utils.safestring import SafeString

from governance.choices import SignoffAct
from readiness.choices import FindingState
from reports.rendering.page_one import Action, Answer, Masthead, Reservation, Risk

FIRST_ACTIONS = 10
ROOM = 24
"""Page one has room for so many lines of actions, and of risks or caveats below them."""
FIRST_RISKS = 3
FIRST_CAVEATS = 3
DEFINITIONS: tuple[tuple[str, str], ...] = (
    (FindingState.MET, "Measured, and at least what is due today. Only this is green."),
    (FindingState.AT_RISK, "Short of what is due, but within the band the policy allows."),
    (FindingState.MISSED, "Measured, and short of what is due today."),
    (FindingState.NOT_REPORTED, "Nobody has given the figure. No figure is never green."),
    (FindingState.STALE, "The figure is older than the policy allows; it counts no longer."),
    (FindingState.INSUFFICIENT, "There was nothing to measure: none of none is not all of all."),
    (
        FindingState.ACCEPTED,
        "Missed, and an executive of the client has signed for the risk until a date.",
    ),
    (FindingState.NOT_APPLICABLE, "Left out with a reason and an approver; counted, not judged."),
)

_NOUNS: dict[str, str] = {
    SignoffAct.SIGNED: "Signed by",
    SignoffAct.REFUSED: "Refused by",
    SignoffAct.WITHDRAWN: "Withdrawn by",
}


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion with its numbers, as the page shows them."""

    key: str
    wording: str
    hard: bool
    state: str
    measured: str
    taken_over: str
    due_today: str
    target: str
    todo: str
    accountable: str
    source: str
    grade: str


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
class HeatCell:
    """One cell of the heat map; an empty state means that nothing is asked there."""

    state: str
    text: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One process with its cells, in the order of the columns."""

    name: str
    cells: tuple[HeatCell, ...]


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

    @property
    def noun(self) -> str:
        """Return the words before the name; a signature cannot be taken for anything else."""
        return _NOUNS.get(self.act, "")


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

    since: str = ""
    sentences: tuple[str, ...] = ()
    lines: tuple[ChangeLine, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """The drawing of the trend with its words; an empty drawing means no history yet."""

    drawing: SafeString
    words: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Everything the executive report prints of one snapshot.

    Page one shows the first of a long list and says how many more there are; the whole
    list follows inside. `meanings` are the sentences that signatures refer to by number.
    """

    masthead: Masthead
    answer: Answer
    actions: tuple[Action, ...]
    risks: tuple[Risk, ...]
    caveats: tuple[Reservation, ...]
    gates: tuple[GateLine, ...]
    trend: Trend
    changes: Changes
    heat_columns: tuple[str, ...]
    heat_rows: tuple[HeatRow, ...]
    signatures: tuple[SignatureLine, ...]
    exempted: tuple[Exempted, ...]
    imprint: Imprint
    meanings: tuple[str, ...] = ()
    definitions: tuple[tuple[str, str], ...] = DEFINITIONS

    @property
    def first_actions(self) -> tuple[Action, ...]:
        """Return the actions that page one has room for."""
        below = (self.first_risks, self.first_caveats)
        room = ROOM - max(sum(each.lines for each in column) for column in below)
        lines = accumulate(action.lines for action in self.actions[:FIRST_ACTIONS])
        return self.actions[: sum(line <= room for line in lines)]

    @property
    def more_actions(self) -> int:
        """Return how many actions page one leaves out."""
        return len(self.actions) - len(self.first_actions)

    @property
    def first_risks(self) -> tuple[Risk, ...]:
        """Return the risks that page one has room for, the soonest to end first."""
        return self.risks[:FIRST_RISKS]

    @property
    def more_risks(self) -> int:
        """Return how many risks page one leaves out."""
        return max(0, len(self.risks) - FIRST_RISKS)

    @property
    def first_caveats(self) -> tuple[Reservation, ...]:
        """Return the caveats that page one has room for, the newest first."""
        return self.caveats[:FIRST_CAVEATS]

    @property
    def more_caveats(self) -> int:
        """Return how many caveats page one leaves out."""
        return max(0, len(self.caveats) - FIRST_CAVEATS)

    @property
    def legend(self) -> tuple[str, ...]:
        """Return the states that the heat map shows, in the order of the definitions."""
        shown = {cell.state for row in self.heat_rows for cell in row.cells}
        return tuple(state for state, _ in self.definitions if state in shown)
