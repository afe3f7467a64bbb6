"""Meetings, who came, and what the sponsor wrote: how the record tells it."""

from governance.choices import RecordKind
from governance.models import (
    Attendance,
    Meeting,
    MeetingMinutes,
    SponsorStatement,
    StatementAcknowledgement,
)
from governance.record.canonical import canonical
from governance.record.witnessing import Told, Witness, id_of


def _meeting(row: Meeting) -> Told:
    terms = {
        "starts_at": row.starts_at,
        "by": id_of(row.called_by),
        "called_at": row.called_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"title": row.title, "place": row.place})


def _minutes(row: MeetingMinutes) -> Told:
    terms = {
        "meeting": id_of(row.meeting),
        "was_held": row.was_held,
        "chair": id_of(row.chair),
        "points": len(row.agenda),
        "by": id_of(row.written_by),
        "written_at": row.written_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"notes": row.notes, "agenda": canonical(row.agenda) if row.agenda else ""})


def _attendance(row: Attendance) -> Told:
    terms = {
        "minutes": id_of(row.minutes),
        "account": id_of(row.account),
        "presence": row.presence,
        "recorded_at": row.recorded_at,
    }
    return Told(terms)


def _statement(row: SponsorStatement) -> Told:
    terms = {
        "by": id_of(row.written_by),
        "written_at": row.written_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"text": row.text})


def _acknowledgement(row: StatementAcknowledgement) -> Told:
    terms = {
        "statement": id_of(row.statement),
        "by": id_of(row.account),
        "acknowledged_at": row.acknowledged_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms)


WITNESSED = (
    Witness(
        kind=RecordKind.MEETING_CALLED,
        model=Meeting,
        noun="meeting",
        tell=_meeting,
        by="called_by",
        related=("called_by",),
    ),
    Witness(
        kind=RecordKind.MEETING_MINUTED,
        model=MeetingMinutes,
        noun="minutes",
        tell=_minutes,
        by="written_by",
        related=("meeting", "chair", "written_by"),
    ),
    Witness(
        kind=RecordKind.MEETING_ATTENDED,
        model=Attendance,
        noun="attendance",
        tell=_attendance,
        related=("minutes", "account"),
    ),
    Witness(
        kind=RecordKind.STATEMENT_WRITTEN,
        model=SponsorStatement,
        noun="sponsor_statement",
        tell=_statement,
        by="written_by",
        related=("written_by",),
    ),
    Witness(
        kind=RecordKind.STATEMENT_ACKNOWLEDGED,
        model=StatementAcknowledgement,
        noun="acknowledgement",
        tell=_acknowledgement,
        by="account",
        related=("statement", "account"),
    ),
)
