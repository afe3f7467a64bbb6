"""Gates and readings that the tests of a whole project share."""

from readiness.choices import ReportedColour, Verdict
from readiness.policy.outcomes import ProjectJudgement
from tests.readiness.policy.cases import (
    count_criterion,
    criterion,
    gate,
    share_reading,
    yes_criterion,
)

GOOD, BAD = share_reading(10, 10), share_reading(1, 10)
SCENARIOS = gate("G3", criterion())
DEFECTS = gate("G5", count_criterion())
HYPERCARE = gate(
    "G7", yes_criterion(key="HX-12", metric="sign.handover"), opens_days=-14, after_go_live=True
)
GREEN, RED = ReportedColour.GREEN, ReportedColour.RED


def verdicts(judged: ProjectJudgement) -> dict[str, Verdict]:
    """Return gate -> verdict."""
    return {each.gate.key: each.verdict for each in judged.gates}
