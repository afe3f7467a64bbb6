"""Judge a whole project: every gate in the order given, then the one verdict.

A gate's upstream gates come before it; one that does not has not passed.

While the project's record does not verify, every open gate and the project are NO_GO; an
open gate that the project manager stopped is NO_GO until the stop ends. Else, before and on
the go-live date the verdict is the worst of the open gates; after it, the
hypercare gate's. Three metrics are asked of the gates themselves, between the passes:

- `gate.upstream_valid`: every gate named upstream is GO or CONDITIONAL;
- `wvr.hard_active`: acceptances in force on hard criteria of the gates before go-live;
- `rep.watermelon`: items (the project, a gate) reported GREEN whose computed verdict is
  NO_GO, computed without this metric, so that the criterion never feeds itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from governance.readings import Reading, count, yes_no
from readiness.choices import ReportedColour, Verdict
from readiness.policy.demands import demands_of
from readiness.policy.hashing import inputs_hash
from readiness.policy.judging import (
    active_acceptances,
    active_exemptions,
    findings_of,
    verdict_of,
)
from readiness.policy.outcomes import (
    Finding,
    GateJudgement,
    Judgement,
    ProjectJudgement,
    worst,
)
from readiness.policy.terms import (
    PROJECT_ITEM,
    AcceptanceTerms,
    ExemptionTerms,
    GateTerms,
    ProjectCase,
)

UPSTREAM = "gate.upstream_valid"
HARD_WAIVERS = "wvr.hard_active"
WATERMELON = "rep.watermelon"
DERIVED_METRICS = frozenset({UPSTREAM, HARD_WAIVERS, WATERMELON})
_PASSED = (Verdict.GO, Verdict.CONDITIONAL)
_NOT_OPEN = Judgement(Verdict.NOT_OPEN, ())
_INSTANT = timedelta(microseconds=1)


@dataclass(slots=True)
class _Table:
    """Hold what is looked up again and again while one project is judged."""

    case: ProjectCase
    days_left: int | None
    accepted: Mapping[str, AcceptanceTerms]
    exempt: Mapping[str, ExemptionTerms]
    readings: dict[str, Reading]
    judged: dict[str, GateJudgement] = field(default_factory=dict)


def judge_project(case: ProjectCase) -> ProjectJudgement:
    """Return one judgement per gate, in the order given, and the project's verdict."""
    table = _Table(
        case,
        case.days_left,
        active_acceptances(case.acceptances, as_of=case.as_of),
        active_exemptions(case.exemptions, as_of=case.as_of),
        dict(case.readings),
    )
    table.readings[HARD_WAIVERS] = _hard_waivers(table)
    table.readings[WATERMELON] = count(WATERMELON, value=0, population=1, as_of=case.as_of)
    for gate in case.gates:
        table.judged[gate.key] = _gate_judgement(table, gate)
    _count_watermelons(table)
    gates = tuple(table.judged[gate.key] for gate in case.gates)
    deciding = _deciding(gates, table.days_left)
    return ProjectJudgement(
        case=case,
        verdict=Verdict.NO_GO if case.freeze else worst(gate.verdict for gate in deciding),
        gates=gates,
        deciding=deciding,
        next_change_at=_next_change(case, gates),
        inputs_hash=inputs_hash(case),
    )


def is_open(gate: GateTerms, days_left: int | None) -> bool:
    """Say whether a gate is judged with so many days left; never without a go-live date."""
    return days_left is not None and days_left <= gate.opens_days


def opens_on(gate: GateTerms, go_live: date | None) -> date | None:
    """Return the first day on which a gate is judged."""
    return None if go_live is None else go_live - timedelta(days=gate.opens_days)


def _gate_judgement(table: _Table, gate: GateTerms) -> GateJudgement:
    opens_date = opens_on(gate, table.case.go_live)
    if table.days_left is None or not is_open(gate, table.days_left):
        return GateJudgement(gate, _NOT_OPEN, opens_date)
    table.readings[UPSTREAM] = _upstream_reading(table, gate)
    findings = findings_of(
        demands_of(gate, table.days_left),
        table.readings,
        as_of=table.case.as_of,
        accepted=table.accepted,
        exempt=table.exempt,
    )
    return GateJudgement(gate, _made(table, gate, findings), opens_date)


def _made(table: _Table, gate: GateTerms, findings: tuple[Finding, ...]) -> Judgement:
    """Return what findings make; a no-go while the record does not verify or a stop stands."""
    if table.case.freeze:
        return Judgement(Verdict.NO_GO, findings, is_frozen=True)
    stop = table.case.stops.get(gate.key)
    if stop is not None:
        return Judgement(Verdict.NO_GO, findings, stop=stop)
    return Judgement(verdict_of(findings), findings)


def _upstream_reading(table: _Table, gate: GateTerms) -> Reading:
    verdicts = [
        table.judged[key].verdict if key in table.judged else Verdict.NOT_OPEN
        for key in gate.upstream
    ]
    passed = all(verdict in _PASSED for verdict in verdicts)
    return yes_no(UPSTREAM, value=passed, as_of=table.case.as_of, population=len(verdicts))


@lru_cache(maxsize=1024)
def _hard_keys(gate: GateTerms) -> frozenset[str]:
    if gate.after_go_live:
        return frozenset()
    return frozenset(criterion.key for criterion in gate.criteria if criterion.hard)


def _hard_waivers(table: _Table) -> Reading:
    hard = [_hard_keys(gate) for gate in table.case.gates]
    active = sum(any(key in keys for keys in hard) for key in table.accepted)
    population = sum(len(keys) for keys in hard)
    return count(HARD_WAIVERS, value=active, population=population, as_of=table.case.as_of)


def _count_watermelons(table: _Table) -> None:
    """Judge the watermelon criteria again, now that every verdict beside them is known."""
    waiting = [
        judged
        for judged in table.judged.values()
        if any(finding.criterion.metric == WATERMELON for finding in judged.findings)
    ]
    if not waiting:
        return
    table.readings[WATERMELON] = _watermelons(table)
    for judged in waiting:
        table.judged[judged.gate.key] = _with_watermelons(table, judged)


def _watermelons(table: _Table) -> Reading:
    reported = {
        item: colour
        for item, colour in table.case.reported.items()
        if colour is not ReportedColour.NOT_REPORTED
    }
    deciding = _deciding(tuple(table.judged.values()), table.days_left)
    computed = {key: judged.verdict for key, judged in table.judged.items()}
    computed[PROJECT_ITEM] = worst(judged.verdict for judged in deciding)
    false_greens = sum(
        colour is ReportedColour.GREEN and computed.get(item) is Verdict.NO_GO
        for item, colour in reported.items()
    )
    return count(WATERMELON, value=false_greens, population=len(reported), as_of=table.case.as_of)


def _with_watermelons(table: _Table, judged: GateJudgement) -> GateJudgement:
    findings = tuple(
        _judged_again(table, judged, finding) if finding.criterion.metric == WATERMELON else finding
        for finding in judged.findings
    )
    return replace(judged, judgement=_made(table, judged.gate, findings))


def _judged_again(table: _Table, judged: GateJudgement, finding: Finding) -> Finding:
    demands = demands_of(judged.gate, table.days_left or 0)
    (again,) = findings_of(
        [pair for pair in demands if pair[0] is finding.criterion],
        table.readings,
        as_of=table.case.as_of,
        accepted=table.accepted,
        exempt=table.exempt,
    )
    return again


def _deciding(gates: Iterable[GateJudgement], days_left: int | None) -> tuple[GateJudgement, ...]:
    is_live = days_left is not None and days_left < 0
    return tuple(
        judged for judged in gates if judged.gate.after_go_live is is_live and judged.is_open
    )


def _next_change(case: ProjectCase, gates: Iterable[GateJudgement]) -> datetime | None:
    """Return when an acceptance starts or ends, or a reading goes stale, soonest."""
    moments = [
        moment
        for acceptance in case.acceptances
        for moment in (acceptance.accepted_at, acceptance.ends_at)
    ]
    moments += [
        finding.reading.expires_at + _INSTANT
        for judged in gates
        for finding in judged.findings
        if finding.reading is not None and finding.reading.expires_at is not None
    ]
    return min((moment for moment in moments if moment > case.as_of), default=None)
