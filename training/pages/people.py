"""People of the roster: who needs a course, what one person needs, and the roster itself."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Department, Person, Project
from governance.pages.amounts import amount_text
from governance.pages.looks import Look
from governance.pages.trail import Step, trail_of
from training.forms.search import TraineeSearchForm
from training.models import Course, JobRole, JobRoleAssignment, Standing
from training.pages.matrix import Share
from training.pages.needs import read_along
from training.pages.progress import is_through, progress_of
from training.querysets.matrix import person_tallies
from training.querysets.needs import Need, count_needs, courses_of, needs

ROWS_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class TraineeRow:
    """One person in one course."""

    person: Person
    course: Course
    href: str
    progress: Look
    standing: Standing | None
    is_mandatory: bool
    due_date: date | None
    is_late: bool

    @property
    def last_attempt(self) -> datetime | None:
        """Return when the person last did something in the course."""
        return self.standing.practised_at if self.standing else None


@dataclass(frozen=True, slots=True)
class TraineeList:
    """People and the courses they need, those who are furthest behind first."""

    course: Course | None
    rows: list[TraineeRow]
    page: "Page[int]"
    kept: dict[str, str]
    found: str
    title: str
    answer: str
    trail: list[Step]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person of the roster with job roles and courses."""

    person: Person
    roles: list[JobRoleAssignment]
    rows: list[TraineeRow]
    answer: str
    trail: list[Step]


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person of the roster; no share where nothing has to be learnt."""

    person: Person
    href: str
    roles: str
    completed: Share | None
    has_left: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """One page of the roster."""

    rows: list[RosterRow]
    page: "Page[Person]"
    kept: dict[str, str]
    found: str
    answer: str
    trail: list[Step]


def trainee_list(
    project: Project, *, course: Course | None, asked: TraineeSearchForm, number: str, today: date
) -> TraineeList:
    """Return the people who need a course, or any course, and how each stands there."""
    wanted = asked.wanted()
    total, through = count_needs(project_id=project.pk, today=today, wanted=wanted)
    page = Paginator(range(total), ROWS_ON_A_PAGE).get_page(number)
    first = max(page.start_index() - 1, 0)
    found = needs(
        project_id=project.pk, today=today, wanted=wanted, first=first, most=ROWS_ON_A_PAGE
    )
    above = Step(_("Training"), reverse("training:matrix-show", args=[project.public_id]))
    return TraineeList(
        course=course,
        rows=_trainees(found, today=today),
        page=page,
        kept=asked.kept(),
        found=ngettext("%(number)s found", "%(number)s found", total)
        % {"number": amount_text(total)},
        title=course.name if course else _("People and courses"),
        answer=_answer(through, total, course=course, role=asked.chosen_role),
        trail=trail_of(project, above, course.code if course else _("People and courses")),
    )


def _answer(through: int, total: int, *, course: Course | None, role: JobRole | None) -> str:
    numbers = {"done": amount_text(through), "total": amount_text(total), "role": role or ""}
    if course is None:
        return _("%(total)s needed courses found, %(done)s of them passed.") % numbers
    if role:
        return _("%(done)s of %(total)s people who need it as %(role)s are through.") % numbers
    return _("%(done)s of %(total)s people who need it are through.") % numbers


def person_page(person: Person, *, project: Project, today: date) -> PersonPage:
    """Return one person with what the person has to learn."""
    found = courses_of(project_id=project.pk, today=today, person_id=person.pk)
    rows = _trainees(found, today=today)
    done = sum(is_through(row.course, row.standing) for row in rows)
    completed = sum(bool(row.standing and row.standing.completed_at) for row in rows)
    roles = JobRoleAssignment.objects.filter(person=person).select_related("job_role")
    above = Step(_("People"), reverse("training:roster-list", args=[project.public_id]))
    answer = _("Has no course to take.")
    if rows:
        answer = ngettext(
            "%(completed)s of %(total)s course completed, %(done)s passed.",
            "%(completed)s of %(total)s courses completed, %(done)s passed.",
            len(rows),
        ) % {"completed": completed, "done": done, "total": len(rows)}
    return PersonPage(
        person=person,
        roles=list(roles.order_by("job_role__name")),
        rows=rows,
        answer=answer,
        trail=trail_of(project, above, person.name),
    )


def roster(
    project: Project,
    *,
    asked: tuple[str, Department | None, str],
    kept: dict[str, str],
    number: str,
    today: date,
) -> Roster:
    """Return a page of the roster, by name; asked for are words, a department and a site."""
    words, department, site = asked
    everybody = Person.objects.filter(project=project)
    found = everybody
    if words:
        found = found.filter(
            Q(name__icontains=words) | Q(external_id__icontains=words) | Q(site__icontains=words)
        )
    if department:
        found = found.filter(department=department)
    if site:
        found = found.filter(site=site)
    ordered = found.select_related("department", "project").order_by("name", "pk")
    page = Paginator(ordered, ROWS_ON_A_PAGE).get_page(number)
    count, everyone = page.paginator.count, everybody.count()
    return Roster(
        rows=_roster_rows(list(page), project, today),
        page=page,
        kept=kept,
        found=ngettext("%(number)s found", "%(number)s found", count)
        % {"number": amount_text(count)},
        answer=ngettext(
            "%(number)s person is on the roster.", "%(number)s people are on the roster.", everyone
        )
        % {"number": amount_text(everyone)},
        trail=trail_of(project, _("People")),
    )


def _roster_rows(people: list[Person], project: Project, today: date) -> list[RosterRow]:
    ids = [person.pk for person in people]
    tallies = person_tallies(project_id=project.pk, today=today, person_ids=ids)
    names: dict[int, list[str]] = {}
    held = JobRoleAssignment.objects.filter(person_id__in=ids).select_related("job_role")
    for assignment in held.order_by("job_role__name"):
        names.setdefault(assignment.person_id, []).append(assignment.job_role.name)
    return [
        RosterRow(
            person=person,
            href=_person_address(person),
            roles=", ".join(names.get(person.pk, ())),
            completed=Share(tally.completed, tally.due)
            if (tally := tallies.get(person.pk))
            else None,
            has_left=person.left_date is not None and person.left_date < today,
        )
        for person in people
    ]


def _trainees(found: list[Need], *, today: date) -> list[TraineeRow]:
    people = Person.objects.select_related("department__manager", "project")
    return [_trainee(*each, today=today) for each in read_along(found, people=people)]


def _trainee(
    need: Need, person: Person, course: Course, standing: Standing | None, *, today: date
) -> TraineeRow:
    late = need.due_date is not None and need.due_date < today
    return TraineeRow(
        person=person,
        course=course,
        href=_person_address(person),
        progress=progress_of(course, standing),
        standing=standing,
        is_mandatory=need.is_mandatory,
        due_date=need.due_date,
        is_late=late and not is_through(course, standing),
    )


def _person_address(person: Person) -> str:
    return reverse("training:person-detail", args=[person.project.public_id, person.public_id])
