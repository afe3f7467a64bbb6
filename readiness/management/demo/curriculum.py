"""The training of a demo project: what each role needs and who has done what."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from governance.models import Person
from readiness.management.demo.mapping import Mapped
from readiness.management.demo.names import DEPARTMENTS
from readiness.management.demo.plans import at
from training.choices import TrainingResult
from training.models import Course, JobRole, JobRoleAssignment, Requirement, TrainingRecord
from training.services.standings import refresh_standings

FIRST_WEEK, LAST_WEEK = 12.0, 1.5
DISCIPLINED_FIRST_WEEK = 4.2
TESTERS_FIRST = 5
SLOW_DEPARTMENTS = ("Production", "Warehouse")


def teach(mapped: Mapped) -> None:
    """Write job roles, courses, requirements, assignments and records of one project."""
    courses = _courses(mapped)
    roles = _roles(mapped)
    _require(mapped, courses, roles)
    holders = _assign(mapped, roles)
    records = [
        record
        for person, role in holders
        for course in _curriculum(courses, role)
        for record in _attempts(mapped, person, course)
    ]
    TrainingRecord.objects.bulk_create(records)
    _renew_versions(mapped, courses)
    refresh_standings(project_id=mapped.project.pk)


def _base(mapped: Mapped) -> dict[str, object]:
    return {
        "organisation_id": mapped.project.organisation_id,
        "project": mapped.project,
        "recorded_at": mapped.stage.opened_at + timedelta(days=7),
    }


def _courses(mapped: Mapped) -> dict[str, Course]:
    rows = {"GEN": Course(code="GEN", name="Finding your way in the new system", has_check=False)}
    for plan in mapped.plans:
        root = mapped.roots[plan.code]
        rows[f"{plan.code}-1"] = Course(
            code=f"{plan.code}-1", name=f"{plan.name}: the daily work", process=root
        )
        rows[f"{plan.code}-2"] = Course(
            code=f"{plan.code}-2", name=f"{plan.name}: when something goes wrong", process=root
        )
    for row in rows.values():
        for name, value in _base(mapped).items():
            setattr(row, name, value)
    Course.objects.bulk_create(rows.values())
    return rows


def _roles(mapped: Mapped) -> dict[str, JobRole]:
    rows = {
        f"{plan.code}-{number}": JobRole(
            code=f"{plan.code}-{number}", name=name, source="demo", **_base(mapped)
        )
        for plan in mapped.plans
        for number, name in enumerate(plan.roles, start=1)
    }
    JobRole.objects.bulk_create(rows.values())
    return rows


def _require(mapped: Mapped, courses: dict[str, Course], roles: dict[str, JobRole]) -> None:
    Requirement.objects.bulk_create(
        Requirement(
            job_role=role,
            course=course,
            due_date=mapped.stage.day(2),
            **_base(mapped),
        )
        for role in roles.values()
        for course in _curriculum(courses, role)
    )


def _curriculum(courses: dict[str, Course], role: JobRole) -> list[Course]:
    process = role.code.partition("-")[0]
    return [courses["GEN"], courses[f"{process}-1"], courses[f"{process}-2"]]


def _assign(mapped: Mapped, roles: dict[str, JobRole]) -> list[tuple[Person, JobRole]]:
    dice = mapped.stage.dice
    holders = []
    for number, person in enumerate(mapped.people):
        department = person.department.name if person.department else ""
        own = [code for code in DEPARTMENTS.get(department, ()) if code in mapped.roots]
        process = dice.choice(own or list(mapped.roots))
        holders.append((person, roles[f"{process}-{1 + number % 2}"]))
        if person.left_date is None:
            mapped.holders.setdefault(process, []).append(person)
    JobRoleAssignment.objects.bulk_create(
        JobRoleAssignment(person=person, job_role=role, **_base(mapped)) for person, role in holders
    )
    return holders


def _attempts(mapped: Mapped, person: Person, course: Course) -> list[TrainingRecord]:
    """Return a person's records in a course: there, finished, checked; late ones have none."""
    stage = mapped.stage
    discipline = _discipline(mapped, person)
    if stage.dice.random() > discipline * 1.15:
        return []
    first = DISCIPLINED_FIRST_WEEK if stage.plan.is_disciplined else FIRST_WEEK
    day = stage.workday(stage.day(first), stage.day(LAST_WEEK))
    if day is None:
        return []
    moment = at(day, 8, stage.dice.randrange(60))
    rows = [_record(mapped, person, course, TrainingResult.ATTENDED, moment)]
    if stage.dice.random() > min(1.0, discipline + 0.35):
        return rows
    rows.append(_record(mapped, person, course, TrainingResult.COMPLETED, _later(moment, 4)))
    if course.has_check and stage.dice.random() < discipline + 0.25:
        rows += _checks(mapped, person, course, day, certain=discipline == 1)
    return rows


def _discipline(mapped: Mapped, person: Person) -> float:
    """Return how reliably somebody trains: testers better, the shop floor worse than planned."""
    planned = mapped.stage.plan.trained
    if any(person in people[:TESTERS_FIRST] for people in mapped.holders.values()):
        return min(1.0, planned + 0.35)
    if person.department and person.department.name in SLOW_DEPARTMENTS and planned < 1:
        return planned * 0.75
    return planned


def _checks(
    mapped: Mapped, person: Person, course: Course, day: date, *, certain: bool
) -> list[TrainingRecord]:
    dice = mapped.stage.dice
    score = dice.randrange(82 if certain else 55, 101)
    result = TrainingResult.PASSED if score >= 70 else TrainingResult.FAILED  # noqa: PLR2004
    row = _record(mapped, person, course, result, _later(at(day, 8), 6))
    row.score, row.score_max = Decimal(score), Decimal(100)
    return [row]


def _record(
    mapped: Mapped, person: Person, course: Course, result: str, moment: datetime
) -> TrainingRecord:
    return TrainingRecord(
        organisation_id=mapped.project.organisation_id,
        project=mapped.project,
        person=person,
        course=course,
        course_version="1",
        result=result,
        happened_at=moment,
        recorded_at=moment + timedelta(minutes=5),
        source="learning portal",
        external_id=f"{person.external_id}/{course.code}/{result}",
    )


def _later(moment: datetime, hours: int) -> datetime:
    return moment + timedelta(hours=hours)


def _renew_versions(mapped: Mapped, courses: dict[str, Course]) -> None:
    """Replace one course's material ten days ago: completions before are outdated."""
    if mapped.stage.plan.trained == 1 or len(courses) < 10:  # noqa: PLR2004
        return
    course = list(courses.values())[3]
    course.version = "2"
    course.version_at = at(mapped.stage.today - timedelta(days=10), 7)
    course.save(update_fields=["version", "version_at"])
