"""The smallest set of things that would make the verdict better, and who has to do them.

The judgement records one action for each criterion that stands in the way. Two gates often
demand the same figure; doing it once serves both, so it stands here once. What follows by
itself, once everything else is done, is not asked of anybody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import ngettext

from governance.models import Project
from readiness.choices import Verdict
from readiness.pages.findings import criterion_href
from readiness.pages.recorded import Body, findings_in, people
from readiness.policy.outcomes import BLOCKING

FIRST_ACTIONS = 5
"""So many actions stand above the fold; the others are one click away."""

FOLLOWS = ("gate.upstream_valid",)
"""Metrics that become right by themselves once the other criteria are met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What has to happen, by whom, and which criterion asks for it.

    `first` is the one who is named first; `need` how many rows or units it takes; `also`
    names the other criteria that the same thing serves.
    """

    text: str
    why: str
    who: str
    first: str
    gate: str
    key: str
    metric: str
    state: str
    blocks: bool
    need: Decimal
    href: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """Everything one person or role has to do; `blocking` of it closes a gate."""

    who: str
    actions: tuple[Action, ...]
    blocking: int
    words: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """What has to happen: the first few, everything by person, and what follows by itself."""

    sentence: str
    first: tuple[Action, ...]
    shares: tuple[Share, ...]
    following: tuple[Action, ...]
    total: int

    @property
    def has_more(self) -> bool:
        """Say whether more has to happen than the first few."""
        return self.total > len(self.first)


def agenda_of(body: Body, project: Project) -> Agenda:
    """Return what has to happen for a GO, in the recorded order, each thing once."""
    findings = {(gate["key"], found["criterion"]): found for gate, found in findings_in(body)}
    asked = [_action(each, findings, project) for each in body.get("actions", ())]
    following = tuple(each for each in asked if each.metric in FOLLOWS)
    own = _each_once([each for each in asked if each.metric not in FOLLOWS])
    actions = own or following
    return Agenda(
        sentence=_sentence(str(body.get("verdict", "")), actions),
        first=actions[:FIRST_ACTIONS],
        shares=_shares(actions),
        following=following if own else (),
        total=len(actions),
    )


def _action(
    recorded: Mapping[str, Any], findings: Mapping[tuple[str, str], Any], project: Project
) -> Action:
    gate, key = recorded["gate"], recorded["criterion"]
    finding = findings.get((gate, key), {})
    return Action(
        text=recorded["todo"] or recorded["sentence"],
        why=recorded["sentence"],
        who=people(recorded["who"]),
        first=people(recorded["who"][:1]),
        gate=gate,
        key=key,
        metric=finding.get("metric", key),
        state=recorded["state"],
        blocks=recorded["class"] == "HARD" and recorded["state"] in BLOCKING,
        need=Decimal(finding.get("need") or 0),
        href=criterion_href(project, gate, key),
    )


def _each_once(asked: Iterable[Action]) -> tuple[Action, ...]:
    """Put together what asks for the same figure: the most urgent, with the largest need."""
    groups: dict[str, list[Action]] = {}
    for action in asked:
        groups.setdefault(action.metric, []).append(action)
    return tuple(_joined(group) for group in groups.values())


def _joined(group: Sequence[Action]) -> Action:
    first, *others = group
    most = max(group, key=lambda action: action.need)
    also = tuple(f"{other.gate} {other.key}" for other in others)
    return replace(first, text=most.text, why=most.why, need=most.need, also=also)


def _shares(actions: Iterable[Action]) -> tuple[Share, ...]:
    """Return the actions by who is named first for them, whoever blocks most first."""
    groups: dict[str, list[Action]] = {}
    for action in actions:
        groups.setdefault(action.first, []).append(action)
    shares = [_share(who, group) for who, group in groups.items()]
    return tuple(sorted(shares, key=lambda share: (-share.blocking, -len(share.actions))))


def _share(who: str, group: list[Action]) -> Share:
    blocking = sum(action.blocks for action in group)
    words = ngettext("%(number)d thing to do", "%(number)d things to do", len(group))
    if blocking:
        closing = ngettext("%(number)d closes a gate", "%(number)d close a gate", blocking)
        words = f"{words % {'number': len(group)}}, {closing % {'number': blocking}}"
    else:
        words = words % {"number": len(group)}
    return Share(who, tuple(group), blocking, words)


def _sentence(verdict: str, actions: Sequence[Action]) -> str:
    """Return how much stands between the verdict and a better one."""
    blocking = sum(action.blocks for action in actions)
    others = len(actions) - blocking
    if verdict == Verdict.NO_GO and blocking:
        return _no_go(blocking, others)
    if not others:
        return ""
    text = ngettext(
        "%(number)d thing stands between this and a GO without reservations.",
        "%(number)d things stand between this and a GO without reservations.",
        others,
    )
    return text % {"number": others}


def _no_go(blocking: int, others: int) -> str:
    text = ngettext(
        "%(number)d thing ends the NO-GO.", "%(number)d things end the NO-GO.", blocking
    )
    said = text % {"number": blocking}
    if not others:
        return said
    rest = ngettext(
        "%(number)d more, and it is a GO without reservations.",
        "%(number)d more, and it is a GO without reservations.",
        others,
    )
    return f"{said} {rest % {'number': others}}"
