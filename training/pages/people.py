"""People of the roster: who needs a course, what one person needs, and the roster itself."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.urls import reverse

from governance.models import Department, Person, Project
from governance.pages.trail import Step, trail_of
from training.models import Course, JobRole, JobRoleAssignment, Standing
from training.pages.matrix import Share
from training.querysets.matrix import courses_of, person_tallies, trainees_of

ROWS_ON_A_PAGE = 50
PEOPLE_ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Progress:
    """How a person stands in a course: a word, a shape and a tone."""

    word: str
    shape: str
    tone: str


NOT_STARTED = Progress("Not started", "circle-dashed", "bad")
PRACTISED = Progress("Attended, not completed", "alert-triangle", "warn")
OUTDATED = Progress("Completed, an older version", "clock-exclamation", "warn")
COMPLETED = Progress("Completed", "check", "warn")
FAILED = Progress("Failed the check", "circle-x", "bad")
PASSED = Progress("Passed the check", "circle-check", "good")
DONE = Progress("Completed", "circle-check", "good")


@dataclass(frozen=True, slots=True)
class TraineeRow:
    """One person in one course."""

    person: Person
    course: Course
    href: str
    progress: Progress
    standing: Standing | None
    is_mandatory: bool


@dataclass(frozen=True, slots=True)
class CoursePeople:
    """Everybody who needs a course, those who are furthest behind first."""

    course: Course
    role: JobRole | None
    rows: "Page[TraineeRow]"
    answer: str
    trail: list[Step]

    @property
    def kept(self) -> dict[str, str]:
        """Return the query parameters to keep from page to page."""
        return {"role": str(self.role.public_id)} if self.role else {}


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
    departments: list[Department]
    kept: dict[str, str]
    answer: str
    trail: list[Step]


def progress_of(course: Course, standing: Standing | None) -> Progress:
    """Return how somebody stands; a completion without its check is not green."""
    if standing is None:
        return NOT_STARTED
    if standing.completed_at and standing.completed_version != course.version:
        return OUTDATED
    if course.has_check and standing.passed_at:
        return PASSED
    if course.has_check and standing.checked_at:
        return FAILED
    if standing.completed_at:
        return COMPLETED if course.has_check else DONE
    return PRACTISED


def course_people(
    project: Project, *, course: Course, role: JobRole | None, number: str, today: date
) -> CoursePeople:
    """Return the people who need a course, all of them or those of one job role."""
    needs = trainees_of(
        project_id=project.pk,
        today=today,
        course_id=course.pk,
        job_role_id=role.pk if role else None,
    )
    people = _people([need.person_id for need in needs])
    standings = {
        each.person_id: each
        for each in Standing.objects.filter(course=course, person_id__in=people)
    }
    rows = [
        _trainee(people[need.person_id], course, standings.get(need.person_id), need.is_mandatory)
        for need in needs
    ]
    rows.sort(key=lambda row: (ORDER[row.progress], row.person.name))
    done = sum(row.progress.tone == "good" for row in rows)
    whose = f" as {role.name}" if role else ""
    above = Step("Training", reverse("training:matrix-show", args=[project.public_id]))
    return CoursePeople(
        course=course,
        role=role,
        rows=Paginator(rows, PEOPLE_ON_A_PAGE).get_page(number),
        answer=f"{done} of {len(rows)} people who need it{whose} are through.",
        trail=trail_of(project, above, course.code),
    )


ORDER = {
    progress: place
    for place, progress in enumerate(
        (FAILED, NOT_STARTED, PRACTISED, OUTDATED, COMPLETED, PASSED, DONE)
    )
}


def person_page(person: Person, *, project: Project, today: date) -> PersonPage:
    """Return one person with what the person has to learn."""
    needs = courses_of(project_id=project.pk, today=today, person_id=person.pk)
    courses = {
        course.pk: course
        for course in Course.objects.filter(pk__in=[need.course_id for need in needs])
    }
    standings = {each.course_id: each for each in Standing.objects.filter(person=person)}
    rows = [
        _trainee(person, courses[need.course_id], standings.get(need.course_id), need.is_mandatory)
        for need in needs
    ]
    rows.sort(key=lambda row: (ORDER[row.progress], row.course.code))
    done = sum(row.progress.tone == "good" for row in rows)
    roles = JobRoleAssignment.objects.filter(person=person).select_related("job_role")
    above = Step("People", reverse("training:roster-list", args=[project.public_id]))
    return PersonPage(
        person=person,
        roles=list(roles.order_by("job_role__name")),
        rows=rows,
        answer=f"Through {done} of {len(rows)} courses." if rows else "Has no course to take.",
        trail=trail_of(project, above, person.name),
    )


def roster(
    project: Project, *, words: str, department: Department | None, number: str, today: date
) -> Roster:
    """Return a page of the roster, by name."""
    everybody = Person.objects.filter(project=project)
    found = everybody
    if words:
        found = found.filter(
            Q(name__icontains=words) | Q(external_id__icontains=words) | Q(site__icontains=words)
        )
    if department:
        found = found.filter(department=department)
    ordered = found.select_related("department", "project").order_by("name", "pk")
    page = Paginator(ordered, ROWS_ON_A_PAGE).get_page(number)
    pairs = {"q": words, "department": str(department.public_id) if department else ""}
    return Roster(
        rows=_roster_rows(list(page), project, today),
        page=page,
        departments=list(Department.objects.filter(project=project).order_by("name")),
        kept={key: value for key, value in pairs.items() if value},
        answer=f"{everybody.count():,} people are on the roster.",
        trail=trail_of(project, "People"),
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


def _people(person_ids: list[int]) -> dict[int, Person]:
    found = Person.objects.filter(pk__in=person_ids).select_related("department", "project")
    return {person.pk: person for person in found}


def _trainee(
    person: Person, course: Course, standing: Standing | None, is_mandatory: bool
) -> TraineeRow:
    return TraineeRow(
        person=person,
        course=course,
        href=_person_address(person),
        progress=progress_of(course, standing),
        standing=standing,
        is_mandatory=is_mandatory,
    )


def _person_address(person: Person) -> str:
    return reverse("training:person-detail", args=[person.project.public_id, person.public_id])
