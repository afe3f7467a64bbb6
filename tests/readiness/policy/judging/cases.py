"""One criterion judged, and the states it is found in."""

from governance.readings import Reading, ReadingKind
from readiness.choices import FindingState
from readiness.policy.judging import judge
from readiness.policy.outcomes import Finding
from readiness.policy.terms import CriterionTerms
from tests.readiness.policy.cases import NOW, table

MET, AT_RISK, MISSED = FindingState.MET, FindingState.AT_RISK, FindingState.MISSED
YES_NO = ReadingKind.YES_NO


def found(terms: CriterionTerms, reading: Reading | None, days_left: int = 0) -> Finding:
    """Return the one finding of one criterion."""
    readings = {} if reading is None else table(reading)
    (finding,) = judge([terms], readings, [], as_of=NOW, days_left=days_left).findings
    return finding
