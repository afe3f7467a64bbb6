"""Tell people that a decision waits for them, or that what they waited for is decided."""

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from governance.choices import NoticeKind, RecordKind
from governance.models import (
    Decision,
    DecisionOption,
    DecisionOutcome,
    Dependency,
    RecordEntry,
    User,
)
from governance.outbox import News, tell
from governance.services.seating import executives_of


def tell_waiting(decision: Decision, *, at: datetime, by: User | None = None) -> None:
    """Tell the decider, or every executive where nobody is named, that a decision waits.

    One that waits for another decision is told once that one is decided; one's own question
    is no news.
    """
    if Decision.objects.filter(project=decision.project_id).before_decision(decision).waiting():
        return
    news = News(
        kind=NoticeKind.DECISION_WAITS,
        noun="decision",
        subject_id=decision.public_id,
        title=str(decision),
        key=f"decision:{decision.public_id}:waits",
        happened_at=at,
        due_at=_due_at(decision),
        is_urgent=decision.blocks_go_live,
    )
    deciders = [decision.decider] if decision.decider else executives_of(decision.project)
    accounts = [each for each in deciders if by is None or each.pk != by.pk]
    tell(news, accounts=accounts, project=decision.project)


def tell_decided(outcome: DecisionOutcome, *, by: User) -> None:
    """Tell whoever raised the question, advised or waited for it, and the next deciders."""
    decision = outcome.decision
    news = News(
        kind=NoticeKind.DECIDED,
        noun="decision",
        subject_id=decision.public_id,
        title=str(decision),
        key=f"decision:{decision.public_id}:decided",
        happened_at=outcome.decided_at,
    )
    concerned = {each.pk for each in _concerned(decision) if each and each.pk != by.pk}
    accounts = User.objects.filter(
        pk__in=concerned,
        participations__project=decision.project_id,
        participations__ended_at__isnull=True,
    )
    tell(news, accounts=accounts.distinct(), project=decision.project)
    waiting = Decision.objects.filter(project=decision.project_id).after_decision(decision)
    for row in waiting.waiting().select_related("project", "decider").order_by("pk"):
        tell_waiting(row, at=outcome.decided_at)


def _concerned(decision: Decision) -> Iterable[User | None]:
    raised = RecordEntry.objects.filter(
        project=decision.project_id,
        kind=RecordKind.DECISION_RAISED,
        subject_id=decision.public_id,
    )
    yield from (entry.actor for entry in raised.select_related("actor"))
    options = DecisionOption.objects.filter(decision=decision)
    yield from (row.offered_by for row in options.select_related("offered_by"))
    noted = Dependency.objects.filter(decision=decision)
    yield from (row.noted_by for row in noted.select_related("noted_by"))
    for process in decision.blocked_processes.select_related("accountable__owner"):
        yield process.accountable.owner if process.accountable else None


def _due_at(decision: Decision) -> datetime | None:
    """Return the end of the day by which it is needed, in the project's own zone."""
    if decision.due_date is None:
        return None
    zone = ZoneInfo(decision.project.time_zone)
    return datetime.combine(decision.due_date, time.max, tzinfo=zone)
