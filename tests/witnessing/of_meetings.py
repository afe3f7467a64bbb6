"""The acts around meetings and the sponsor, each carried out through its service."""

from collections.abc import Callable
from typing import Any

from governance.choices import Presence, RecordKind
from governance.models import Meeting, MeetingMinutes, SponsorStatement
from governance.services import expectations, meetings
from readiness.choices import Paper
from readiness.services.evaluation import evaluate_gates
from readiness.services.reviews import note_review
from tests.factories import NOW
from tests.witnessing.places import LATER, Place

POINT = {"kind": "DECISION", "title": "D-001 Which plant?", "href": "/p/1/", "days": 3}


def _meeting(place: Place) -> Meeting:
    call = meetings.Call(title="Steering in June", place="Room 4", starts_at=NOW)
    by = place.cast.project_manager
    return meetings.call_meeting(project=place.cast.project, call=call, called_by=by, called_at=NOW)


def _minutes(place: Place) -> MeetingMinutes:
    came = {place.cast.sponsor: Presence.PRESENT, place.cast.consultant: Presence.ABSENT}
    written = meetings.Minutes(
        was_held=True,
        chair=place.cast.sponsor,
        notes="The date stays.",
        attendance=came,
        agenda=[POINT],
    )
    by = place.cast.project_manager
    return meetings.write_minutes(
        meeting=_meeting(place), minutes=written, written_by=by, written_at=LATER
    )


def _attendance(place: Place) -> Any:
    return _minutes(place).attendances.earliest("pk")


def _statement(place: Place) -> SponsorStatement:
    said = "Testing comes before the quarter's end. I clear the calendars."
    return expectations.write_statement(
        project=place.cast.project, text=said, written_by=place.cast.sponsor, written_at=NOW
    )


def _acknowledgement(place: Place) -> Any:
    by = place.cast.consultant
    return expectations.acknowledge(statement=_statement(place), account=by, acknowledged_at=LATER)


def _review(place: Place) -> Any:
    (snapshot,) = evaluate_gates(project_ids=[place.cast.project.pk], as_of=NOW)
    return note_review(
        snapshot=snapshot, account=place.cast.sponsor, paper=Paper.PAGE, opened_at=LATER
    )


ACTS: dict[RecordKind, Callable[[Place], Any]] = {
    RecordKind.MEETING_CALLED: _meeting,
    RecordKind.MEETING_MINUTED: _minutes,
    RecordKind.MEETING_ATTENDED: _attendance,
    RecordKind.STATEMENT_WRITTEN: _statement,
    RecordKind.STATEMENT_ACKNOWLEDGED: _acknowledgement,
    RecordKind.REVIEWED: _review,
}
