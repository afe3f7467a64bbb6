"""What waits for somebody's answer, and the answers: decisions, assumptions, risks."""

from datetime import datetime
from typing import Any

from governance.choices import Affiliation
from governance.models import Assumption, Decision, DecisionOutcome, Project, User
from readiness.models import Acceptance, AcceptanceRequest
from tests.factories import EARLY
from tests.people import Cast


def make_decision(*, project: Project, **fields: Any) -> Decision:
    """Return a new question, raised EARLY, that waits for nobody by name."""
    fields.setdefault("code", f"D-{Decision.objects.count() + 1}")
    fields.setdefault("title", "Which plant?")
    fields.setdefault("raised_at", EARLY)
    return Decision.objects.create(
        organisation_id=project.organisation_id, project=project, **fields
    )


def decide(decision: Decision, *, by: User, at: datetime, **fields: Any) -> DecisionOutcome:
    """Return the client's answer to a question; yes, unless it says something else."""
    fields.setdefault("outcome", "Yes")
    fields.setdefault("decided_affiliation", Affiliation.CLIENT)
    return DecisionOutcome.objects.create(
        organisation_id=decision.organisation_id,
        project_id=decision.project_id,
        decision=decision,
        decided_by=by,
        decided_at=at,
        **fields,
    )


def make_assumption(*, project: Project, **fields: Any) -> Assumption:
    """Return a new assumption of a partner, written down EARLY."""
    fields.setdefault("code", f"A-{Assumption.objects.count() + 1}")
    fields.setdefault("statement", "One is enough.")
    fields.setdefault("raised_at", EARLY)
    return Assumption.objects.create(
        organisation_id=project.organisation_id, project=project, **fields
    )


def ask_to_accept(cast: Cast, *, until: datetime, **fields: Any) -> AcceptanceRequest:
    """Let the project manager ask the sponsor to accept the risk of a criterion."""
    fields.setdefault("requested_at", EARLY)
    return AcceptanceRequest.objects.create(
        organisation=cast.client,
        project=cast.project,
        gate_key="G3",
        criterion_key="UX-01",
        reason="The bank interface comes later.",
        control="Payments are released by hand.",
        wanted_until_date=until.date(),
        requester=cast.project_manager,
        asked=cast.sponsor,
        **fields,
    )


def accept(cast: Cast, *, at: datetime, until: datetime, **fields: Any) -> Acceptance:
    """Let the sponsor accept, for a time, that a criterion of the first gate is not met."""
    fields.setdefault("gate_key", "G1")
    fields.setdefault("criterion_key", "DX-10")
    fields.setdefault("reason", "The charter is being translated.")
    fields.setdefault("control", "The sponsor answers within a day.")
    return Acceptance.objects.create(
        organisation=cast.client,
        project=cast.project,
        requester=cast.process_owner,
        approver=cast.sponsor,
        approver_kind=cast.sponsor.kind,
        approver_name=cast.sponsor.name,
        approver_role="Sponsor",
        accepted_at=at,
        expires_at=until,
        **fields,
    )
