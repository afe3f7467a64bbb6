"""Ask an executive to accept a risk, and answer such a request in person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import Project, User
from governance.permissions import may_accept_risk, may_ask_for_acceptance, seat_of
from governance.services.proving import Answer, prove_signer
from readiness.models import Acceptance, AcceptanceAnswer, AcceptanceRequest
from readiness.services.acceptances import (
    AcceptanceRefused,
    RiskTerms,
    accept_risk,
    check_expiry,
    check_hold,
    has_criterion,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskWish:
    """What somebody wants accepted: a criterion's miss, why, what is done instead, until when."""

    gate_key: str
    criterion_key: str
    reason: str
    control: str
    until: date
    asked: User


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskAnswer:
    """What an executive settled on: the end of it, and the untested scenarios it names."""

    reason: str
    control: str
    until: date
    scenario_ids: Sequence[int] = ()


@transaction.atomic
def request_acceptance(
    *, project: Project, wish: RiskWish, requester: User, requested_at: datetime
) -> AcceptanceRequest:
    """Write a request; nothing is accepted by it.

    :raises AcceptanceRefused: the requester may not ask, the one asked may not accept or was
        asked before, the policy knows no such criterion, or the end is not possible.
    """
    if not may_ask_for_acceptance(seat_of(requester, project=project)):
        raise AcceptanceRefused(_("Only the client's own people ask for a risk to be accepted."))
    if wish.asked.pk == requester.pk:
        another = _("Ask another executive; nobody accepts their own request.")
        raise AcceptanceRefused(another, field="asked")
    if not may_accept_risk(seat_of(wish.asked, project=project)):
        neither = _("%(name)s is neither sponsor nor steering member here.")
        raise AcceptanceRefused(neither % {"name": wish.asked.name}, field="asked")
    if not has_criterion(project, gate_key=wish.gate_key, criterion_key=wish.criterion_key):
        unknown = _("The policy has no criterion %(criterion)s at that gate.")
        raise AcceptanceRefused(unknown % {"criterion": wish.criterion_key}, field="criterion")
    ends_at = end_of(wish.until, project=project)
    check_expiry(project, expires_at=ends_at, accepted_at=requested_at)
    if _waits_already(project, wish):
        again = _("%(name)s has been asked to accept this and has not answered yet.")
        raise AcceptanceRefused(again % {"name": wish.asked.name}, field="asked")
    return AcceptanceRequest.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        gate_key=wish.gate_key,
        criterion_key=wish.criterion_key,
        reason=wish.reason,
        control=wish.control,
        wanted_until_date=wish.until,
        requester=requester,
        asked=wish.asked,
        requested_at=requested_at,
    )


def grant_request(
    *,
    request: AcceptanceRequest,
    answer: RiskAnswer,
    approver: User,
    credentials: Answer,
    accepted_at: datetime,
) -> Acceptance:
    """Accept the risk in person: identity is proved first, then both rows are written at once.

    :raises IdentityNotProved: the password or the code is wrong.
    :raises AcceptanceRefused: it was answered before, or the acceptance cannot be.
    """
    check_hold(approver, at=accepted_at)
    prove_signer(user=approver, credentials=credentials, at=accepted_at)
    with transaction.atomic():
        _check_open(request)
        acceptance = accept_risk(
            project=request.project,
            terms=RiskTerms(
                gate_key=request.gate_key,
                criterion_key=request.criterion_key,
                reason=answer.reason,
                control=answer.control,
                expires_at=end_of(answer.until, project=request.project),
                scenario_ids=answer.scenario_ids,
            ),
            requester=request.requester,
            approver=approver,
            accepted_at=accepted_at,
        )
        _write_answer(request, approver, accepted_at, acceptance=acceptance)
    return acceptance


@transaction.atomic
def decline_request(
    *, request: AcceptanceRequest, reason: str, declined_by: User, declined_at: datetime
) -> AcceptanceAnswer:
    """Say no to a request, with the reason.

    :raises AcceptanceRefused: no reason, answered before, or not by an executive.
    """
    if not reason.strip():
        raise AcceptanceRefused(_("Say why; whoever asked needs to act on it."), field="reason")
    if not may_accept_risk(seat_of(declined_by, project=request.project)):
        raise AcceptanceRefused(_("Only the sponsor or a steering member answers this."))
    _check_open(request)
    return _write_answer(request, declined_by, declined_at, reason=reason.strip())


def end_of(day: date, *, project: Project) -> datetime:
    """Return the last instant of a day in the project's own zone."""
    return datetime.combine(day, time.max, tzinfo=ZoneInfo(project.time_zone))


def _waits_already(project: Project, wish: RiskWish) -> bool:
    same = AcceptanceRequest.objects.filter(
        project=project, gate_key=wish.gate_key, criterion_key=wish.criterion_key, asked=wish.asked
    )
    return same.waiting().exists()


def _check_open(request: AcceptanceRequest) -> None:
    AcceptanceRequest.objects.select_for_update().get(pk=request.pk)
    if AcceptanceAnswer.objects.filter(request=request).exists():
        raise AcceptanceRefused(_("This request was answered before."))


def _write_answer(
    request: AcceptanceRequest,
    answered_by: User,
    answered_at: datetime,
    *,
    acceptance: Acceptance | None = None,
    reason: str = "",
) -> AcceptanceAnswer:
    return AcceptanceAnswer.objects.create(
        organisation_id=request.organisation_id,
        project_id=request.project_id,
        request=request,
        acceptance=acceptance,
        reason=reason,
        answered_by=answered_by,
        answered_at=answered_at,
    )
