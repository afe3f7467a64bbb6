"""A department with its manager and people, and a request for some of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from governance.choices import ParticipationPurpose, PersonReply, Role
from governance.models import (
    Department,
    ParticipationRequest,
    Person,
    PersonAnswer,
    RequestedPerson,
    User,
)
from governance.services.participation import Call, ask_for_people
from governance.services.releasing import Word, answer_for_people
from tests.factories import EARLY, NOW, join, make_person, make_user
from tests.people import Cast, make_cast

FIRST_DAY, LAST_DAY = date(2026, 6, 8), date(2026, 6, 12)
SOON = NOW + timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody, a department of the first project, who manages it, and two of its people."""

    cast: Cast
    department: Department
    manager: User
    people: list[Person]

    def call(self, **fields: Any) -> Call:
        """Return whom somebody asks for: both people, to test for a week."""
        wanted: dict[str, Any] = {
            "department": self.department,
            "people": self.people,
            "purpose": ParticipationPurpose.TESTING,
            "from_date": FIRST_DAY,
            "to_date": LAST_DAY,
        }
        return Call(**(wanted | fields))

    def ask(self, *, by: User | None = None, at: datetime = NOW, **fields: Any) -> Any:
        """Return a request of the project manager for both people."""
        return ask_for_people(
            project=self.cast.project,
            call=self.call(**fields),
            asked_by=by or self.cast.project_manager,
            asked_at=at,
        )


def make_team(cast: Cast | None = None, *, name: str = "Finance") -> Team:
    """Return a department whose manager takes part, with two people."""
    everybody = cast or make_cast()
    manager = make_user(organisation=everybody.client, name=f"{name} Manager")
    join(project=everybody.project, user=manager, role=Role.DEPARTMENT_MANAGER)
    department = Department.objects.create(
        organisation=everybody.client, project=everybody.project, name=name, manager=manager
    )
    people = [
        make_person(project=everybody.project, name=person, department=department)
        for person in ("Ada Young", "Ben Low")
    ]
    return Team(everybody, department, manager, people)


def asked_of(request: ParticipationRequest) -> list[RequestedPerson]:
    """Return whom a request names, by name."""
    return list(request.people.select_related("person").order_by("person__name"))


def answer(
    request: ParticipationRequest,
    *words: tuple[RequestedPerson, str, str],
    by: User,
    at: datetime = SOON,
) -> list[PersonAnswer]:
    """Return what somebody answered: person, reply and reason of each."""
    return answer_for_people(
        request=request,
        words=[Word(requested=one, reply=reply, reason=reason) for one, reply, reason in words],
        answered_by=by,
        answered_at=at,
    )


def release_all(request: ParticipationRequest, *, by: User, at: datetime = SOON) -> None:
    """Release everybody whom a request names."""
    answer(request, *((one, PersonReply.RELEASED, "") for one in asked_of(request)), by=by, at=at)


def make_asked(
    *,
    person: Person,
    replies: Sequence[str] = (),
    purpose: str = ParticipationPurpose.TESTING,
    from_date: date = date(2026, 5, 18),
    answered_at: datetime = EARLY,
) -> RequestedPerson:
    """Return somebody who was asked for up to 22 May 2026, with the replies in their order."""
    project = person.project
    row: dict[str, Any] = {"organisation_id": project.organisation_id, "project": project}
    manager = make_user(organisation=project.organisation)
    department = Department.objects.create(
        **row, name=f"Department of {manager.name}", manager=manager
    )
    request = ParticipationRequest.objects.create(
        **row, department=department, manager=manager, purpose=purpose, from_date=from_date,
        to_date=date(2026, 5, 22), answer_due_at=EARLY + timedelta(days=2), asked_by=manager,
        asked_at=EARLY, recorded_at=EARLY,
    )  # fmt: skip
    asked = RequestedPerson.objects.create(**row, request=request, person=person, recorded_at=EARLY)
    for reply in replies:
        PersonAnswer.objects.create(
            **row, requested=asked, reply=reply, reason="So.", answered_by=manager,
            answered_at=answered_at, recorded_at=answered_at,
        )  # fmt: skip
    return asked
