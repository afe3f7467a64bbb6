"""Somebody who was asked for and refused, for the project that REST is walked over."""

from datetime import timedelta

from governance.choices import ParticipationPurpose, PersonReply
from governance.models import (
    Department,
    ParticipationRequest,
    PersonAnswer,
    Project,
    RequestedPerson,
    User,
)
from tests.factories import NOW, make_person


def ask_for_somebody(project: Project, *, actor: User, mark: str) -> None:
    """Write a request whose texts carry a mark, with its answer."""
    scope = {"organisation_id": project.organisation_id, "project": project}
    department = Department.objects.create(**scope, name=mark, manager=actor)
    request = ParticipationRequest.objects.create(
        **scope, department=department, manager=actor, purpose=ParticipationPurpose.TRAINING,
        from_date=NOW.date(), to_date=NOW.date(), note=mark, asked_by=actor, asked_at=NOW,
        answer_due_at=NOW + timedelta(days=2),
    )  # fmt: skip
    person = make_person(project=project, name=mark, department=department)
    asked = RequestedPerson.objects.create(**scope, request=request, person=person)
    PersonAnswer.objects.create(
        **scope, requested=asked, reply=PersonReply.REFUSED, reason=mark, answered_by=actor,
        answered_at=NOW,
    )  # fmt: skip
