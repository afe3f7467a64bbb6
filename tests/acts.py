"""Acts of signing that are written past the service, with a moment of their own."""

from datetime import datetime

from governance.choices import OrganisationKind, SignoffAct, SignoffKind
from governance.models import BusinessProcess, Project, Signoff
from governance.services.signoffs import evidence_hash_of
from tests.factories import make_user


def put_signature(
    over: BusinessProcess | Project,
    *,
    kind: SignoffKind,
    body: str,
    at: datetime,
    act: str = SignoffAct.SIGNED,
) -> Signoff:
    """Return an act over a process or a project that is written past the service."""
    project = over.project if isinstance(over, BusinessProcess) else over
    signer = make_user(organisation=project.organisation)
    return Signoff.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        process=over if isinstance(over, BusinessProcess) else None,
        kind=kind,
        subject_noun="process" if isinstance(over, BusinessProcess) else "project",
        subject_id=over.public_id,
        act=act,
        meaning="I mean it",
        reason="Because",
        evidence=body,
        evidence_hash=evidence_hash_of(body),
        signer=signer,
        signer_kind=OrganisationKind.CLIENT,
        signer_name=signer.name,
        authentication="PASSWORD",
        signed_at=at,
        recorded_at=at,
    )
