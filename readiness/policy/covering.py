"""Whether what somebody accepted is still what is there: pure comparing, no table, no clock.

An acceptance covers the words and the demand of its criterion, the scenarios it names and
the go-live date it was given for. It lapses when the criterion demands something else, when
a scenario it names left the scope, or when go-live moved past its end.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Lapse(StrEnum):
    """Say what of an acceptance is no longer as it was accepted."""

    CRITERION = "CRITERION"
    SCENARIOS = "SCENARIOS"
    DATE = "DATE"


@dataclass(frozen=True, slots=True)
class Lapsed:
    """One thing that changed since somebody accepted a risk, with what it was and is."""

    why: Lapse
    before: str = ""
    now: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What an acceptance rests on now; without a criterion the policy asks for it no longer."""

    criterion: Mapping[str, Any] | None
    go_live: date | None
    out_of_scope: Collection[str] = ()


def lapses_of(covered: Mapping[str, Any], *, ground: Ground, until: date) -> tuple[Lapsed, ...]:
    """Return what changed since; empty while the acceptance stands."""
    found: list[Lapsed] = []
    before, now = covered["criterion"], ground.criterion
    if now is None or dict(before) != dict(now):
        found.append(Lapsed(Lapse.CRITERION, before["wording"], now["wording"] if now else ""))
    gone = tuple(sorted(set(covered["terms"]["scenarios"]) & set(ground.out_of_scope)))
    if gone:
        found.append(Lapsed(Lapse.SCENARIOS, codes=gone))
    given_for = covered["go_live_date"]
    was_within = given_for is not None and date.fromisoformat(given_for) <= until
    if was_within and ground.go_live is not None and ground.go_live > until:
        found.append(Lapsed(Lapse.DATE, given_for, ground.go_live.isoformat()))
    return tuple(found)
