"""Who needs which course, as rows that are asked for a page at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, overload

from django.db.models import QuerySet

from governance.models import Person, Project
from training.models import Course, Standing
from training.pages.progress import is_through
from training.querysets.needs import Need, NeedFilter, count_needs, needs

Pair = tuple[Need, Person, Course, Standing | None]


@dataclass(frozen=True)
class NeedRows(Sequence[dict[str, Any]]):
    """The pairs of person and course that fit, those furthest behind first."""

    project: Project
    today: date
    wanted: NeedFilter

    @cached_property
    def _number(self) -> int:
        number, _through = count_needs(
            project_id=self.project.pk, today=self.today, wanted=self.wanted
        )
        return number

    def __len__(self) -> int:
        """Return how many pairs fit."""
        return self._number

    @overload
    def __getitem__(self, place: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, place: slice) -> list[dict[str, Any]]: ...

    def __getitem__(self, place: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        """Return the pairs of a page by four queries."""
        if isinstance(place, int):
            return self[place : place + 1][0]
        first = place.start or 0
        last = len(self) if place.stop is None else place.stop
        found = needs(
            project_id=self.project.pk,
            today=self.today,
            wanted=self.wanted,
            first=first,
            most=max(last - first, 0),
        )
        return [_row(*each) for each in read_along(found, people=Person.objects.all())]


def read_along(found: Sequence[Need], *, people: "QuerySet[Person]") -> Iterator[Pair]:
    """Yield each need with its person (out of `people`), course and standing, by three queries."""
    known = people.in_bulk({need.person_id for need in found})
    courses = Course.objects.in_bulk({need.course_id for need in found})
    standings = {
        (each.person_id, each.course_id): each
        for each in Standing.objects.filter(person_id__in=known, course_id__in=courses)
    }
    for need in found:
        standing = standings.get((need.person_id, need.course_id))
        yield need, known[need.person_id], courses[need.course_id], standing


def _row(need: Need, person: Person, course: Course, standing: Standing | None) -> dict[str, Any]:
    return {
        "person": person.external_id,
        "course": course.code,
        "is_mandatory": need.is_mandatory,
        "due_date": need.due_date,
        "is_through": is_through(course, standing),
        "completed_at": standing.completed_at if standing else None,
        "completed_version": standing.completed_version if standing else "",
        "passed_at": standing.passed_at if standing else None,
        "last_attempt_at": standing.practised_at if standing else None,
    }
