"""Steering meetings and what the sponsor wrote, for tests that look at every page."""

from datetime import timedelta
from typing import Any

from governance.choices import Presence
from governance.models import (
    Attendance,
    Meeting,
    MeetingMinutes,
    SponsorStatement,
    StatementAcknowledgement,
)
from tests.questions import decide, make_decision
from tests.signing import LATER, Desk


def fill_meetings(desk: Desk) -> None:
    """Add a meeting ahead, one that was held and decided something, and a statement."""
    cast = desk.cast
    row: dict[str, Any] = {"organisation": cast.client, "project": cast.project}
    number = Meeting.objects.count()
    called = {**row, "called_by": cast.sponsor, "called_at": LATER - timedelta(days=30)}
    ahead = LATER + timedelta(days=7, minutes=number)
    Meeting.objects.create(**called, title=f"Ahead {number}", starts_at=ahead)
    began = LATER - timedelta(days=9, minutes=number)
    held = Meeting.objects.create(**called, title=f"Held {number}", starts_at=began)
    minutes = MeetingMinutes.objects.create(
        **row,
        meeting=held,
        was_held=True,
        chair=cast.sponsor,
        written_by=cast.project_manager,
        written_at=began + timedelta(days=1),
    )
    for account in (cast.sponsor, cast.consultant):
        Attendance.objects.create(
            **row, minutes=minutes, account=account, presence=Presence.PRESENT
        )
    decision = make_decision(project=cast.project, code=f"M-{number}")
    decide(decision, by=cast.sponsor, at=began, meeting=held)
    meeting_of(desk)
    statement = SponsorStatement.objects.create(
        **row,
        text=f"Testing comes first, {number}.",
        written_by=cast.sponsor,
        written_at=LATER - timedelta(days=5),
    )
    StatementAcknowledgement.objects.create(
        **row,
        statement=statement,
        account=cast.consultant,
        acknowledged_at=LATER - timedelta(days=4),
    )


def meeting_of(desk: Desk) -> tuple[Meeting]:
    """Return a meeting that has begun and that nobody has minuted."""
    cast = desk.cast
    row, _ = Meeting.objects.get_or_create(
        organisation=cast.client,
        project=cast.project,
        title="Not minuted",
        starts_at=LATER - timedelta(hours=1),
        called_by=cast.sponsor,
        called_at=LATER - timedelta(days=1),
    )
    return (row,)


def minutes_of(desk: Desk) -> dict[str, Any]:
    """Return what somebody enters of it besides: the sponsor was there and chaired."""
    sponsor = desk.cast.sponsor.public_id
    guest = desk.cast.business_user.public_id
    return {
        "was_held": "held",
        "chair": sponsor,
        f"came_{sponsor}": "PRESENT",
        "guests": [guest],
    }
