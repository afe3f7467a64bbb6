"""Plain terms for tests of the policy: one honest criterion, changed by what a test says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from governance.readings import Reading, ReadingKind
from readiness.choices import Comparison, ReportedColour
from readiness.policy.terms import (
    AcceptanceTerms,
    CriterionTerms,
    ExemptionTerms,
    GateTerms,
    ProjectCase,
)

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
INSTANT = timedelta(microseconds=1)
DAY = timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")
GO_LIVE = date(2026, 6, 15)

CRITERION = CriterionTerms(
    key="UX-01",
    gate="G3",
    metric="uat.exec_pct",
    kind=ReadingKind.SHARE,
    comparison=Comparison.AT_LEAST,
    target=Decimal(100),
    warn=Decimal(98),
    hard=True,
    due_days=28,
    wording="Every scenario was run.",
    noun=("scenario", "scenarios"),
    says="{missing} of {due_noun} without a run by a client user",
    todo="Have client users run {need_noun} more.",
)


def criterion(**fields: Any) -> CriterionTerms:
    """Return the criterion with some fields changed; numbers may be plain."""
    for name in ("target", "warn"):
        if fields.get(name) is not None:
            fields[name] = Decimal(str(fields[name]))
    if "glide" in fields:
        fields["glide"] = tuple((days, Decimal(str(number))) for days, number in fields["glide"])
    return replace(CRITERION, **fields)


def count_criterion(**fields: Any) -> CriterionTerms:
    """Return a criterion that wants a count of at most nothing."""
    fields = {
        "key": "UX-04",
        "metric": "def.open_s1s2",
        "kind": ReadingKind.COUNT,
        "comparison": Comparison.AT_MOST,
        "target": 0,
        "warn": None,
        "noun": ("defect", "defects"),
        "says": "{value_noun} open",
        "todo": "Close {need_noun}.",
    } | fields
    return criterion(**fields)


def yes_criterion(**fields: Any) -> CriterionTerms:
    """Return a criterion that wants a yes."""
    fields = {
        "key": "UX-18",
        "metric": "uat.closure_signed",
        "kind": ReadingKind.YES_NO,
        "comparison": Comparison.IS_TRUE,
        "target": 1,
        "warn": None,
        "says": "The report is not signed",
        "todo": "Sign the report.",
    } | fields
    return criterion(**fields)


def share_reading(done: int, due: int, metric: str = "uat.exec_pct", **fields: Any) -> Reading:
    """Return done of due."""
    fields.setdefault("population", due)
    return Reading(metric, ReadingKind.SHARE, NOW, done=done, due=due, **fields)


def value_reading(
    value: object,
    metric: str = "def.open_s1s2",
    kind: ReadingKind = ReadingKind.COUNT,
    **fields: Any,
) -> Reading:
    """Return one number over ten rows."""
    fields.setdefault("population", 10)
    return Reading(metric, kind, NOW, value=Decimal(str(value)), **fields)


def table(*readings: Reading) -> dict[str, Reading]:
    """Return metric -> reading."""
    return {reading.metric: reading for reading in readings}


def acceptance(key: str = "UX-01", **fields: Any) -> AcceptanceTerms:
    """Return an acceptance in force since yesterday and for a week."""
    terms: dict[str, Any] = {
        "id": 7,
        "criterion": key,
        "approver": "Ada Sponsor",
        "accepted_at": NOW - DAY,
        "expires_at": NOW + 7 * DAY,
    }
    return AcceptanceTerms(**(terms | fields))


def exemption(key: str = "UX-01", **fields: Any) -> ExemptionTerms:
    """Return an exemption with reason and approver, approved yesterday."""
    terms: dict[str, Any] = {
        "criterion": key,
        "reason": "No warehouse in scope",
        "approver": "Ada Sponsor",
        "approved_at": NOW - DAY,
    }
    return ExemptionTerms(**(terms | fields))


def gate(key: str, *criteria: CriterionTerms, **fields: Any) -> GateTerms:
    """Return a gate that is open eight weeks before go-live; its digest tells it apart."""
    terms: dict[str, Any] = {
        "key": key,
        "name": f"Gate {key}",
        "opens_days": 56,
        "criteria": criteria,
        "digest": repr((key, criteria, sorted(fields.items()))),
    }
    return GateTerms(**(terms | fields))


def case(
    *gates: GateTerms,
    readings: Mapping[str, Reading] | None = None,
    reported: Mapping[str, ReportedColour] | None = None,
    **fields: Any,
) -> ProjectCase:
    """Return a project two weeks before go-live."""
    terms: dict[str, Any] = {"as_of": NOW, "zone": BERLIN, "go_live": GO_LIVE}
    return ProjectCase(
        gates=gates, readings=readings or {}, reported=reported or {}, **(terms | fields)
    )
