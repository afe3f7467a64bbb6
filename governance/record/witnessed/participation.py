"""Requests for people and their answers by name: how the record tells them."""

from governance.choices import RecordKind
from governance.models import ParticipationRequest, PersonAnswer, RequestedPerson
from governance.record.witnessing import Told, Witness, id_of


def _request(row: ParticipationRequest) -> Told:
    terms = {
        "department": id_of(row.department),
        "manager": id_of(row.manager),
        "purpose": row.purpose,
        "from_date": row.from_date,
        "to_date": row.to_date,
        "answer_due_at": row.answer_due_at,
        "by": id_of(row.asked_by),
        "asked_at": row.asked_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"note": row.note})


def _person(row: RequestedPerson) -> Told:
    terms = {
        "people_request": id_of(row.request),
        "person": id_of(row.person),
        "recorded_at": row.recorded_at,
    }
    return Told(terms)


def _answer(row: PersonAnswer) -> Told:
    terms = {
        "requested": id_of(row.requested),
        "reply": row.reply,
        "by": id_of(row.answered_by),
        "answered_at": row.answered_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.reason})


WITNESSED = (
    Witness(
        kind=RecordKind.PEOPLE_ASKED_FOR,
        model=ParticipationRequest,
        noun="people_request",
        tell=_request,
        by="asked_by",
        related=("department", "manager", "asked_by"),
    ),
    Witness(
        kind=RecordKind.PERSON_ASKED_FOR,
        model=RequestedPerson,
        noun="requested_person",
        tell=_person,
        related=("request", "person"),
    ),
    Witness(
        kind=RecordKind.PERSON_ANSWERED,
        model=PersonAnswer,
        noun="person_answer",
        tell=_answer,
        by="answered_by",
        related=("requested", "answered_by"),
    ),
)
