"""Tell people what is overdue since they were told of it, and take back what is done meanwhile.

Both look at rows, not at events: whoever comes next, or twice, tells nothing twice.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from governance.choices import NoticeKind
from governance.models import Decision, Notice, Project, RaidItem, User
from governance.outbox import News, settle, tell
from governance.services.seating import executives_of, project_managers_of

URGENT_FOR = timedelta(days=3)
"""What is overdue for longer is no surprise: it comes with the mail of the day."""
ABOUT_DECISIONS = (NoticeKind.DECISION_WAITS, NoticeKind.DECISION_OVERDUE)


def remind(*, now: datetime) -> int:
    """Tell of decisions that are overdue and promises that nobody confirms; return how many."""
    told = set(
        Notice.objects.of_kinds([NoticeKind.DECISION_OVERDUE, NoticeKind.CONFIRMATION_STALE])
        .waiting()
        .values_list("key", flat=True)
    )
    reminders = [*_overdue_decisions(now), *_stale_confirmations(now)]
    number = 0
    for project, news, accounts in reminders:
        if news.key not in told:
            with transaction.atomic():
                number += tell(news, accounts=accounts, project=project)
    return number


def settle_answered(*, now: datetime) -> int:
    """Settle what people were told of decisions that do not wait any more, however that came."""
    open_ones = Notice.objects.of_kinds(ABOUT_DECISIONS).waiting()
    asked = set(open_ones.values_list("subject_id", flat=True))
    if not asked:
        return 0
    waits = Decision.objects.waiting().filter(public_id__in=asked)
    waiting = {str(public_id) for public_id in waits.values_list("public_id", flat=True)}
    gone = [each for each in open_ones.select_related("project") if each.subject_id not in waiting]
    return sum(
        settle(
            project=each.project,
            noun=each.subject_noun,
            subject_id=each.subject_id,
            settled_at=now,
            kinds=ABOUT_DECISIONS,
        )
        for each in gone
    )


def _running_by_zone() -> dict[str, list[Project]]:
    found: dict[str, list[Project]] = {}
    for project in Project.objects.running().select_related("organisation"):
        found.setdefault(project.time_zone, []).append(project)
    return found


Reminder = tuple[Project, News, Iterable[User | None]]


def _overdue_decisions(now: datetime) -> Iterator[Reminder]:
    deciding = cache(executives_of)
    for name, projects in _running_by_zone().items():
        zone = ZoneInfo(name)
        today = now.astimezone(zone).date()
        late = Decision.objects.waiting().overdue_on(today).filter(project__in=projects)
        for row in late.select_related("project__organisation", "decider"):
            due_at = _end_of(row.due_date, zone)
            news = News(
                kind=NoticeKind.DECISION_OVERDUE,
                noun="decision",
                subject_id=row.public_id,
                title=str(row),
                key=f"decision:{row.public_id}:overdue:{row.due_date}",
                happened_at=due_at,
                due_at=due_at - timedelta(seconds=1),
                is_urgent=row.blocks_go_live and now - due_at <= URGENT_FOR,
            )
            yield row.project, news, [row.decider] if row.decider else deciding(row.project)


def _stale_confirmations(now: datetime) -> Iterator[Reminder]:
    managing = cache(project_managers_of)
    projects = Project.objects.running()
    stale = RaidItem.objects.stale_at(now).filter(project__in=projects)
    rows: Iterable[Any] = stale.select_related("project__organisation", "owner")
    for row in rows:
        said = row.said_at
        news = News(
            kind=NoticeKind.CONFIRMATION_STALE,
            noun="raid",
            subject_id=row.public_id,
            title=str(row),
            key=f"raid:{row.public_id}:stale:{said.date() if said else 'never'}",
            happened_at=now,
        )
        yield row.project, news, [row.owner] if row.owner else managing(row.project)


def _end_of(day: date | None, zone: ZoneInfo) -> datetime:
    return datetime.combine((day or date.min) + timedelta(days=1), time.min, tzinfo=zone)
