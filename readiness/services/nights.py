"""The night: every project is judged once for each of its local days.

The database is the schedule. Whoever calls `catch_up` writes the nights that are due and
judges those not judged yet; a second caller finds the same rows and the same snapshots.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from governance.choices import Phase
from governance.models import Project
from readiness.choices import NightState, SnapshotTrigger
from readiness.models import Night, Snapshot

Judge = Callable[..., list[Snapshot]]
"""Judges as `evaluate_gates` does; its list may carry `failures`, the reasons by project."""

LATE_AFTER = timedelta(minutes=30)
LOOK_BACK_DAYS = 31
MOST_ATTEMPTS = 5
MOMENT = timedelta(microseconds=1)
AT_ONCE = 200
UNKNOWN_REASON = "This project could not be judged; see the log."

log = logging.getLogger(__name__)


def start_of(day: date, *, zone: ZoneInfo) -> datetime:
    """Return the first instant of a local day, in UTC; days of 23 and 25 hours included."""
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def end_of(day: date, *, zone: ZoneInfo) -> datetime | None:
    """Return the last instant of a local day in UTC, or None where the zone skipped it."""
    first, following = start_of(day, zone=zone), start_of(day + timedelta(days=1), zone=zone)
    return following - MOMENT if following > first else None


def plan_nights(*, now: datetime) -> int:
    """Write the nights that have ended and have no row yet; return how many.

    A project starts with the first local day that ended after it was opened.
    """
    planned = Night.objects.newest_days()
    rows = [
        night
        for project in Project.objects.exclude(phase=Phase.CLOSED)
        for night in _nights_of(project, planned.get(project.pk), now)
    ]
    Night.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def judge_due_nights(*, now: datetime, judge: Judge) -> int:
    """Judge every night that is due, oldest first, in batches of one moment.

    A project that cannot be judged keeps its night FAILED with the reason and is tried
    again at the next sweep, `MOST_ATTEMPTS` times at most; the others go on.
    """
    waiting = Night.objects.waiting(attempts=MOST_ATTEMPTS)
    return _judge(waiting, now=now, judge=judge, trigger=SnapshotTrigger.NIGHT)


def backfill_nights(
    *, projects: Iterable[Project], first: date, last: date, now: datetime, judge: Judge
) -> int:
    """Judge past nights on purpose, from dated facts; such nights are not called late."""
    rows = [
        night
        for project in projects
        for night in _nights_between(project, first, last)
        if night.due_at < now
    ]
    Night.objects.bulk_create(rows, ignore_conflicts=True)
    due = Night.objects.between(
        project_ids={night.project_id for night in rows}, first=first, last=last
    )
    return _judge(due, now=now, judge=judge, trigger=SnapshotTrigger.BACKFILL)


def _judge(
    nights: Iterable[Night], *, now: datetime, judge: Judge, trigger: SnapshotTrigger
) -> int:
    batches: dict[datetime, list[Night]] = defaultdict(list)
    for night in nights:
        batches[night.due_at].append(night)
    done = 0
    for due_at in sorted(batches):
        is_late = trigger == SnapshotTrigger.NIGHT and now - due_at > LATE_AFTER
        terms = {"as_of": due_at, "trigger": trigger, "is_late": is_late}
        done += _judge_batch(batches[due_at], terms, now, judge)
    return done


def catch_up(*, now: datetime, judge: Judge) -> int:
    """Plan and judge whatever nights are due; return how many were judged."""
    plan_nights(now=now)
    return judge_due_nights(now=now, judge=judge)


def _nights_of(project: Project, newest: date | None, now: datetime) -> Iterator[Night]:
    zone = _zone_of(project)
    yesterday = now.astimezone(zone).date() - timedelta(days=1)
    opened = project.created_at.astimezone(zone).date()
    first = max(newest + timedelta(days=1) if newest else opened, _oldest(yesterday))
    yield from _nights_between(project, first, yesterday)


def _nights_between(project: Project, first: date, last: date) -> Iterator[Night]:
    zone = _zone_of(project)
    for day in _days(first, last):
        last_instant = end_of(day, zone=zone)
        if last_instant is not None:
            yield Night(
                organisation_id=project.organisation_id,
                project=project,
                local_day=day,
                due_at=last_instant,
            )


def _zone_of(project: Project) -> ZoneInfo:
    """Return the project's zone; UTC for one that does not exist, so that its night can fail."""
    try:
        return ZoneInfo(project.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def _oldest(yesterday: date) -> date:
    return yesterday - timedelta(days=LOOK_BACK_DAYS - 1)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _judge_batch(nights: list[Night], terms: dict[str, Any], now: datetime, judge: Judge) -> int:
    """Judge the projects of one moment and write down how each night ended."""
    judged: list[Snapshot] = []
    try:
        judged = judge(project_ids=[night.project_id for night in nights], **terms)
    except Exception:
        log.exception("the night of %s could not be judged", terms["as_of"])
    done = {snapshot.project_id for snapshot in judged}
    rows = Night.objects.filter(pk__in=[night.pk for night in nights if night.project_id in done])
    rows.close(as_of=terms["as_of"], now=now, is_late=terms["is_late"])
    reasons: dict[int, str] = getattr(judged, "failures", {})
    failed = [night for night in nights if night.project_id not in done]
    for night in failed:
        night.attempts += 1
        night.computed_at = now
        night.is_late = terms["is_late"]
        night.state = NightState.FAILED
        night.error = reasons.get(night.project_id, UNKNOWN_REASON)
    Night.objects.bulk_update(
        failed, ["attempts", "computed_at", "is_late", "state", "error"], AT_ONCE
    )
    return len(done)
