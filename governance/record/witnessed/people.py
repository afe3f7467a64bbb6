"""Who owns, who takes part, and who signs in whose place: how the record tells it."""

from uuid import UUID, uuid5

from governance.choices import RecordKind
from governance.models import Delegation, DelegationEnd, Ownership, Participation
from governance.record.witnessing import Told, Witness, id_of


def _ownership(row: Ownership) -> Told:
    terms = {
        "process": id_of(row.process),
        "owner": id_of(row.owner),
        "deputy": id_of(row.deputy),
        "by": id_of(row.assigned_by),
        "assigned_at": row.assigned_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms)


def participation_id(row: Participation) -> UUID:
    """Return by what the record knows a role: drawn from its project and its own key."""
    return uuid5(row.project.public_id, f"participation:{row.pk}")


def _role_given(row: Participation) -> Told:
    terms = {
        "account": id_of(row.user),
        "role": row.role,
        "by": id_of(row.given_by),
        "started_at": row.started_at,
    }
    return Told(terms)


def _role_ended(row: Participation) -> Told:
    terms = {
        "account": id_of(row.user),
        "role": row.role,
        "by": id_of(row.ended_by),
        "ended_at": row.ended_at,
    }
    return Told(terms)


def _delegation(row: Delegation) -> Told:
    terms = {
        "process": id_of(row.process),
        "delegate": id_of(row.delegate),
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "by": id_of(row.appointed_by),
        "appointed_at": row.appointed_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.reason})


def _delegation_end(row: DelegationEnd) -> Told:
    terms = {
        "delegation": id_of(row.delegation),
        "by": id_of(row.ended_by),
        "ended_at": row.ended_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.reason})


WITNESSED = (
    Witness(
        kind=RecordKind.OWNER_NAMED,
        model=Ownership,
        noun="ownership",
        tell=_ownership,
        by="assigned_by",
        related=("process", "owner", "deputy", "assigned_by"),
    ),
    Witness(
        kind=RecordKind.ROLE_GIVEN,
        model=Participation,
        noun="participation",
        tell=_role_given,
        by="given_by",
        moment="started_at",
        related=("project", "user", "given_by"),
        subject=participation_id,
    ),
    Witness(
        kind=RecordKind.ROLE_ENDED,
        model=Participation,
        noun="participation",
        tell=_role_ended,
        by="ended_by",
        moment="ended_at",
        related=("project", "user", "ended_by"),
        only={"ended_at__isnull": False},
        subject=participation_id,
    ),
    Witness(
        kind=RecordKind.DELEGATED,
        model=Delegation,
        noun="delegation",
        tell=_delegation,
        by="appointed_by",
        related=("process", "delegate", "appointed_by"),
    ),
    Witness(
        kind=RecordKind.DELEGATION_ENDED,
        model=DelegationEnd,
        noun="delegation_end",
        tell=_delegation_end,
        by="ended_by",
        related=("delegation", "ended_by"),
    ),
)
