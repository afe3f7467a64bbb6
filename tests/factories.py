"""Rows for tests: plain typed functions with honest defaults."""

import itertools
from datetime import UTC, date, datetime
from typing import Any

from governance.choices import OrganisationKind, ProcessLevel, Role
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

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
GO_LIVE = date(2026, 7, 13)
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
