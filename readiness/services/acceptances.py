"""Accept a risk by name and for a time, and end an acceptance early: both are signed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import EXECUTIVE_ROLES, Role, SignoffAct, english
from governance.models import Participation, Project, ProjectMark, Signoff, User
from governance.record.witnessing import witness
from governance.services.accounts import Proof
from governance.services.marks import mark_projects
from governance.services.persons import person_of
from governance.services.proving import Answer, prove_signer
from governance.services.resets import SigningHeld, refuse_while_held
from governance.services.signoffs import EvidenceChanged, SignoffRefused, check_act, sign
from readiness.metrics.risks import criterion_of
from readiness.models import Acceptance, AcceptanceScenario, AcceptanceWithdrawal
from readiness.services.risks import (
    AcceptanceRefused,
    RiskTerms,
    Shown,
    acceptance_subject,
    declaration_of,
    ended_exhibit,
    granted_exhibit,
)
from uat.models import Scenario

__all__ = ["AcceptanceRefused", "RiskTerms", "Shown", "accept_risk", "withdraw_acceptance"]

LONGEST_AFTER_GO_LIVE = timedelta(days=60)
LONGEST = timedelta(days=180)


class People(NamedTuple):
    """Who asked for a risk to be accepted, and who accepts it."""

    requester: User
    approver: User


def check_acceptance(
    *, project: Project, terms: RiskTerms, people: People, accepted_at: datetime
) -> list[Scenario]:
    """Check everything about an acceptance but who is at the keyboard; return what it names.

    :raises AcceptanceRefused: see the sentences below.
    :raises EvidenceChanged: what was shown is no longer what is there.
    """
    _check_words(terms)
    _check_people(project, people)
    check_hold(people.approver, at=accepted_at)
    check_expiry(project, expires_at=terms.expires_at, accepted_at=accepted_at)
    _check_criterion(project, terms)
    scenarios = _named_scenarios(project, terms.scenario_ids)
    _executive_role(project, people.approver)
    with told_apart():
        check_act(
            subject=acceptance_subject(project, public_id=uuid4(), keys=_keys(terms)),
            signer=people.approver,
            declaration=declaration_of(SignoffAct.SIGNED, shown=terms.shown),
            exhibit=granted_exhibit(project, terms=terms, codes=[each.code for each in scenarios]),
        )
    return scenarios


@transaction.atomic
def accept_risk(
    *,
    project: Project,
    terms: RiskTerms,
    people: People,
    proof: Proof,
    accepted_at: datetime,
) -> Acceptance:
    """Sign and write an acceptance by an executive of the client; extending one makes a new row.

    :raises AcceptanceRefused: see the sentences below; nothing is written.
    :raises EvidenceChanged: what was shown is no longer what is there.
    """
    ProjectMark.objects.select_for_update().filter(project=project).first()
    scenarios = check_acceptance(
        project=project, terms=terms, people=people, accepted_at=accepted_at
    )
    approver = people.approver
    row = Acceptance.objects.create(
        public_id=proof.seed.row_id,
        signature=_signed(project, terms, scenarios, approver, proof),
        requester=people.requester,
        approver=approver,
        approver_kind=approver.kind,
        approver_name=approver.name,
        approver_role=english(Role(_executive_role(project, approver))),
        accepted_at=accepted_at,
        **_said(project, terms),
    )
    AcceptanceScenario.objects.bulk_create(
        AcceptanceScenario(acceptance=row, scenario=scenario) for scenario in scenarios
    )
    mark_projects(project_ids=[project.pk])
    witness(row, actor=approver)
    return row


def _said(project: Project, terms: RiskTerms) -> dict[str, Any]:
    return {
        "organisation_id": project.organisation_id,
        "project": project,
        "gate_key": terms.gate_key,
        "criterion_key": terms.criterion_key,
        "reason": terms.reason.strip(),
        "control": terms.control.strip(),
        "expires_at": terms.expires_at,
        "extends": terms.extends,
    }


def _signed(
    project: Project,
    terms: RiskTerms,
    scenarios: Sequence[Scenario],
    approver: User,
    proof: Proof,
) -> Signoff:
    with told_apart():
        return sign(
            subject=acceptance_subject(project, public_id=proof.seed.row_id, keys=_keys(terms)),
            signer=approver,
            declaration=declaration_of(SignoffAct.SIGNED, shown=terms.shown),
            exhibit=granted_exhibit(project, terms=terms, codes=[each.code for each in scenarios]),
            proof=proof,
        )


def withdraw_acceptance(
    *,
    acceptance: Acceptance,
    withdrawn_by: User,
    reason: str,
    shown: Shown,
    credentials: Answer,
    withdrawn_at: datetime,
) -> AcceptanceWithdrawal:
    """End an acceptance before its expiry, in person; the row itself stays.

    :raises AcceptanceRefused: no reason, ended already, or not by an executive of the client.
    :raises IdentityNotProved: what was shown to prove who signs is wrong.
    """
    _check_ending(acceptance, withdrawn_by, reason)
    check_hold(withdrawn_by, at=withdrawn_at)
    proof = prove_signer(user=withdrawn_by, credentials=credentials, at=withdrawn_at)
    with transaction.atomic():
        ProjectMark.objects.select_for_update().filter(project=acceptance.project).first()
        _check_ending(acceptance, withdrawn_by, reason)
        signature = _ended(acceptance, withdrawn_by, reason, shown, proof)
        row = AcceptanceWithdrawal.objects.create(
            organisation_id=acceptance.organisation_id,
            project_id=acceptance.project_id,
            acceptance=acceptance,
            reason=reason.strip(),
            withdrawn_by=withdrawn_by,
            withdrawn_at=withdrawn_at,
            signature=signature,
        )
        mark_projects(project_ids=[acceptance.project_id])
        witness(row, actor=withdrawn_by)
    return row


def _ended(
    acceptance: Acceptance, withdrawn_by: User, reason: str, shown: Shown, proof: Proof
) -> Signoff:
    keys = f"{acceptance.gate_key} {acceptance.criterion_key}"
    with told_apart():
        return sign(
            subject=acceptance_subject(
                acceptance.project, public_id=acceptance.public_id, keys=keys
            ),
            signer=withdrawn_by,
            declaration=declaration_of(SignoffAct.WITHDRAWN, shown=shown, reason=reason),
            exhibit=ended_exhibit(acceptance, shown=shown),
            proof=proof,
        )


@contextmanager
def told_apart() -> Iterator[None]:
    """Say a refusal to sign as a refusal to accept; what changed stays apart.

    :raises AcceptanceRefused: the signing was refused.
    """
    try:
        yield
    except EvidenceChanged:
        raise
    except SignoffRefused as refused:
        raise AcceptanceRefused(str(refused)) from refused


def _check_ending(acceptance: Acceptance, withdrawn_by: User, reason: str) -> None:
    if not reason.strip():
        raise AcceptanceRefused(_("Say why the acceptance ends."), field="reason")
    if AcceptanceWithdrawal.objects.filter(acceptance=acceptance).exists():
        raise AcceptanceRefused(_("This acceptance was ended before."))
    _executive_role(acceptance.project, withdrawn_by)


def _keys(terms: RiskTerms) -> str:
    return f"{terms.gate_key} {terms.criterion_key}"


def _check_words(terms: RiskTerms) -> None:
    if not terms.reason.strip():
        raise AcceptanceRefused(_("Give the reason for accepting the risk."), field="reason")
    if not terms.control.strip():
        raise AcceptanceRefused(
            _("Say what is done instead to keep the risk small."), field="control"
        )


def _check_people(project: Project, people: People) -> None:
    requester, approver = people
    if person_of(approver, project=project).is_account(requester.pk):
        raise AcceptanceRefused(_("Nobody accepts a risk they raised themselves."))
    if requester.organisation_id != project.organisation_id:
        raise AcceptanceRefused(_("A partner cannot ask the client to accept a risk."))


def check_hold(approver: User, *, at: datetime) -> None:
    """Let only an account accept a risk whose second factor was not reset a short while ago.

    :raises AcceptanceRefused: it was; the sentence says by whom and until when.
    """
    try:
        refuse_while_held(approver, at=at)
    except SigningHeld as held:
        raise AcceptanceRefused(str(held)) from held


def _executive_role(project: Project, approver: User) -> str:
    """Return the role that makes the approver an executive of this client.

    :raises AcceptanceRefused: there is none.
    """
    if approver.is_partner or approver.organisation_id != project.organisation_id:
        raise AcceptanceRefused(_("Only an executive of the client accepts a risk."))
    roles = Participation.objects.filter(
        project=project, user=approver, role__in=EXECUTIVE_ROLES, ended_at__isnull=True
    ).values_list("role", flat=True)
    for role in EXECUTIVE_ROLES:
        if role in set(roles):
            return role
    raise AcceptanceRefused(_("Only the sponsor or a steering member accepts a risk."))


def check_expiry(project: Project, *, expires_at: datetime, accepted_at: datetime) -> None:
    """Check that an acceptance would end, in time.

    :raises AcceptanceRefused: before it starts, or too late.
    """
    if expires_at <= accepted_at:
        raise AcceptanceRefused(_("The acceptance must end after it starts."), field="until")
    if expires_at > accepted_at + LONGEST:
        longest = _("An acceptance lasts %(days)s days at most.") % {"days": LONGEST.days}
        raise AcceptanceRefused(longest, field="until")
    if project.go_live_date and expires_at.date() > project.go_live_date + LONGEST_AFTER_GO_LIVE:
        latest = _("An acceptance ends %(days)s days after go-live at the latest.")
        raise AcceptanceRefused(latest % {"days": LONGEST_AFTER_GO_LIVE.days}, field="until")


def has_criterion(project: Project, *, gate_key: str, criterion_key: str) -> bool:
    """Say whether the policy of a project's gate asks for a criterion."""
    return criterion_of(project, gate_key=gate_key, criterion_key=criterion_key) is not None


def _check_criterion(project: Project, terms: RiskTerms) -> None:
    if not has_criterion(project, gate_key=terms.gate_key, criterion_key=terms.criterion_key):
        unknown = _("This project's policy has no criterion %(criterion)s at %(gate)s.")
        raise AcceptanceRefused(
            unknown % {"criterion": terms.criterion_key, "gate": terms.gate_key}
        )
    if terms.extends and (
        terms.extends.project_id != project.pk or terms.extends.criterion_key != terms.criterion_key
    ):
        raise AcceptanceRefused(_("An extension stays with its project and criterion."))


def _named_scenarios(project: Project, scenario_ids: Sequence[int]) -> list[Scenario]:
    rows = list(Scenario.objects.filter(project=project, pk__in=scenario_ids))
    if len(rows) != len(set(scenario_ids)):
        foreign = _("Some of these scenarios do not belong to the project.")
        raise AcceptanceRefused(foreign, field="scenarios")
    return rows
