"""Ask an executive to accept a risk, and answer such a request in person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import NoticeKind, SignoffAct
from governance.models import Project, User
from governance.outbox import News, settle, tell
from governance.permissions import may_accept_risk, may_ask_for_acceptance, seat_of
from governance.record.witnessing import witness
from governance.services.proving import Answer, prove_signer
from governance.services.signoffs import sign
from readiness.models import Acceptance, AcceptanceAnswer, AcceptanceRequest
from readiness.services.acceptances import (
    AcceptanceRefused,
    People,
    RiskTerms,
    Shown,
    accept_risk,
    check_acceptance,
    check_expiry,
    check_hold,
    has_criterion,
    told_apart,
)
from readiness.services.risks import declaration_of, declined_exhibit, request_subject


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
    shown: Shown
    scenario_ids: Sequence[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """Why an executive does not accept a risk, and what the page had shown."""

    reason: str
    shown: Shown


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
    row = AcceptanceRequest.objects.create(
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
    tell_asked(row)
    witness(row, actor=requester)
    return row


def tell_asked(request: AcceptanceRequest) -> None:
    """Tell the executive who is asked, at once."""
    news = News(
        kind=NoticeKind.RISK_ASKED,
        noun="request",
        subject_id=request.public_id,
        title=f"{request.criterion_key}: {request.reason}",
        key=f"request:{request.public_id}",
        happened_at=request.requested_at,
        is_urgent=True,
    )
    tell(news, accounts=[request.asked], project=request.project)


def _settle(request: AcceptanceRequest, *, at: datetime) -> None:
    project = request.project
    settle(project=project, noun="request", subject_id=request.public_id, settled_at=at)


def grant_request(
    *,
    request: AcceptanceRequest,
    answer: RiskAnswer,
    approver: User,
    credentials: Answer,
    accepted_at: datetime,
) -> Acceptance:
    """Accept the risk in person: identity is proved first, then both rows are written at once.

    :raises IdentityNotProved: what was shown to prove who signs is wrong.
    :raises AcceptanceRefused: it was answered before, or the acceptance cannot be.
    :raises EvidenceChanged: what was shown is no longer what is there.
    """
    risk: dict[str, Any] = {
        "project": request.project,
        "terms": _terms(request, answer),
        "people": People(request.requester, approver),
        "accepted_at": accepted_at,
    }
    _check_open(request)
    check_acceptance(**risk)
    proof = prove_signer(user=approver, credentials=credentials, at=accepted_at)
    with transaction.atomic():
        AcceptanceRequest.objects.select_for_update().get(pk=request.pk)
        _check_open(request)
        acceptance = accept_risk(**risk, proof=proof)
        _write_answer(request, approver, accepted_at, acceptance=acceptance)
    return acceptance


def decline_request(
    *,
    request: AcceptanceRequest,
    words: Declined,
    declined_by: User,
    credentials: Answer,
    declined_at: datetime,
) -> AcceptanceAnswer:
    """Say no to a request in person, with the reason: as visible as a signature.

    :raises AcceptanceRefused: no reason, answered before, or not by an executive.
    :raises EvidenceChanged: what was shown is no longer what is there.
    """
    _check_declining(request, words, declined_by)
    check_hold(declined_by, at=declined_at)
    proof = prove_signer(user=declined_by, credentials=credentials, at=declined_at)
    with transaction.atomic():
        AcceptanceRequest.objects.select_for_update().get(pk=request.pk)
        _check_open(request)
        with told_apart():
            sign(
                subject=request_subject(request),
                signer=declined_by,
                declaration=declaration_of(
                    SignoffAct.REFUSED, shown=words.shown, reason=words.reason
                ),
                exhibit=declined_exhibit(request, shown=words.shown),
                proof=proof,
            )
        row = _write_answer(request, declined_by, declined_at, reason=words.reason.strip())
        witness(row, actor=declined_by)
    return row


def _check_declining(request: AcceptanceRequest, words: Declined, declined_by: User) -> None:
    if not words.reason.strip():
        raise AcceptanceRefused(_("Say why; whoever asked needs to act on it."), field="reason")
    if not may_accept_risk(seat_of(declined_by, project=request.project)):
        raise AcceptanceRefused(_("Only the sponsor or a steering member answers this."))
    _check_open(request)


def _terms(request: AcceptanceRequest, answer: RiskAnswer) -> RiskTerms:
    return RiskTerms(
        gate_key=request.gate_key,
        criterion_key=request.criterion_key,
        reason=answer.reason,
        control=answer.control,
        expires_at=end_of(answer.until, project=request.project),
        scenario_ids=answer.scenario_ids,
        shown=answer.shown,
        asked=request,
    )


def end_of(day: date, *, project: Project) -> datetime:
    """Return the last instant of a day in the project's own zone."""
    return datetime.combine(day, time.max, tzinfo=ZoneInfo(project.time_zone))


def _waits_already(project: Project, wish: RiskWish) -> bool:
    same = AcceptanceRequest.objects.filter(
        project=project, gate_key=wish.gate_key, criterion_key=wish.criterion_key, asked=wish.asked
    )
    return same.waiting().exists()


def _check_open(request: AcceptanceRequest) -> None:
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
    _settle(request, at=answered_at)
    return AcceptanceAnswer.objects.create(
        organisation_id=request.organisation_id,
        project_id=request.project_id,
        request=request,
        acceptance=acceptance,
        reason=reason,
        answered_by=answered_by,
        answered_at=answered_at,
    )
