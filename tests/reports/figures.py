"""Figures for tests of the paper: readings of the built-in policy, judged purely."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from governance.readings import Reading, ReadingKind, count, share, yes_no
from readiness.choices import Comparison, ReportedColour
from readiness.imports.policies import built_in_policy
from readiness.policy.hashing import digest_of
from readiness.policy.outcomes import ProjectJudgement
from readiness.policy.projects import judge_project
from readiness.policy.terms import (
    PROJECT_ITEM,
    AcceptanceTerms,
    CriterionTerms,
    ExemptionTerms,
    GateTerms,
    ProjectCase,
)
from tests.factories import GO_LIVE

BERLIN = "Europe/Berlin"
REASON = "The two missing deputies start in July; the sponsor stands in for them until then."
CONTROL = "Weekly review by the sponsor; purchases above 50,000 EUR are approved twice."


def long_gate(number: int) -> GateTerms:
    """Return the gate that ends acceptance testing, with so many criteria."""
    gate = next(gate for gate in built_in_policy().gates if gate.key == "G3")
    criteria = [
        replace(gate.criteria[place % len(gate.criteria)], key=f"UX-{place + 1:03d}")
        for place in range(number)
    ]
    return replace(gate, criteria=tuple(criteria), digest=digest_of(f"long {number}"))


def judged_figures(
    gates: tuple[GateTerms, ...], *, as_of: datetime, progress: float
) -> ProjectJudgement:
    """Return a judgement with two accepted risks and one criterion that does not apply."""
    case = ProjectCase(
        as_of=as_of,
        zone=ZoneInfo(BERLIN),
        go_live=GO_LIVE,
        gates=gates,
        readings=_readings(gates, as_of, progress),
        exemptions=(
            ExemptionTerms(
                criterion="DX-13",
                reason="No customisation is planned.",
                approver="Ada Brandt",
                approved_at=as_of - timedelta(days=90),
            ),
        ),
        reported={PROJECT_ITEM: ReportedColour.GREEN},
    )
    misses = [
        finding.criterion
        for gate in judge_project(case).gates
        for finding in gate.findings
        if finding.is_blocking
    ]
    accepted = [_acceptance(number, each, as_of) for number, each in enumerate(misses[:2])]
    return judge_project(replace(case, acceptances=tuple(accepted)))


def _acceptance(number: int, criterion: CriterionTerms, as_of: datetime) -> AcceptanceTerms:
    return AcceptanceTerms(
        id=number + 1,
        criterion=criterion.key,
        approver="Ada Brandt",
        approver_role="Sponsor",
        accepted_at=as_of - timedelta(days=20),
        expires_at=as_of + timedelta(days=5 + 20 * number),
        reason=REASON,
        control=CONTROL,
    )


def _readings(gates: tuple[GateTerms, ...], as_of: datetime, progress: float) -> dict[str, Reading]:
    luck = Random(7)  # noqa: S311 - the same figures in every run
    found = {}
    for gate in gates:
        for criterion in gate.criteria:
            known, good = luck.random() > 0.06, luck.random() < progress
            size = luck.choice([12, 60, 350, 412])
            if known:
                found[criterion.metric] = _reading(criterion, as_of, good, size)
    return found


def _reading(criterion: CriterionTerms, as_of: datetime, good: bool, size: int) -> Reading:
    metric, target = criterion.metric, criterion.target
    if criterion.kind is ReadingKind.SHARE:
        return share(metric, done=size if good else size * 4 // 5, due=size, as_of=as_of)
    if criterion.kind is ReadingKind.YES_NO:
        return yes_no(metric, value=good, as_of=as_of)
    if criterion.kind is ReadingKind.COUNT:
        least = int(target) if criterion.comparison is not Comparison.LESS_THAN else 0
        return count(metric, value=least if good else size // 12, population=350, as_of=as_of)
    value = target if good else target * Decimal("1.6") + Decimal("0.5")
    return Reading(metric, criterion.kind, as_of, value=value, population=20)
