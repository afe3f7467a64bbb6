"""Courses to complete and scenarios to run that wait for one person."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.models import Person
from governance.permissions import may_record_runs
from readiness.pages.words import number_text
from readiness.pages.work.desk import Desk, Kind, WorkItem
from training.models import Course, Standing
from training.querysets.needs import NeedFilter, needs
from uat.models import Scenario, TesterAssignment

TEST = Kind("TEST", gettext_lazy("Test"), "clipboard-check")
COURSE = Kind("TRAINING", gettext_lazy("Training"), "school")
MOST_SCENARIOS = 5


def courses_waiting(desk: Desk) -> Iterator[WorkItem]:
    """Yield the courses the person's job roles need and the person has not completed."""
    mine = Person.objects.filter(account=desk.user, project_id__in=desk.project_ids)
    people = list(mine.select_related("project"))
    needed = {person.pk: _courses_needed(desk, person) for person in people}
    courses = Course.objects.in_bulk(set().union(*needed.values()))
    standings = {
        (row.person_id, row.course_id): row for row in Standing.objects.filter(person__in=people)
    }
    for person in people:
        for course_id in needed[person.pk]:
            course = courses[course_id]
            if not is_through(course, standings.get((person.pk, course_id))):
                yield _course_item(desk, person, course)


def _courses_needed(desk: Desk, person: Person) -> list[int]:
    today = desk.at.astimezone(ZoneInfo(person.project.time_zone)).date()
    mandatory = NeedFilter(person_id=person.pk, is_mandatory=True)
    found = needs(project_id=person.project_id, today=today, wanted=mandatory)
    return [need.course_id for need in found]


def _course_item(desk: Desk, person: Person, course: Course) -> WorkItem:
    project = person.project
    return desk.item(
        COURSE,
        _("Complete %(course)s") % {"course": course},
        project=project,
        href=reverse("training:person-detail", args=[project.public_id, person.public_id]),
        since=max(person.recorded_at, course.version_at or course.recorded_at),
    )


def is_through(course: Course, standing: Standing | None) -> bool:
    """Say whether a person is done with a course: its check passed, in its present version."""
    if standing is None or standing.completed_at is None:
        return False
    if standing.completed_version != course.version:
        return False
    return bool(standing.passed_at) or not course.has_check


def scenarios_waiting(desk: Desk) -> Iterator[WorkItem]:
    """Yield scenarios nobody has validly run, each by itself; many are summed up in one more."""
    may_run = {seat.project.pk for seat in desk.seats if may_record_runs(seat)}
    assignments = TesterAssignment.objects.filter(
        person__account=desk.user, project_id__in=may_run
    ).select_related("project", "process__accountable")
    shown: set[int] = set()
    for assignment in assignments.order_by("recorded_at", "pk"):
        yield from _of_assignment(desk, assignment, shown)


def _of_assignment(desk: Desk, assignment: TesterAssignment, shown: set[int]) -> Iterator[WorkItem]:
    project = assignment.project
    untested = Scenario.objects.filter(project=project).in_scope().untested()
    owned = assignment.process and (assignment.process.accountable or assignment.process)
    if owned:
        untested = untested.filter(process__accountable=owned)
    untested = untested.exclude(pk__in=shown)
    first = list(untested.order_by("code", "pk")[: MOST_SCENARIOS + 1])
    for scenario in first[:MOST_SCENARIOS]:
        shown.add(scenario.pk)
        yield desk.item(
            TEST,
            _("Run %(scenario)s") % {"scenario": scenario},
            project=project,
            href=reverse("uat:run-add", args=[project.public_id, scenario.public_id]),
            since=max(assignment.recorded_at, scenario.recorded_at),
        )
    if len(first) > MOST_SCENARIOS:
        number = untested.exclude(pk__in=shown).count()
        address = reverse("uat:scenario-list", args=[project.public_id])
        yield desk.item(
            TEST,
            _more_text(number, str(owned) if owned else ""),
            project=project,
            href=f"{address}?state=open" + (f"&process={owned.public_id}" if owned else ""),
            since=assignment.recorded_at,
        )


def _more_text(number: int, process: str) -> str:
    words = {"number": number_text(number), "process": process}
    if not process:
        more = ngettext("Run %(number)s more scenario", "Run %(number)s more scenarios", number)
        return more % words
    more = ngettext(
        "Run %(number)s more scenario of %(process)s",
        "Run %(number)s more scenarios of %(process)s",
        number,
    )
    return more % words
