"""Check what a schema cannot say: that a policy's gates and criteria make sense together."""

import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from governance.readings import ReadingKind
from readiness.choices import Comparison, MetricOrigin
from readiness.policy.projects import DERIVED_METRICS, WATERMELON
from readiness.policy.sentences import FIELDS
from readiness.policy.terms import CriterionTerms, GateTerms

_UPWARD = (Comparison.AT_LEAST, Comparison.IS_TRUE)
_NO_BAND = (Comparison.EQUAL, Comparison.IS_TRUE)


@dataclass(frozen=True, slots=True)
class Problem:
    """Say what is wrong with one field of a gate or a criterion and what to do about it."""

    gate: str
    criterion: str
    field: str
    reason: str
    remedy: str


def problems_of(gates: Iterable[GateTerms], *, sources: Iterable[str]) -> list[Problem]:
    """Return everything that is wrong with a policy, in its own order."""
    listed, known = list(gates), frozenset(sources)
    problems = [
        *_gate_problems(listed),
        *_repeated_keys(listed),
        *_mixed_kinds(listed),
        *_unasked_baselines(listed),
    ]
    for gate in listed:
        for criterion in gate.criteria:
            problems += _criterion_problems(criterion, gate, known)
    return problems


def _gate_problems(gates: list[GateTerms]) -> Iterator[Problem]:
    earlier: dict[str, GateTerms] = {}
    for gate in gates:
        if gate.key in earlier:
            yield Problem(
                gate.key, "", "gate", "this key is used twice", "give each gate its own key"
            )
        for key in gate.upstream:
            if key not in earlier:
                yield Problem(
                    gate.key, "", "upstream", f"{key} does not stand before this gate",
                    "name only gates listed earlier in the policy",
                )  # fmt: skip
            elif any(each.metric == WATERMELON for each in earlier[key].criteria):
                yield Problem(
                    gate.key, "", "upstream", f"{key} asks for {WATERMELON}",
                    "wait only for gates that do not compare reported with computed status",
                )  # fmt: skip
        if gate.after_go_live and gate.opens_days >= 0:
            yield Problem(
                gate.key, "", "opens_days", "a gate after go-live opens before it",
                "use a negative number of days",
            )  # fmt: skip
        earlier[gate.key] = gate


def _repeated_keys(gates: list[GateTerms]) -> Iterator[Problem]:
    seen: set[str] = set()
    for gate in gates:
        for criterion in gate.criteria:
            if criterion.key in seen:
                yield _problem(
                    criterion, "key", "this key is used twice", "give it a key of its own"
                )
            seen.add(criterion.key)


def _mixed_kinds(gates: list[GateTerms]) -> Iterator[Problem]:
    kinds: dict[str, ReadingKind] = {}
    for gate in gates:
        for criterion in gate.criteria:
            kind = kinds.setdefault(criterion.metric, criterion.kind)
            if kind is not criterion.kind:
                reason = f"{criterion.metric} is {kind} in another criterion"
                yield _problem(criterion, "kind", reason, "ask one metric for one kind of number")


def _unasked_baselines(gates: list[GateTerms]) -> Iterator[Problem]:
    criteria = [criterion for gate in gates for criterion in gate.criteria]
    asked = {criterion.metric for criterion in criteria}
    for criterion in criteria:
        if criterion.baseline is not None and criterion.baseline.metric not in asked:
            yield _problem(
                criterion, "baseline", f"nobody is asked for {criterion.baseline.metric}",
                "add a criterion that asks for the baseline",
            )  # fmt: skip


def _criterion_problems(
    criterion: CriterionTerms, gate: GateTerms, known_sources: frozenset[str]
) -> Iterator[Problem]:
    yield from _comparison_problems(criterion)
    yield from _band_problems(criterion)
    yield from _glide_problems(criterion, gate)
    yield from _origin_problems(criterion)
    yield from _word_problems(criterion)
    for source in criterion.sources:
        if source.partition(":")[0] not in known_sources:
            yield _problem(
                criterion, "sources", f"{source} is not listed", "add it to the list of sources"
            )


def _comparison_problems(criterion: CriterionTerms) -> Iterator[Problem]:
    is_yes_no = criterion.kind is ReadingKind.YES_NO
    if is_yes_no is not (criterion.comparison is Comparison.IS_TRUE):
        yield _problem(
            criterion, "comparison", f"{criterion.comparison} does not fit {criterion.kind}",
            "compare a YES_NO metric, and only that, by IS_TRUE",
        )  # fmt: skip
    if is_yes_no and criterion.target != 1:
        yield _problem(criterion, "target", "a yes is 1", "write 1")
    is_percent = criterion.kind is ReadingKind.SHARE and criterion.baseline is None
    if is_percent and not 0 <= criterion.target <= Decimal(100):
        yield _problem(
            criterion, "target", "a share lies between 0 and 100 %", "write a percentage"
        )


def _band_problems(criterion: CriterionTerms) -> Iterator[Problem]:
    if criterion.warn is None:
        return
    band = criterion.warn - criterion.target
    if criterion.comparison in _NO_BAND:
        yield _problem(
            criterion, "warn", f"{criterion.comparison} has no warning band", "leave warn out"
        )
    elif band > 0 if criterion.comparison in _UPWARD else band < 0:
        yield _problem(
            criterion, "warn", "the warning lies on the good side of the target",
            "write a number that is worse than the target",
        )  # fmt: skip


def _glide_problems(criterion: CriterionTerms, gate: GateTerms) -> Iterator[Problem]:
    if criterion.due_days > gate.opens_days:
        yield _problem(
            criterion, "due_days", "it is due before its gate opens",
            f"write {gate.opens_days} or less",
        )  # fmt: skip
    if not criterion.glide:
        return
    if any(far <= near for (far, _), (near, _) in pairwise(criterion.glide)):
        yield _problem(
            criterion, "glide", "the days do not fall", "list the points from early to late"
        )
    if criterion.glide[-1] != (criterion.due_days, criterion.target):
        yield _problem(
            criterion, "glide", "the path does not end at the target on its due day",
            f"end it with [{criterion.due_days}, {criterion.target}]",
        )  # fmt: skip
    if criterion.baseline is not None or criterion.kind is ReadingKind.YES_NO:
        yield _problem(
            criterion, "glide", "a yes/no or a baseline has no path", "leave the glide path out"
        )
    rises = criterion.comparison in _UPWARD
    steps = [end - start for (_, start), (_, end) in pairwise(criterion.glide)]
    if any(step < 0 if rises else step > 0 for step in steps):
        yield _problem(
            criterion, "glide", "the path turns away from the target",
            "ask for no less later than earlier",
        )  # fmt: skip


def _origin_problems(criterion: CriterionTerms) -> Iterator[Problem]:
    is_reported = criterion.origin is MetricOrigin.REPORTED
    if is_reported is (criterion.ttl_days is None):
        yield _problem(
            criterion, "ttl_days", "a report goes out of date, a count does not",
            "give ttl_days to REPORTED metrics and to no other",
        )  # fmt: skip
    if (criterion.origin is MetricOrigin.DERIVED) is not (criterion.metric in DERIVED_METRICS):
        yield _problem(
            criterion, "origin", f"{criterion.metric} cannot be {criterion.origin}",
            f"DERIVED metrics are {', '.join(sorted(DERIVED_METRICS))}",
        )  # fmt: skip


def _word_problems(criterion: CriterionTerms) -> Iterator[Problem]:
    for field, text in (("says", criterion.says), ("todo", criterion.todo)):
        unknown = sorted(_fields_of(text) - set(FIELDS))
        if unknown:
            yield _problem(
                criterion, field, f"{', '.join(unknown)} cannot be filled in",
                f"use only {', '.join(FIELDS)}",
            )  # fmt: skip


def _fields_of(text: str) -> set[str]:
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return {text}
    return {
        f"{name}{spec}{conversion or ''}"
        for _, name, spec, conversion in parts
        if name is not None and spec is not None
    }


def _problem(criterion: CriterionTerms, field: str, reason: str, remedy: str) -> Problem:
    return Problem(criterion.gate, criterion.key, field, reason, remedy)
