"""Requests for people in the demo: who was released, who was refused, and who kept silent."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from governance.choices import ParticipationPurpose, PersonReply
from governance.models import (
    Department,
    ParticipationRequest,
    Person,
    PersonAnswer,
    RequestedPerson,
)
from governance.services.participation import ANSWER_HOURS
from governance.services.working_time import due_after
from readiness.management.demo.cast import Cast
from readiness.management.demo.mapping import Mapped
from readiness.management.demo.plans import HERO, at
from uat.models import TesterAssignment

REASONS = (
    "The quarter closes in that week, and nobody stands in.",
    "Two of the shift are on leave already.",
    "The audit is in the house until Thursday.",
)
NOTE = "Half days are enough. We need whoever does the work, not whoever is free."
TEAM = 3


def ask_departments(mapped: Mapped, cast: Cast) -> None:
    """Write what each project asked its departments for.

    Whoever was assigned to test was released for it. Orion asks for more people for its second
    round: one department releases them, one refuses, one says nothing, one was asked yesterday.
    """
    if not mapped.stage.plan.tested:
        return
    dice = random.Random(f"{mapped.stage.plan.slug} participation")  # noqa: S311 - a demo
    _release_testers(mapped, cast)
    if mapped.stage.plan is HERO:
        _ask_for_a_second_round(mapped, cast, dice=dice)


def _release_testers(mapped: Mapped, cast: Cast) -> None:
    """Let the managers have released, in time, who was assigned to test."""
    assigned = TesterAssignment.objects.filter(
        project=mapped.project, from_date__isnull=False, to_date__isnull=False
    )
    days: dict[int, tuple[date, date]] = {}
    teams: dict[int, list[Person]] = {}
    for row in assigned.select_related("person").order_by("pk"):
        person = row.person
        if person.pk not in days and person.department_id and row.from_date and row.to_date:
            days[person.pk] = (row.from_date, row.to_date)
            teams.setdefault(person.department_id, []).append(person)
    departments = Department.objects.select_related("manager").in_bulk(teams)
    for department_id, people in teams.items():
        first, last = days[people[0].pk]
        asked_at = max(at(first - timedelta(days=18), 9), mapped.stage.opened_at)
        if asked_at.date() >= mapped.stage.today - timedelta(days=2):
            continue
        request = _ask(
            mapped,
            cast,
            department=departments[department_id],
            days=(first, last),
            asked_at=asked_at,
        )
        replies = [(PersonReply.RELEASED, "")] * len(people)
        _answer(request, people, replies, answered_at=asked_at + timedelta(hours=22))


def _ask_for_a_second_round(mapped: Mapped, cast: Cast, *, dice: random.Random) -> None:
    """Ask four departments for people for the weeks to come."""
    today = mapped.stage.today
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7)
    weeks = (monday, monday + timedelta(days=11))
    released = (PersonReply.RELEASED, "")
    refused = [(PersonReply.REFUSED, reason) for reason in dice.sample(REASONS, k=2)]
    told: tuple[tuple[int, list[tuple[PersonReply, str]]], ...] = (
        (11, [released] * TEAM),
        (10, [released, *refused]),
        (9, []),
        (1, []),
    )
    rows = Department.objects.filter(project=mapped.project, manager__isnull=False)
    for (days_ago, replies), department in zip(told, rows.order_by("pk")[1:], strict=False):
        here = mapped.people
        people = [
            each for each in here if each.department_id == department.pk and not each.left_date
        ]
        team = dice.sample(people, k=min(TEAM, len(people)))
        asked_at = at(_workday(today - timedelta(days=days_ago)), 9)
        request = _ask(mapped, cast, department=department, days=weeks, asked_at=asked_at)
        _answer(request, team, replies, answered_at=asked_at + timedelta(hours=25))


def _workday(day: date) -> date:
    """Return a day, or the Friday before where nobody works on it."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _ask(
    mapped: Mapped,
    cast: Cast,
    *,
    department: Department,
    days: tuple[date, date],
    asked_at: datetime,
) -> ParticipationRequest:
    return ParticipationRequest.objects.create(
        organisation_id=mapped.project.organisation_id,
        project=mapped.project,
        department=department,
        manager=department.manager or cast.project_manager,
        purpose=ParticipationPurpose.TESTING,
        from_date=days[0],
        to_date=days[1],
        note=NOTE,
        answer_due_at=due_after(mapped.project, hours=ANSWER_HOURS, since=asked_at, closed=()),
        asked_by=cast.project_manager,
        asked_at=asked_at,
        recorded_at=asked_at,
    )


def _answer(
    request: ParticipationRequest,
    people: Sequence[Person],
    replies: Sequence[tuple[str, str]],
    *,
    answered_at: datetime,
) -> None:
    """Name the people of a request, and let the manager answer for the first of them."""
    row = {"organisation_id": request.organisation_id, "project_id": request.project_id}
    asked = RequestedPerson.objects.bulk_create(
        RequestedPerson(**row, request=request, person=person, recorded_at=request.asked_at)
        for person in people
    )
    PersonAnswer.objects.bulk_create(
        PersonAnswer(
            **row,
            requested=one,
            reply=reply,
            reason=reason,
            answered_by_id=request.manager_id,
            answered_at=answered_at,
            recorded_at=answered_at,
        )
        for one, (reply, reason) in zip(asked, replies, strict=False)
    )
