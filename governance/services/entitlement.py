"""What entitles somebody to sign, at the moment of signing.

Sources: 21 CFR 11.10(g); the roles of each kind from the built-in criteria.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from governance.choices import EXECUTIVE_ROLES, OrganisationKind, Role, SignoffKind, english
from governance.models import (
    AuthenticatorReset,
    BusinessProcess,
    Delegation,
    Participation,
    Project,
    User,
)
from governance.services.freezing import freeze_sentence, is_frozen
from governance.services.resets import hold_sentence

NAMED_BY = 120
"""So many letters of a process's name stand in an authority that says more than that."""
BY_OWNER = (SignoffKind.PROCESS_EVIDENCE, SignoffKind.SCOPE)
_BY_ROLE: dict[str, tuple[Role, ...]] = {
    SignoffKind.CHARTER: (Role.SPONSOR,),
    SignoffKind.ACCEPTANCE: EXECUTIVE_ROLES,
    SignoffKind.POLICY_CHANGE: (Role.SPONSOR,),
    SignoffKind.CLOSURE: (Role.SPONSOR,),
    SignoffKind.GO_NO_GO: EXECUTIVE_ROLES,
    SignoffKind.HANDOVER: (Role.SPONSOR,),
}


class SignoffRefused(Exception):
    """Say to the signer why nothing was signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a signature is about; `process` where it is one's."""

    project: Project
    noun: str
    public_id: UUID
    title: str
    process: BusinessProcess | None = None

    @classmethod
    def of_process(cls, process: BusinessProcess) -> "Subject":
        """Return a process as what is signed."""
        return cls(
            project=process.project,
            noun="process",
            public_id=process.public_id,
            title=str(process),
            process=process,
        )

    @classmethod
    def of_project(cls, project: Project) -> "Subject":
        """Return a whole project as what is signed."""
        return cls(project=project, noun="project", public_id=project.public_id, title=project.name)


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What entitles a signer, in words; a delegation where it is one that does."""

    words: str
    delegation: Delegation | None = None


def entitlement_of(signer: User, *, subject: Subject, kind: str) -> Entitlement:
    """Return what entitles the signer at this moment, by the database's clock.

    :raises SignoffRefused: nothing does, or nobody signs here now.
    """
    if signer.kind != OrganisationKind.CLIENT:
        raise SignoffRefused(_("A partner's account can record, and never sign."))
    project = subject.project
    if signer.organisation_id != project.organisation_id or not signer.is_active:
        raise SignoffRefused(_("Only the client's own business signs."))
    if not Project.objects.visible_to(signer).filter(pk=project.pk).exists():
        raise SignoffRefused(_("You no longer take part in this project."))
    if is_frozen(project):
        raise SignoffRefused(freeze_sentence())
    _check_hold(signer)
    if kind in BY_OWNER and subject.process is not None:
        return _of_owner(signer, subject.process)
    return _of_role(signer, project, roles=_BY_ROLE[kind])


def _of_owner(signer: User, process: BusinessProcess) -> Entitlement:
    if process.owner_id == signer.pk:
        return Entitlement(f"Owner of {process}"[:300])
    if process.deputy_id == signer.pk:
        return Entitlement(f"Deputy for {process}"[:300])
    held = Delegation.objects.filter(process=process, delegate=signer).holding_at(Now())
    found = held.select_related("appointed_by").order_by("-appointed_at").first()
    if found is not None:
        words = (
            f"Delegate for {str(process)[:NAMED_BY]}, {found.starts_at:%Y-%m-%d %H:%M} to"
            f" {found.ends_at:%Y-%m-%d %H:%M} UTC, appointed by {found.appointed_by.name}"
        )
        return Entitlement(words[:300], found)
    raise SignoffRefused(_("Only the owner of this process, the deputy or a delegate signs it."))


def _of_role(signer: User, project: Project, *, roles: tuple[Role, ...]) -> Entitlement:
    seats = Participation.objects.filter(project=project, user=signer, ended_at__isnull=True)
    held = set(seats.values_list("role", flat=True))
    for role in roles:
        if role in held:
            return Entitlement(f"{english(role)} of {project.name}"[:300])
    who = " / ".join(str(role.label) for role in roles)
    raise SignoffRefused(_("Only these sign here: %(who)s.") % {"who": who})


def _check_hold(signer: User) -> None:
    """Keep an account from signing whose second factor was reset, by the database's clock.

    :raises SignoffRefused: it was, less than a day ago.
    """
    held = AuthenticatorReset.objects.of_account(signer).holding_now()
    row = held.select_related("reset_by").order_by("holds_until").last()
    if row is not None:
        raise SignoffRefused(hold_sentence(row))
