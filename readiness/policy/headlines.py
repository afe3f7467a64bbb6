"""The first line of a gate and of a project: the verdict, and the counts that make it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from readiness.choices import FindingState, Verdict
from readiness.policy.outcomes import (
    BLOCKING,
    SETTLED,
    Finding,
    GateJudgement,
    Judgement,
    ProjectJudgement,
    counts_of,
)

MOST_NAMES = 3
VERDICT_WORDS = {
    Verdict.GO: "GO",
    Verdict.CONDITIONAL: "CONDITIONAL",
    Verdict.NO_GO: "NO-GO",
    Verdict.NOT_OPEN: "NOT OPEN",
}
_STATE_WORDS = {
    FindingState.MISSED: "missed",
    FindingState.NOT_REPORTED: "not reported",
    FindingState.STALE: "out of date",
    FindingState.INSUFFICIENT: "with nothing to measure",
}
_BLOCKING_ORDER = tuple(_STATE_WORDS)


def gate_headline(judged: GateJudgement) -> str:
    """Return a gate's first line: 'NO-GO: 3 hard criteria missed, 1 not reported'."""
    if judged.is_open:
        return f"{VERDICT_WORDS[judged.verdict]}: {_reasons(judged.judgement)}"
    if judged.opens_date is None:
        return "NOT OPEN: no go-live date is set"
    return f"NOT OPEN: opens on {_day(judged.opens_date)}"


def project_headline(project: ProjectJudgement) -> str:
    """Return a project's first line, over the gates that decide."""
    if not project.deciding:
        return _unopened(project)
    findings = tuple(finding for judged in project.deciding for finding in judged.findings)
    reasons = _reasons(Judgement(project.verdict, findings))
    return f"{VERDICT_WORDS[project.verdict]}: {reasons}{_where(project)}"


def _where(project: ProjectJudgement) -> str:
    if project.verdict is Verdict.GO:
        return ""
    names = [judged.gate.name for judged in project.deciding if judged.verdict is project.verdict]
    if len(names) > MOST_NAMES:
        return f" (in {len(names)} of {len(project.deciding)} open gates)"
    return f" ({', '.join(names)})"


def _unopened(project: ProjectJudgement) -> str:
    case = project.case
    if not project.gates:
        return "NOT OPEN: no policy has been adopted"
    if case.go_live is None:
        return "NOT OPEN: no go-live date is set"
    is_live = case.today > case.go_live
    waiting = [
        judged.opens_date
        for judged in project.gates
        if judged.gate.after_go_live is is_live and judged.opens_date is not None
    ]
    prefix = f"the go-live date passed on {_day(case.go_live)}; " if is_live else ""
    if not waiting:
        return f"NOT OPEN: {prefix}no gate is left to open"
    return f"NOT OPEN: {prefix}the next gate opens on {_day(min(waiting))}"


def _reasons(judgement: Judgement) -> str:
    findings, counts = judgement.findings, judgement.counts
    if not set(counts) - {FindingState.NOT_APPLICABLE}:
        parts = ["there is no criterion to judge"]
    elif judgement.verdict is Verdict.NO_GO:
        parts = _hard_misses(findings)
    elif judgement.verdict is Verdict.CONDITIONAL:
        parts = _reservations(findings, counts)
    else:
        parts = [_all_met(counts[FindingState.MET])]
    if judgement.verdict is Verdict.NO_GO and counts[FindingState.ACCEPTED]:
        parts.append(_risks(counts[FindingState.ACCEPTED]))
    if counts[FindingState.NOT_APPLICABLE]:
        parts.append(f"{counts[FindingState.NOT_APPLICABLE]} not applicable")
    return ", ".join(parts)


def _hard_misses(findings: Iterable[Finding]) -> list[str]:
    counts = counts_of(finding for finding in findings if finding.is_blocking)
    parts: list[str] = []
    for state in _BLOCKING_ORDER:
        if counts[state]:
            noun = "" if parts else f"hard {'criterion' if counts[state] == 1 else 'criteria'} "
            parts.append(f"{counts[state]} {noun}{_STATE_WORDS[state]}")
    return parts or ["a gate is without criteria"]


def _reservations(findings: Iterable[Finding], counts: Counter[str]) -> list[str]:
    soft = sum(finding.state in BLOCKING for finding in findings)
    parts = []
    if counts[FindingState.AT_RISK]:
        parts.append(f"{counts[FindingState.AT_RISK]} at risk")
    if soft:
        parts.append(f"{soft} soft {'criterion' if soft == 1 else 'criteria'} not met")
    if counts[FindingState.ACCEPTED]:
        parts.append(_risks(counts[FindingState.ACCEPTED]))
    return parts


def _risks(number: int) -> str:
    return f"{number} {'risk' if number == 1 else 'risks'} accepted"


def _all_met(number: int) -> str:
    return "the one criterion is met" if number == 1 else f"all {number} criteria met"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def wants_action(finding: Finding) -> bool:
    """Say whether a finding stands between the gate and a GO."""
    return finding.state not in SETTLED


def by_urgency(findings: Iterable[Finding]) -> list[Finding]:
    """Return what must happen, first what blocks: hard misses, soft misses, risks, accepted."""
    return sorted(filter(wants_action, findings), key=_urgency)


def _urgency(finding: Finding) -> tuple[int, int]:
    if finding.is_blocking:
        return 0, _BLOCKING_ORDER.index(finding.state)
    if finding.state in BLOCKING:
        return 1, _BLOCKING_ORDER.index(finding.state)
    return (2, 0) if finding.state is FindingState.AT_RISK else (3, 0)
