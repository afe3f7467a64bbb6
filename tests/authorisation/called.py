"""Who was asked for: one request that waits, one person of it answered for before."""

from datetime import timedelta

from governance.choices import ParticipationPurpose, PersonReply
from governance.models import (
    Department,
    ParticipationRequest,
    Person,
    PersonAnswer,
    RequestedPerson,
)
from tests.authorisation.stock import Stock
from tests.factories import EARLY, make_person
from tests.signing import LATER


def fill(stock: Stock) -> None:
    """Write a request whose answer is not due yet, so that no executive may give it."""
    department = Department.objects.get(pk=stock.rows["department"].pk)
    asked = ParticipationRequest.objects.create(
        **stock.scope, department=department, manager=stock.deputy, note="Bring the old lists",
        purpose=ParticipationPurpose.TESTING, from_date=(LATER + timedelta(days=7)).date(),
        to_date=(LATER + timedelta(days=11)).date(), answer_due_at=LATER + timedelta(days=2),
        asked_by=stock.lead, asked_at=EARLY,
    )  # fmt: skip
    stock.keep("people_request", asked)
    refused = _asked(stock, asked, make_person(project=stock.project, department=department))
    stock.keep("requested", refused)
    stock.keep("leader", stock.owner)
    PersonAnswer.objects.create(
        **stock.scope, requested=refused, reply=PersonReply.REFUSED, reason="Closing week",
        answered_by=stock.deputy, answered_at=EARLY,
    )  # fmt: skip
    _asked(stock, asked, make_person(project=stock.project, department=department))


def _asked(stock: Stock, request: ParticipationRequest, person: Person) -> RequestedPerson:
    return RequestedPerson.objects.create(**stock.scope, request=request, person=person)
