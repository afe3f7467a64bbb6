"""What moved between two judgements: the criteria whose state changed, the worst first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Project
from readiness.choices import FindingState
from readiness.pages.findings import criterion_href
from readiness.pages.history import Findings, Found, due_of, figure_of
from readiness.pages.recorded import Body, findings_in
from readiness.policy.outcomes import BLOCKING

WORSE, OTHER, BETTER = 0, 1, 2
GOODNESS = {
    FindingState.MET: 3,
    FindingState.NOT_APPLICABLE: 3,
    FindingState.AT_RISK: 2,
    FindingState.ACCEPTED: 1,
}


@dataclass(frozen=True, slots=True)
class Move:
    """One criterion that changed its state; a gate that opened is one move without states."""

    gate: str
    key: str
    title: str
    href: str
    before: str
    after: str
    measured_before: str
    measured: str
    detail: str
    rank: int
    decides: bool

    @property
    def is_worse(self) -> bool:
        """Say whether it stands worse than before."""
        return self.rank == WORSE


@dataclass(frozen=True, slots=True)
class Naming:
    """What the criteria and gates of a project are called, as its newest judgement says."""

    project: Project
    titles: Mapping[str, str]
    kinds: Mapping[str, str]
    gates: Mapping[str, str]


def naming_of(project: Project, body: Body) -> Naming:
    """Return what criteria and gates are called."""
    pairs = list(findings_in(body))
    return Naming(
        project=project,
        titles={finding["criterion"]: finding["wording"] for _gate, finding in pairs},
        kinds={finding["criterion"]: finding["kind"] for _gate, finding in pairs},
        gates={gate["key"]: gate["name"] for gate in body.get("gates", ())},
    )


def moves_between(before: Findings, after: Findings, *, naming: Naming) -> list[Move]:
    """Return what changed its state, first what decides, worse before better."""
    known_gates = {found.gate_key for found in before.values()}
    opened = sorted({found.gate_key for found in after.values()} - known_gates)
    moves = [_opening(gate, after.values(), naming) for gate in opened]
    for key, now in after.items():
        then = before.get(key)
        if then is not None and then.state != now.state:
            moves.append(_move(then, now, naming))
    return sorted(moves, key=lambda move: (not move.decides, move.rank, move.key))


def _move(then: Found, now: Found, naming: Naming) -> Move:
    key = now.criterion_key
    kind = naming.kinds.get(key, "")
    return Move(
        gate=now.gate_key,
        key=key,
        title=naming.titles.get(key, ""),
        href=criterion_href(naming.project, now.gate_key, key),
        before=then.state,
        after=now.state,
        measured_before=figure_of(then, kind),
        measured=figure_of(now, kind),
        detail=_detail(then, now, kind),
        rank=_rank(then, now),
        decides=now.is_hard and (_weight(then) != _weight(now)),
    )


def _weight(found: Found) -> int:
    """Return how a hard finding weighs in the verdict: it closes, it reserves, or neither."""
    if found.state in BLOCKING:
        return 2
    return 1 if found.state == FindingState.ACCEPTED else 0


def _rank(then: Found, now: Found) -> int:
    step = _goodness(now) - _goodness(then)
    return OTHER if step == 0 else BETTER if step > 0 else WORSE


def _goodness(found: Found) -> int:
    return GOODNESS.get(FindingState(found.state), 0)


def _detail(then: Found, now: Found, kind: str) -> str:
    """Return what moved: the measured figure, or what was due by then."""
    figures = figure_of(then, kind), figure_of(now, kind)
    if figures[0] != figures[1] and all(figures):
        return _("from %(before)s to %(now)s") % {"before": figures[0], "now": figures[1]}
    dues = due_of(then, kind), due_of(now, kind)
    if dues[0] != dues[1] and dues[1]:
        told = {"figure": figures[1], "due": dues[1]}
        if figures[1]:
            return _("%(figure)s; due now: %(due)s") % told
    return ""


def _opening(gate: str, found: Iterable[Found], naming: Naming) -> Move:
    hard = sum(each.is_hard and each.state in BLOCKING for each in found if each.gate_key == gate)
    missing = ngettext(
        "opened with %(number)d hard criterion not met",
        "opened with %(number)d hard criteria not met",
        hard,
    ) % {"number": hard}
    return Move(
        gate=gate,
        key=gate,
        title=naming.gates.get(gate, ""),
        href=f"#{gate}",
        before="",
        after="",
        measured_before="",
        measured="",
        detail=missing if hard else _("opened"),
        rank=WORSE if hard else OTHER,
        decides=hard > 0,
    )
