"""Every filter over the gate's rows, each with a name."""

from readiness.querysets.judged import (
    JudgedLine,
    NightQuerySet,
    SnapshotQuerySet,
    due_again,
    judged_at,
    judged_lines,
    policies_in_force,
    portfolio_ground,
    with_gate_ground,
    with_history_version,
)
from readiness.querysets.said import (
    AcceptanceQuerySet,
    AcceptanceRequestQuerySet,
    CaveatResolutionQuerySet,
    ColourRow,
    ReportedReadingQuerySet,
    ReportedStatusQuerySet,
    ReportRow,
    accepted_scenarios,
    metric_kinds,
    newest_colours,
    newest_reports,
)
from readiness.querysets.weeks import count_beside_before, within

__all__ = [
    "AcceptanceQuerySet",
    "AcceptanceRequestQuerySet",
    "CaveatResolutionQuerySet",
    "ColourRow",
    "JudgedLine",
    "NightQuerySet",
    "ReportRow",
    "ReportedReadingQuerySet",
    "ReportedStatusQuerySet",
    "SnapshotQuerySet",
    "accepted_scenarios",
    "count_beside_before",
    "due_again",
    "judged_at",
    "judged_lines",
    "metric_kinds",
    "newest_colours",
    "newest_reports",
    "policies_in_force",
    "portfolio_ground",
    "with_gate_ground",
    "with_history_version",
    "within",
]
