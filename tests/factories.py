"""Rows for tests: plain typed functions with honest defaults."""

import itertools
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from governance.choices import Affiliation, OrganisationKind, ProcessLevel, Role
from governance.models import (
    BusinessProcess,
    Organisation,
    Participation,
    Person,
    Project,
    User,
)
from governance.readings import ReadingKind
from governance.services.projects import open_project
from readiness.choices import Comparison, CriterionClass, Grade, MetricOrigin
from readiness.models import Criterion, Gate, Policy
from training.choices import TrainingResult
from training.models import Course, JobRole, JobRoleAssignment, Requirement, TrainingRecord
from uat.choices import DefectState, ExecutionResult, ScenarioClass, Severity
from uat.models import (
    Change,
    Defect,
    DefectEvent,
    Execution,
    Photo,
    Scenario,
    TesterAssignment,
)
from uat.services.photos import TakenPhoto, keep_photo

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
GO_LIVE = date(2026, 7, 13)
EARLY = datetime(2026, 1, 6, tzinfo=UTC)
RUN_AT = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
PASSWORD = "a long enough password"  # noqa: S105
_numbers = itertools.count(1)


def make_organisation(
    *, name: str = "Northwind Mills", kind: str = OrganisationKind.CLIENT
) -> Organisation:
    """Return a new organisation."""
    number = next(_numbers)
    return Organisation.objects.create(name=name, slug=f"org-{number}", kind=kind)


def make_user(*, organisation: Organisation, **fields: Any) -> User:
    """Return a new account with PASSWORD."""
    number = next(_numbers)
    fields.setdefault("email", f"user{number}@example.com")
    fields.setdefault("name", f"User {number}")
    return User.objects.create_user(password=PASSWORD, organisation=organisation, **fields)


def make_project(*, organisation: Organisation | None = None, **fields: Any) -> Project:
    """Return a new project that goes live on GO_LIVE."""
    number = next(_numbers)
    fields.setdefault("name", f"Project {number}")
    fields.setdefault("slug", f"project-{number}")
    fields.setdefault("go_live_date", GO_LIVE)
    fields.setdefault("opened_at", datetime(2026, 1, 5, 9, 0, tzinfo=UTC))
    return open_project(organisation=organisation or make_organisation(), **fields)


def join(*, project: Project, user: User, role: str = Role.BUSINESS_USER) -> Participation:
    """Give an account a role in a project."""
    return Participation.objects.create(
        organisation_id=project.organisation_id, project=project, user=user, role=role
    )


def make_process(*, project: Project, **fields: Any) -> BusinessProcess:
    """Return a new end-to-end process that answers for itself."""
    number = next(_numbers)
    fields.setdefault("code", f"{number:02d}")
    fields.setdefault("name", f"Process {number}")
    fields.setdefault("level", ProcessLevel.END_TO_END)
    fields.setdefault("recorded_at", datetime(2026, 1, 6, tzinfo=UTC))
    row = BusinessProcess.objects.create(
        organisation_id=project.organisation_id, project=project, **fields
    )
    if row.accountable_id is None:
        row.accountable = row
        row.save(update_fields=["accountable"])
    return row


def make_person(*, project: Project, **fields: Any) -> Person:
    """Return a new roster entry."""
    number = next(_numbers)
    fields.setdefault("external_id", f"P{number}")
    fields.setdefault("name", f"Person {number}")
    fields.setdefault("recorded_at", datetime(2026, 1, 6, tzinfo=UTC))
    return Person.objects.create(organisation_id=project.organisation_id, project=project, **fields)


def make_policy(*, project: Project, criteria: list[dict[str, Any]] | None = None) -> Policy:
    """Return a policy of gate G3 with the given criteria, adopted by the project."""
    number = next(_numbers)
    policy = Policy.objects.create(
        key=f"policy-{number}", version=1, name="Policy", body="{}", body_hash="0" * 64
    )
    for position, fields in enumerate(criteria or [{}]):
        terms: dict[str, Any] = {
            "gate_key": "G3",
            "key": f"UX-{position + 1:02d}",
            "wording": "Scenarios were run",
            "metric": "uat.exec_pct",
            "origin": MetricOrigin.COMPUTED,
            "kind": ReadingKind.SHARE,
            "comparison": Comparison.AT_LEAST,
            "target": 100,
            "criterion_class": CriterionClass.HARD,
            "due_days": 28,
            "grade": Grade.PROPOSED,
        }
        Criterion.objects.create(policy=policy, position=position, **(terms | fields))
    Gate.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        policy=policy,
        key="G3",
        name="UAT exit",
        position=3,
        evaluate_from_days=56,
        decision_days=28,
    )
    return policy


def make_scenario(*, project: Project, **fields: Any) -> Scenario:
    """Return a new scenario of the happy path, complete on paper and not yet run."""
    number = next(_numbers)
    fields.setdefault("code", f"S{number}")
    fields.setdefault("title", f"Scenario {number}")
    fields.setdefault("scenario_class", ScenarioClass.HAPPY_PATH)
    fields.setdefault("entry_criteria", "Data of last March")
    fields.setdefault("steps", "Do it")
    fields.setdefault("expected_result", "It is done")
    fields.setdefault("recorded_at", EARLY)
    return Scenario.objects.create(
        organisation_id=project.organisation_id, project=project, **fields
    )


def make_run(*, scenario: Scenario, **fields: Any) -> Execution:
    """Return a new run by the business that passed; nothing is refreshed."""
    fields.setdefault("tester_name", "Somebody of the business")
    fields.setdefault("affiliation", Affiliation.CLIENT)
    fields.setdefault("result", ExecutionResult.PASSED)
    fields.setdefault("executed_at", RUN_AT)
    fields.setdefault("recorded_at", fields["executed_at"])
    fields.setdefault("source", "test")
    fields.setdefault("external_id", f"R{next(_numbers)}")
    return Execution.objects.create(
        organisation_id=scenario.organisation_id,
        project_id=scenario.project_id,
        scenario=scenario,
        **fields,
    )


def make_photo(*, run: Execution, content: bytes = b"only for tests") -> Photo:
    """Return a photo of a run; its content is kept as it is."""
    return keep_photo(execution=run, photo=TakenPhoto(content=content, width=4, height=3))


def make_change(*, project: Project, **fields: Any) -> Change:
    """Return a new change of the system that touches everything; nothing is refreshed."""
    fields.setdefault("build", f"1.{next(_numbers)}")
    fields.setdefault("changed_at", RUN_AT)
    fields.setdefault("recorded_at", fields["changed_at"])
    return Change.objects.create(organisation_id=project.organisation_id, project=project, **fields)


def make_defect(*, project: Project, **fields: Any) -> Defect:
    """Return a new open defect of high severity, with its first event."""
    number = next(_numbers)
    fields.setdefault("code", f"D{number}")
    fields.setdefault("title", f"Defect {number}")
    fields.setdefault("severity", Severity.HIGH)
    fields.setdefault("raised_at", RUN_AT)
    fields.setdefault("recorded_at", fields["raised_at"])
    row = Defect.objects.create(organisation_id=project.organisation_id, project=project, **fields)
    make_defect_event(defect=row, state=DefectState.OPEN, happened_at=row.raised_at)
    return row


def make_defect_event(*, defect: Defect, state: str, happened_at: datetime) -> DefectEvent:
    """Return a new event of a defect; nothing is refreshed."""
    return DefectEvent.objects.create(
        organisation_id=defect.organisation_id,
        project_id=defect.project_id,
        defect=defect,
        state=state,
        happened_at=happened_at,
        recorded_at=happened_at,
    )


def make_tester(*, person: Person, **fields: Any) -> TesterAssignment:
    """Return a new assignment of a person to test; without a process, everything."""
    fields.setdefault("recorded_at", EARLY)
    return TesterAssignment.objects.create(
        organisation_id=person.organisation_id,
        project_id=person.project_id,
        person=person,
        **fields,
    )


def make_course(*, project: Project, **fields: Any) -> Course:
    """Return a new course in version 1 that ends in a check."""
    number = next(_numbers)
    fields.setdefault("code", f"C{number}")
    fields.setdefault("name", f"Course {number}")
    fields.setdefault("recorded_at", EARLY)
    return Course.objects.create(organisation_id=project.organisation_id, project=project, **fields)


def make_job_role(*, project: Project, courses: Iterable[Course] = (), **fields: Any) -> JobRole:
    """Return a new job role that needs these courses."""
    number = next(_numbers)
    fields.setdefault("code", f"J{number}")
    fields.setdefault("name", f"Job role {number}")
    fields.setdefault("recorded_at", EARLY)
    role = JobRole.objects.create(
        organisation_id=project.organisation_id, project=project, **fields
    )
    for course in courses:
        Requirement.objects.create(
            organisation_id=project.organisation_id,
            project=project,
            job_role=role,
            course=course,
            recorded_at=EARLY,
        )
    return role


def give_job_role(*, person: Person, job_role: JobRole, **fields: Any) -> JobRoleAssignment:
    """Give a person a job role."""
    fields.setdefault("recorded_at", EARLY)
    return JobRoleAssignment.objects.create(
        organisation_id=person.organisation_id,
        project_id=person.project_id,
        person=person,
        job_role=job_role,
        **fields,
    )


def make_record(*, person: Person, course: Course, **fields: Any) -> TrainingRecord:
    """Return a new passed check in the course's own version; nothing is refreshed."""
    fields.setdefault("course_version", course.version)
    fields.setdefault("result", TrainingResult.PASSED)
    fields.setdefault("happened_at", RUN_AT)
    fields.setdefault("recorded_at", fields["happened_at"])
    fields.setdefault("source", "test")
    fields.setdefault("external_id", f"T{next(_numbers)}")
    return TrainingRecord.objects.create(
        organisation_id=person.organisation_id,
        project_id=person.project_id,
        person=person,
        course=course,
        **fields,
    )
