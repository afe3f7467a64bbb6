"""Read what people and other systems reported: figures with a time to live, and colours."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from governance.readings import Reading, ReadingKind, Readings
from readiness.choices import ReportedColour
from readiness.policy.terms import PROJECT_ITEM
from readiness.querysets import ReportRow, metric_kinds, newest_colours, newest_reports


def measure_reports(*, project_ids: Collection[int], as_of: datetime) -> Readings:
    """Return the newest reported figure of each metric, with the moment it stops counting."""
    readings = Readings()
    kinds = metric_kinds()
    for row in newest_reports(project_ids=project_ids, as_of=as_of):
        reading = _reading(row, kinds.get(row.metric, ReadingKind.COUNT))
        readings.put(row.project_id, reading, process_id=row.process_id)
    return readings


def _reading(row: ReportRow, kind: str) -> Reading:
    is_share = row.value is None
    return Reading(
        metric=row.metric,
        kind=ReadingKind.SHARE if is_share else _kind_of_value(kind),
        as_of=row.reported_at,
        done=row.done if is_share else None,
        due=row.due if is_share else None,
        value=row.value,
        population=(row.due or 0) if is_share else 1,
        expires_at=row.reported_at + timedelta(days=row.ttl_days),
        source=row.source_system,
    )


def _kind_of_value(kind: str) -> ReadingKind:
    """Return how a single figure is read; a share is never one."""
    return ReadingKind.COUNT if kind == ReadingKind.SHARE else ReadingKind(kind)


def reported_colours(
    *, project_ids: Collection[int], as_of: datetime
) -> dict[int, dict[str, ReportedColour]]:
    """Return project id -> gate key, or PROJECT_ITEM -> the colour reported last."""
    colours: defaultdict[int, dict[str, ReportedColour]] = defaultdict(dict)
    for row in newest_colours(project_ids=project_ids, as_of=as_of):
        colours[row.project_id][row.gate_key or PROJECT_ITEM] = ReportedColour(row.colour)
    return dict(colours)
