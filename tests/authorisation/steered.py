"""Meetings and what the sponsor wrote: one of each, with everything that hangs on it."""

from datetime import timedelta
from uuid import uuid4

from governance.choices import Presence
from governance.models import (
    Attendance,
    Meeting,
    MeetingMinutes,
    SponsorStatement,
    StatementAcknowledgement,
)
from readiness.choices import Paper
from readiness.models import Review
from tests.authorisation.stock import Stock
from tests.factories import EARLY
from tests.signing import LATER


def fill(stock: Stock) -> None:
    """Write a meeting that has been and has minutes, and a statement that counts."""
    began = LATER - timedelta(days=1)
    meeting = Meeting.objects.create(
        **stock.scope, title="Steering", place="Room", starts_at=began, called_by=stock.lead,
        called_at=EARLY,
    )  # fmt: skip
    stock.keep("meeting", meeting)
    minutes = MeetingMinutes.objects.create(
        **stock.scope, meeting=meeting, was_held=True, chair=stock.sponsor, notes="Said",
        written_by=stock.lead, written_at=LATER - timedelta(hours=9),
    )  # fmt: skip
    Attendance.objects.create(
        **stock.scope, minutes=minutes, account=stock.sponsor, presence=Presence.PRESENT
    )
    statement = SponsorStatement.objects.create(
        **stock.scope, text="Expected", written_by=stock.sponsor, written_at=EARLY
    )
    stock.keep("statement", statement)
    StatementAcknowledgement.objects.create(
        **stock.scope, statement=statement, account=stock.owner, acknowledged_at=EARLY
    )
    Review.objects.create(
        **stock.scope, account=stock.sponsor, judgement=uuid4(), judged_at=EARLY,
        paper=Paper.PAGE, opened_at=EARLY,
    )  # fmt: skip
