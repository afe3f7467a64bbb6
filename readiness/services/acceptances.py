"""Accept a risk by name and for a time, and end an acceptance early."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import EXECUTIVE_ROLES, Role, english
from governance.models import Participation, Project, User
from governance.services.marks import mark_projects
from governance.services.resets import SigningHeld, refuse_while_held
from readiness.models import (
    Acceptance,
    AcceptanceScenario,
    AcceptanceWithdrawal,
    Criterion,
    Gate,
)
from uat.models import Scenario

LONGEST_AFTER_GO_LIVE = timedelta(days=60)
LONGEST = timedelta(days=180)


class AcceptanceRefused(Exception):
    """Say why a risk was not accepted; `field` names what was entered wrongly, if anything."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        """Keep the field beside the sentence."""
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskTerms:
    """What is accepted: a criterion's miss, why, what is done instead, until when."""

    gate_key: str
    criterion_key: str
    reason: str
    control: str
    expires_at: datetime
    scenario_ids: Sequence[int] = ()
    extends: Acceptance | None = None


@transaction.atomic
def accept_risk(
    *,
    project: Project,
    terms: RiskTerms,
    requester: User,
    approver: User,
    accepted_at: datetime,
) -> Acceptance:
    """Write an acceptance by an executive of the client; extending one makes a new row.

    :raises AcceptanceRefused: see the sentences below; nothing is written.
    """
    _check_words(terms)
    _check_people(project, requester, approver)
    check_hold(approver, at=accepted_at)
    check_expiry(project, expires_at=terms.expires_at, accepted_at=accepted_at)
    _check_criterion(project, terms)
    scenarios = _named_scenarios(project, terms.scenario_ids)
    role = _executive_role(project, approver)
    row = Acceptance.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        gate_key=terms.gate_key,
        criterion_key=terms.criterion_key,
        reason=terms.reason.strip(),
        control=terms.control.strip(),
        requester=requester,
        approver=approver,
        approver_kind=approver.kind,
        approver_name=approver.name,
        approver_role=english(Role(role)),
        accepted_at=accepted_at,
        expires_at=terms.expires_at,
        extends=terms.extends,
    )
    AcceptanceScenario.objects.bulk_create(
        AcceptanceScenario(acceptance=row, scenario=scenario) for scenario in scenarios
    )
    mark_projects(project_ids=[project.pk])
    return row


@transaction.atomic
def withdraw_acceptance(
    *, acceptance: Acceptance, withdrawn_by: User, reason: str, withdrawn_at: datetime
) -> AcceptanceWithdrawal:
    """End an acceptance before its expiry; the row itself stays.

    :raises AcceptanceRefused: no reason, ended already, or not by an executive of the client.
    """
    if not reason.strip():
        raise AcceptanceRefused(_("Say why the acceptance ends."), field="reason")
    if AcceptanceWithdrawal.objects.filter(acceptance=acceptance).exists():
        raise AcceptanceRefused(_("This acceptance was ended before."))
    _executive_role(acceptance.project, withdrawn_by)
    row = AcceptanceWithdrawal.objects.create(
        organisation_id=acceptance.organisation_id,
        project_id=acceptance.project_id,
        acceptance=acceptance,
        reason=reason.strip(),
        withdrawn_by=withdrawn_by,
        withdrawn_at=withdrawn_at,
    )
    mark_projects(project_ids=[acceptance.project_id])
    return row


def _check_words(terms: RiskTerms) -> None:
    if not terms.reason.strip():
        raise AcceptanceRefused(_("Give the reason for accepting the risk."), field="reason")
    if not terms.control.strip():
        raise AcceptanceRefused(
            _("Say what is done instead to keep the risk small."), field="control"
        )


def _check_people(project: Project, requester: User, approver: User) -> None:
    if requester.pk == approver.pk:
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
    gates = Gate.objects.filter(project=project, key=gate_key)
    known = Criterion.objects.filter(
        policy_id__in=gates.values("policy_id"), gate_key=gate_key, key=criterion_key
    )
    return known.exists()


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
