"""What one policy demands differently from another: pure comparing of their bodies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from readiness.choices import Comparison
from readiness.policy.hashing import decimal_text
from readiness.policy.parsing import gates_of_body
from readiness.policy.terms import CriterionTerms

Words = dict[str, Any]
_FEWER = (Comparison.AT_MOST, Comparison.LESS_THAN)


class Difference(StrEnum):
    """Say how a demand differs; looser where it is easier to meet in any respect."""

    ADDED = "ADDED"
    REMOVED = "REMOVED"
    LOOSENED = "LOOSENED"
    TIGHTENED = "TIGHTENED"
    REWORDED = "REWORDED"


LOOSER = (Difference.REMOVED, Difference.LOOSENED)


@dataclass(frozen=True, slots=True)
class Differs:
    """One criterion that differs: what it demanded and what it demands."""

    gate: str
    criterion: str
    what: Difference
    before: Words | None
    now: Words | None

    def as_signed(self) -> Words:
        """Return it as plain values."""
        return {
            "gate": self.gate,
            "criterion": self.criterion,
            "what": str(self.what),
            "from": self.before,
            "to": self.now,
        }


def differences(before: str, now: str) -> list[Differs]:
    """Return what the second policy demands differently, in the order of its gates.

    Both are bodies of policies, as canonical JSON.
    """
    return list(_differences(_criteria(before), _criteria(now)))


def is_looser(found: list[Differs]) -> bool:
    """Say whether anything became easier to meet."""
    return any(each.what in LOOSER for each in found)


def _differences(
    before: Mapping[tuple[str, str], CriterionTerms], now: Mapping[tuple[str, str], CriterionTerms]
) -> Iterator[Differs]:
    for key in [*now, *(key for key in before if key not in now)]:
        old, new = before.get(key), now.get(key)
        if old == new:
            continue
        yield Differs(
            *key, _what(old, new), _words(old) if old else None, _words(new) if new else None
        )


def _what(old: CriterionTerms | None, new: CriterionTerms | None) -> Difference:
    if old is None or new is None:
        return Difference.ADDED if old is None else Difference.REMOVED
    steps = set(_steps(old, new))
    if -1 in steps:
        return Difference.LOOSENED
    return Difference.TIGHTENED if 1 in steps else Difference.REWORDED


def _steps(old: CriterionTerms, new: CriterionTerms) -> Iterator[int]:
    """Yield -1 for each respect in which it became looser, 1 for each in which it is tighter.

    Another metric or another way to compare cannot be ranked, and counts as looser.
    """
    if (old.metric, old.kind, old.comparison, old.baseline) != (
        new.metric,
        new.kind,
        new.comparison,
        new.baseline,
    ):
        yield -1
        return
    up = -1 if new.comparison in _FEWER else 1
    yield _step(old.target, new.target) * up
    yield _step(old.warn, new.warn) * (1 if None in (old.warn, new.warn) else up)
    yield int(new.hard) - int(old.hard)
    yield _step(Decimal(old.due_days), Decimal(new.due_days))
    yield _step(Decimal(old.min_population), Decimal(new.min_population))
    yield -_step(_days(old.ttl_days), _days(new.ttl_days))
    if old.in_meeting != new.in_meeting:
        yield -1 if new.in_meeting else 1
    if old.glide != new.glide:
        yield min((_step(was, number) * up for was, number in _along(old, new)), default=0)


def _step(before: Decimal | None, now: Decimal | None) -> int:
    if before == now:
        return 0
    if before is None or now is None:
        return -1 if before is None else 1
    return 1 if now > before else -1


def _days(ttl: int | None) -> Decimal:
    return Decimal(ttl or 0)


def _along(old: CriterionTerms, new: CriterionTerms) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield what was and what is due at each turn of either glide path that both have."""
    was, is_now = dict(old.glide), dict(new.glide)
    for days in sorted(was.keys() | is_now.keys()):
        yield was.get(days, old.target), is_now.get(days, new.target)


def _criteria(body: str) -> dict[tuple[str, str], CriterionTerms]:
    return {
        (gate.key, criterion.key): criterion
        for gate in gates_of_body(body).values()
        for criterion in gate.criteria
    }


def _words(terms: CriterionTerms) -> Words:
    return {
        "wording": terms.wording,
        "metric": terms.metric,
        "origin": str(terms.origin),
        "comparison": str(terms.comparison),
        "target": decimal_text(terms.target),
        "warn": None if terms.warn is None else decimal_text(terms.warn),
        "class": "HARD" if terms.hard else "SOFT",
        "due_days": terms.due_days,
        "ttl_days": terms.ttl_days,
    }
