"""A department that the process owner manages, and what its people are asked for."""

from datetime import timedelta
from typing import Any

from governance.choices import ParticipationPurpose, PersonReply
from governance.models import Department, ParticipationRequest, PersonAnswer, RequestedPerson
from tests.factories import EARLY, make_person
from tests.signing import LATER, Desk

NAME = "Called"


def department_of(desk: Desk) -> tuple[Any, ...]:
    """Return the department, with somebody in it who is not asked for yet."""
    cast = desk.cast
    row, is_new = Department.objects.get_or_create(
        organisation=cast.client,
        project=cast.project,
        name=NAME,
        defaults={"manager": cast.process_owner},
    )
    if is_new:
        make_person(project=cast.project, department=row, name="Ada Young")
    return (row,)


def ask(desk: Desk) -> ParticipationRequest:
    """Return a new request for two more people; one of them is refused."""
    cast = desk.cast
    scope = {"organisation": cast.client, "project": cast.project}
    (department,) = department_of(desk)
    request = ParticipationRequest.objects.create(
        **scope, department=department, manager=cast.process_owner,
        purpose=ParticipationPurpose.TESTING, from_date=LATER.date(),
        to_date=LATER.date() + timedelta(days=4), answer_due_at=LATER + timedelta(days=1),
        asked_by=cast.project_manager, asked_at=EARLY,
    )  # fmt: skip
    for reply in ("", PersonReply.REFUSED):
        person = make_person(project=cast.project, department=department)
        one = RequestedPerson.objects.create(**scope, request=request, person=person)
        if reply:
            PersonAnswer.objects.create(
                **scope, requested=one, reply=reply, reason="Closing week.",
                answered_by=cast.process_owner, answered_at=EARLY,
            )  # fmt: skip
    return request


def request_of(desk: Desk) -> tuple[Any, ...]:
    """Return a request that waits for an answer."""
    found = ParticipationRequest.objects.filter(project=desk.cast.project)
    return (found.first() or ask(desk),)


def answered_of(desk: Desk) -> tuple[Any, ...]:
    """Return a request, and whom of it an answer was given for."""
    (request,) = request_of(desk)
    return request, RequestedPerson.objects.filter(request=request, answers__isnull=False).first()
