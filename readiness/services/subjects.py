"""Find criteria and asked-for risks that somebody escalates."""

from governance.models import Project
from governance.services.subjects import LONGEST_TITLE, Subject, uuid_of
from readiness.models import AcceptanceRequest, Criterion, Gate


def criterion(project: Project, *, subject_id: str) -> Subject | None:
    """Return a criterion of a gate, named as "G6/GO-16"."""
    gate, _, key = subject_id.partition("/")
    policies = Gate.objects.filter(project=project, key=gate).values("policy_id")
    row = Criterion.objects.filter(policy_id__in=policies, gate_key=gate, key=key).first()
    return (
        None
        if row is None
        else Subject(
            noun="criterion", id=f"{row.gate_key}/{row.key}", title=str(row)[:LONGEST_TITLE]
        )
    )


def request(project: Project, *, subject_id: str) -> Subject | None:
    """Return a risk that somebody was asked to accept."""
    rows = AcceptanceRequest.objects.filter(project=project, public_id=uuid_of(subject_id))
    row = rows.first()
    return (
        None
        if row is None
        else Subject(noun="request", id=str(row.public_id), title=str(row)[:LONGEST_TITLE])
    )
