"""Courses to complete and scenarios to run that wait for one person."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.models import BusinessProcess, Person
from governance.permissions import may_record_runs
from readiness.pages.words import number_text
from readiness.pages.work.desk import Desk, Kind, WorkItem
from training.models import Course, Standing
from training.querysets.needs import NeedFilter, needs
from uat.models import Scenario, TesterAssignment

TEST = Kind("TEST", gettext_lazy("Test"), "clipboard-check")
COURSE = Kind("TRAINING", gettext_lazy("Training"), "school")
MOST_SCENARIOS = 5


@dataclass(frozen=True, slots=True)
class _Share:
    """What an assignment asks for that no older one asks for already, the first by themselves."""

    assignment: TesterAssignment
    process: BusinessProcess | None
    first: list[int]
    more: int


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
    found = list(_shares(assignments.order_by("recorded_at", "pk")))
    scenarios = Scenario.objects.in_bulk([pk for share in found for pk in share.first])
    for share in found:
        yield from _of_share(desk, share, scenarios)


def _shares(assignments: Iterable[TesterAssignment]) -> Iterator[_Share]:
    asked = [(row, row.process and (row.process.accountable or row.process)) for row in assignments]
    untested = _untested(asked)
    shown: set[int] = set()
    for row, process in asked:
        wanted = [
            pk
            for pk, owned in untested.get(row.project_id, ())
            if pk not in shown and (process is None or owned == process.pk)
        ]
        first = wanted[:MOST_SCENARIOS]
        shown.update(first)
        yield _Share(row, process, first, len(wanted) - len(first))


def _untested(
    asked: Sequence[tuple[TesterAssignment, BusinessProcess | None]],
) -> dict[int, list[tuple[int, int | None]]]:
    """Return project -> the scenarios to run in it with their owned process, by code."""
    wanted = Q(project__in=[row.project_id for row, process in asked if process is None]) | Q(
        process__accountable__in=[process.pk for _row, process in asked if process]
    )
    found: dict[int, list[tuple[int, int | None]]] = {}
    rows = Scenario.objects.filter(wanted).in_scope().untested().order_by("code", "pk")
    for project_id, pk, owned in rows.values_list("project_id", "pk", "process__accountable_id"):
        found.setdefault(project_id, []).append((pk, owned))
    return found


def _of_share(desk: Desk, share: _Share, scenarios: Mapping[int, Scenario]) -> Iterator[WorkItem]:
    assignment, project, process = share.assignment, share.assignment.project, share.process
    for scenario in [scenarios[pk] for pk in share.first]:
        yield desk.item(
            TEST,
            _("Run %(scenario)s") % {"scenario": scenario},
            project=project,
            href=reverse("uat:run-add", args=[project.public_id, scenario.public_id]),
            since=max(assignment.recorded_at, scenario.recorded_at),
        )
    if share.more:
        address = reverse("uat:scenario-list", args=[project.public_id])
        yield desk.item(
            TEST,
            _more_text(share.more, str(process) if process else ""),
            project=project,
            href=f"{address}?state=open" + (f"&process={process.public_id}" if process else ""),
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
