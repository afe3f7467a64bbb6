"""Put policies on record, and have projects judged by one."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Now

from governance.choices import SignoffAct, SignoffKind
from governance.models import Organisation, Project, Signoff, User
from governance.record.witnessing import witness_all
from governance.services.freezing import refuse_while_frozen
from governance.services.marks import mark_projects
from readiness.choices import CriterionClass
from readiness.models import Criterion, Gate, Policy, PolicyAdoption
from readiness.policy.hashing import decimal_text
from readiness.policy.parsing import PolicyText, gates_of_body
from readiness.policy.terms import CriterionTerms, GateTerms

GATE_FIELDS = (
    "organisation_id",
    "policy",
    "name",
    "position",
    "evaluate_from_days",
    "decision_days",
)


class PolicyConflict(Exception):
    """Say why a policy was not put on record or not adopted."""


@transaction.atomic
def store_policy(*, policy: PolicyText, organisation: Organisation | None = None) -> Policy:
    """Return the policy on record, written now unless it is there; a version is never edited.

    A policy without an organisation ships with the product.

    :raises PolicyConflict: this version is on record with other words.
    """
    known = Policy.objects.filter(
        organisation=organisation, key=policy.key, version=policy.version
    ).first()
    if known is None:
        return _written(policy, organisation)
    if known.body_hash != policy.digest:
        raise PolicyConflict(
            f"Version {policy.version} of {policy.key} is on record with other words."
            " Raise the version in policy.yaml; a version that was adopted is never edited."
        )
    return known


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopting:
    """Who has a project judged by another policy, why, and by which signature, if any."""

    adopted_by: User | None = None
    reason: str = ""
    signature: Signoff | None = None


NOBODY = Adopting()
"""What ships with the product is adopted by nobody in particular."""


@transaction.atomic
def adopt_policy(
    *, project: Project, policy: Policy | None = None, adopting: Adopting = NOBODY
) -> Policy:
    """Have a project judged by a policy; by the newest that ships unless one is given.

    Its gates take the policy's calendar; gates that the policy does not have are removed. The
    moment is the database's.

    The first needs no signature; any other afterwards is a decision that the sponsor signs.

    :raises PolicyConflict: no policy is on record, it belongs to another client, the gates are
        frozen, or a change that nobody signed.
    """
    refuse_while_frozen(project, refusal=PolicyConflict)
    chosen = policy or newest_shipped_policy()
    if chosen.organisation_id not in (None, project.organisation_id):
        raise PolicyConflict("This policy belongs to another client.")
    _check_signed(project, chosen, adopting)
    mark_projects(project_ids=[project.pk])
    before = _policy_before(project)
    gates = gates_of_body(chosen.body)
    Gate.objects.filter(project=project).exclude(key__in=gates).delete()
    for row in _gates(project, chosen):
        terms = {name: getattr(row, name) for name in GATE_FIELDS}
        Gate.objects.update_or_create(project=project, key=row.key, defaults=terms)
    if before != chosen.pk:
        _write_adoptions([project], chosen, adopting=adopting, previous_id=before)
    return chosen


def _policy_before(project: Project) -> int | None:
    """Return by which policy the project is judged, as far as that is on record."""
    adoptions = PolicyAdoption.objects.filter(project=project).order_by("-pk")
    known: int | None = adoptions.values_list("policy_id", flat=True).first()
    return known


def _check_signed(project: Project, policy: Policy, adopting: Adopting) -> None:
    """Let a project change its policy by the sponsor's signature alone.

    :raises PolicyConflict: it is judged by another one, and nobody signed the change.
    """
    others = Gate.objects.filter(project=project).exclude(policy=policy)
    if not others.exists():
        return
    signature = adopting.signature
    if signature is None or (signature.project_id, signature.kind, signature.act) != (
        project.pk,
        SignoffKind.POLICY_CHANGE,
        SignoffAct.SIGNED,
    ):
        raise PolicyConflict("Another policy needs the sponsor's signature on what it changes.")


@transaction.atomic
def adopt_together(*, projects: Sequence[Project], policy: Policy) -> None:
    """Have projects that were not judged so far judged by a policy, however many there are."""
    mark_projects(project_ids=[project.pk for project in projects])
    rows = [gate for project in projects for gate in _gates(project, policy)]
    Gate.objects.bulk_create(rows, ignore_conflicts=True)
    known = PolicyAdoption.objects.filter(project__in=projects).values_list("project_id", flat=True)
    adopted = set(known)
    fresh = [project for project in projects if project.pk not in adopted]
    _write_adoptions(fresh, policy, adopting=NOBODY)


def adopt_where_missing(*, project_ids: Collection[int]) -> int:
    """Have those of the projects that have no gates judged by the newest policy that ships.

    Return how many there were; none when no policy is on record.
    """
    judged = Gate.objects.filter(project_id__in=project_ids).values("project_id")
    projects = Project.objects.filter(pk__in=project_ids).select_related("organisation")
    missing = list(projects.exclude(pk__in=judged).order_by("pk"))
    if not missing or not Policy.objects.filter(organisation=None).exists():
        return 0
    adopt_together(projects=missing, policy=newest_shipped_policy())
    return len(missing)


def newest_shipped_policy() -> Policy:
    """Return the newest policy that ships with the product.

    :raises PolicyConflict: none is on record.
    """
    shipped = Policy.objects.filter(organisation=None).order_by("-created_at", "-pk").first()
    if shipped is None:
        raise PolicyConflict("No policy is on record yet. Run: manage.py migrate")
    return shipped


def _written(policy: PolicyText, organisation: Organisation | None) -> Policy:
    row = Policy.objects.create(
        organisation=organisation,
        key=policy.key,
        version=policy.version,
        name=policy.name,
        body=policy.text,
        body_hash=policy.digest,
    )
    Criterion.objects.bulk_create(_criteria(row, policy.gates))
    return row


def _criteria(policy: Policy, gates: Sequence[GateTerms]) -> Iterator[Criterion]:
    criteria = [criterion for gate in gates for criterion in gate.criteria]
    for position, terms in enumerate(criteria, start=1):
        yield _criterion(policy, terms, position)


def _criterion(policy: Policy, terms: CriterionTerms, position: int) -> Criterion:
    return Criterion(
        policy=policy,
        gate_key=terms.gate,
        key=terms.key,
        position=position,
        wording=terms.wording,
        why=terms.why,
        remedy=terms.todo,
        metric=terms.metric,
        origin=terms.origin,
        kind=terms.kind,
        comparison=terms.comparison,
        target=terms.target,
        warn=terms.warn,
        criterion_class=CriterionClass.HARD if terms.hard else CriterionClass.SOFT,
        accountable_roles=[str(role) for role in terms.accountable],
        due_days=terms.due_days,
        glide_path=[[days, decimal_text(number)] for days, number in terms.glide],
        ttl_days=terms.ttl_days,
        grade=terms.grade,
        source=", ".join(terms.sources),
    )


def _write_adoptions(
    projects: Sequence[Project],
    policy: Policy,
    *,
    adopting: Adopting,
    previous_id: int | None = None,
) -> None:
    """Write from when on projects are judged by a policy, and append it to their records."""
    made = PolicyAdoption.objects.bulk_create(
        PolicyAdoption(
            organisation_id=project.organisation_id,
            project=project,
            policy=policy,
            previous_id=previous_id,
            reason=adopting.reason,
            adopted_by=adopting.adopted_by,
            adopted_at=Now(),
            signature=adopting.signature,
        )
        for project in projects
    )
    rows = PolicyAdoption.objects.filter(pk__in=[row.pk for row in made])
    related = ("policy", "previous", "project__organisation", "adopted_by", "signature")
    witness_all(rows.select_related(*related), actor=adopting.adopted_by)


def _gates(project: Project, policy: Policy) -> list[Gate]:
    """Return the gates of a project under a policy, on the policy's own calendar."""
    return [
        Gate(
            organisation_id=project.organisation_id,
            project=project,
            policy=policy,
            key=gate.key,
            name=gate.name,
            position=position,
            evaluate_from_days=gate.opens_days,
            decision_days=gate.decision_days,
        )
        for position, gate in enumerate(gates_of_body(policy.body).values(), start=1)
    ]
