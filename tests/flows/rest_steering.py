"""A meeting with minutes, and a statement that somebody acknowledged, for the walk over REST."""

from governance.choices import Presence
from governance.models import (
    Attendance,
    Decision,
    DecisionOutcome,
    Meeting,
    MeetingMinutes,
    Project,
    SponsorStatement,
    StatementAcknowledgement,
    User,
)
from tests.factories import NOW

POINT = {"kind": "DECISION", "title": "", "href": "/", "since": NOW.isoformat(), "who": ""}


def add_meetings(project: Project, actor: User, mark: str) -> None:
    """Write one of each whose words carry a mark."""
    scope = {"organisation_id": project.organisation_id, "project": project}
    meeting = Meeting.objects.create(
        **scope, title=mark, place=mark, starts_at=NOW, called_by=actor, called_at=NOW
    )
    minutes = MeetingMinutes.objects.create(
        **scope,
        meeting=meeting,
        was_held=True,
        chair=actor,
        notes=mark,
        agenda=[{**POINT, "title": mark, "due": "2026-06-02"}],
        written_by=actor,
        written_at=NOW,
    )
    Attendance.objects.create(**scope, minutes=minutes, account=actor, presence=Presence.PRESENT)
    decision = Decision.objects.create(**scope, code="DEC-M", title=mark, raised_at=NOW)
    DecisionOutcome.objects.create(
        **scope,
        decision=decision,
        outcome=mark,
        meeting=meeting,
        decided_by=actor,
        decided_affiliation="CLIENT",
        decided_at=NOW,
    )
    statement = SponsorStatement.objects.create(
        **scope, text=mark, written_by=actor, written_at=NOW
    )
    StatementAcknowledgement.objects.create(
        **scope, statement=statement, account=actor, acknowledged_at=NOW
    )
