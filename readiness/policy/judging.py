"""Judge criteria by their readings: the fixed order of design section 5, and nothing else.

Edges, all tested: a reading counts up to and including its `expires_at` and is STALE from
the next instant on; an acceptance counts up to and not at its end; a number exactly at
the threshold meets it (LESS_THAN excepted); 0 of 0, and 0 out of an empty population,
are INSUFFICIENT. An acceptance turns a blocking state into ACCEPTED and nothing else; one
that names scenarios only while no more than these are short.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from governance.readings import Reading
from readiness.choices import FindingState, Verdict
from readiness.policy.demands import Demand, against_baseline, demand_on
from readiness.policy.needs import need_of
from readiness.policy.outcomes import BLOCKING, Finding, Judgement
from readiness.policy.terms import AcceptanceTerms, CriterionTerms, ExemptionTerms

_MEETS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "AT_LEAST": operator.ge,
    "IS_TRUE": operator.ge,
    "AT_MOST": operator.le,
    "LESS_THAN": operator.lt,
    "EQUAL": operator.eq,
}
_NOT_APPLICABLE = FindingState.NOT_APPLICABLE


def judge(
    criteria: Sequence[CriterionTerms],
    readings: Mapping[str, Reading],
    acceptances: Iterable[AcceptanceTerms],
    *,
    as_of: datetime,
    days_left: int = 0,
    exemptions: Iterable[ExemptionTerms] = (),
) -> Judgement:
    """Return the findings of these criteria at a moment and the verdict they make.

    `days_left` before go-live says what is due on the glide paths; 0 asks for every target.
    """
    findings = findings_of(
        [(criterion, demand_on(criterion, days_left)) for criterion in criteria],
        readings,
        as_of=as_of,
        accepted=active_acceptances(acceptances, as_of=as_of),
        exempt=active_exemptions(exemptions, as_of=as_of),
    )
    return Judgement(verdict_of(findings), findings)


def findings_of(
    demands: Iterable[tuple[CriterionTerms, Demand]],
    readings: Mapping[str, Reading],
    *,
    as_of: datetime,
    accepted: Mapping[str, AcceptanceTerms],
    exempt: Mapping[str, ExemptionTerms],
) -> tuple[Finding, ...]:
    """Return one finding per criterion that is not left to the meeting."""
    return tuple(
        _finding(criterion, demand, readings, as_of, accepted, exempt)
        for criterion, demand in demands
        if not criterion.in_meeting
    )


def verdict_of(findings: Sequence[Finding]) -> Verdict:
    """Return the verdict that findings make; nothing left to judge is never GO."""
    is_empty, is_clean = True, True
    for finding in findings:
        if finding.state is _NOT_APPLICABLE:
            continue
        if finding.is_blocking:
            return Verdict.NO_GO
        is_empty = False
        is_clean = is_clean and finding.state is FindingState.MET
    if is_empty:
        return Verdict.NO_GO
    return Verdict.GO if is_clean else Verdict.CONDITIONAL


def active_acceptances(
    acceptances: Iterable[AcceptanceTerms], *, as_of: datetime
) -> dict[str, AcceptanceTerms]:
    """Return criterion -> the acceptance that counts: of several the widest, then the longest."""
    active = [acceptance for acceptance in acceptances if acceptance.is_active(as_of)]
    active.sort(key=_width)
    return {acceptance.criterion: acceptance for acceptance in active}


def _width(acceptance: AcceptanceTerms) -> tuple[bool, int, datetime, int]:
    named = acceptance.scenarios
    return not named, named, acceptance.ends_at, acceptance.id


def active_exemptions(
    exemptions: Iterable[ExemptionTerms], *, as_of: datetime
) -> dict[str, ExemptionTerms]:
    """Return criterion -> the exemption that counts."""
    return {
        exemption.criterion: exemption for exemption in exemptions if exemption.is_active(as_of)
    }


def _finding(
    criterion: CriterionTerms,
    demand: Demand,
    readings: Mapping[str, Reading],
    as_of: datetime,
    accepted: Mapping[str, AcceptanceTerms],
    exempt: Mapping[str, ExemptionTerms],
) -> Finding:
    reading = readings.get(criterion.metric)
    asked = demand if criterion.baseline is None else against_baseline(criterion, demand, readings)
    due_today = asked.threshold if asked is not None and asked.is_due else None
    target = None if asked is None else asked.target
    state = _state(criterion, asked, reading, as_of)
    exemption = exempt.get(criterion.key) if exempt else None
    if exemption is not None:
        return Finding(
            criterion, _NOT_APPLICABLE, state, reading, due_today, target, None, exemption
        )
    finding = Finding(criterion, state, state, reading, due_today, target)
    acceptance = accepted.get(criterion.key) if accepted and state in BLOCKING else None
    if acceptance is None or not _covers(acceptance, finding):
        return finding
    return finding._replace(state=FindingState.ACCEPTED, acceptance=acceptance)


def _covers(acceptance: AcceptanceTerms, finding: Finding) -> bool:
    need = need_of(finding)
    return not acceptance.scenarios or (need is not None and need <= acceptance.scenarios)


def _state(
    criterion: CriterionTerms, demand: Demand | None, reading: Reading | None, as_of: datetime
) -> FindingState:
    if reading is None or demand is None:
        return FindingState.NOT_REPORTED
    if reading.expires_at is not None and as_of > reading.expires_at:
        return FindingState.STALE
    measured = reading.measured
    if measured is None or reading.population < criterion.min_population:
        return FindingState.INSUFFICIENT
    return _compared(criterion, demand, measured)


def _compared(criterion: CriterionTerms, demand: Demand, measured: Decimal) -> FindingState:
    comparison = criterion.comparison
    if _MEETS[comparison._value_](measured, demand.threshold):
        return FindingState.MET
    if not demand.is_due:
        return FindingState.AT_RISK
    edge = criterion.warn_comparison or comparison
    if demand.warn is not None and _MEETS[edge._value_](measured, demand.warn):
        return FindingState.AT_RISK
    return FindingState.MISSED
