"""The acts of asking for people and answering for them, each carried out through its service."""

from collections.abc import Callable
from typing import Any

from governance.choices import PersonReply, RecordKind
from governance.models import ParticipationRequest
from governance.services.carrying import record_rows
from tests.participation import answer, asked_of, make_team
from tests.witnessing.places import LATER, Place


def _request(place: Place) -> ParticipationRequest:
    team = make_team(place.cast)
    record_rows(place.cast.project)  # who joined for it
    row: ParticipationRequest = team.ask(note="Bring the old lists.")
    return row


def _person(place: Place) -> Any:
    return asked_of(_request(place))[0]


def _answer(place: Place) -> Any:
    request = _request(place)
    said = (asked_of(request)[0], PersonReply.REFUSED, "Closing week.")
    return answer(request, said, by=request.manager, at=LATER)[0]


ACTS: dict[RecordKind, Callable[[Place], Any]] = {
    RecordKind.PEOPLE_ASKED_FOR: _request,
    RecordKind.PERSON_ASKED_FOR: _person,
    RecordKind.PERSON_ANSWERED: _answer,
}
