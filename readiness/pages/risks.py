"""Accepted risks, requests for one, and what may still be asked for.

`at` is the moment of looking, in the project's own zone.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Project
from governance.pages.holds import reset_note
from governance.pages.trail import Step, trail_of
from governance.pages.waiting import days_between
from readiness.choices import FindingState
from readiness.models import (
    Acceptance,
    AcceptanceRequest,
    Criterion,
    Finding,
    Gate,
    Snapshot,
)
from readiness.pages.findings import criterion_href
from readiness.pages.spoken import policy_text
from readiness.pages.words import countdown_text, number_text
from readiness.querysets import AcceptanceQuerySet

SOON_DAYS = 7
NOT_TO_BE_ASKED = (FindingState.MET, FindingState.NOT_APPLICABLE, FindingState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One acceptance: what was accepted, by whom, until when."""

    acceptance: Acceptance
    wording: str
    href: str
    ends: str
    is_active: bool
    is_soon: bool
    ended_because: str
    scenarios: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request that waits for an executive."""

    request: AcceptanceRequest
    wording: str
    href: str
    age: str


@dataclass(frozen=True, slots=True)
class RiskList:
    """Every risk somebody accepted or is asked to accept."""

    active: list[RiskRow]
    ended: list[RiskRow]
    waiting: list[RequestRow]
    answer: str
    trail: list[Step]


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A request with the criterion it is about, and what became of it."""

    request: AcceptanceRequest
    criterion: Criterion | None
    outcome: str
    is_open: bool
    trail: list[Step]

    @property
    def wording(self) -> str:
        """Return what the criterion demands, in the page's language."""
        return policy_text(self.criterion.wording) if self.criterion else ""

    @property
    def metric(self) -> str:
        """Return the metric of the criterion."""
        return self.criterion.metric if self.criterion else ""


def risk_list(project: Project, *, at: datetime) -> RiskList:
    """Return the project's accepted risks, the one that ends soonest first."""
    wordings = _wordings(project)
    rows = [
        _risk_row(acceptance, wordings, project=project, at=at)
        for acceptance in _with_everything(Acceptance.objects.filter(project=project))
    ]
    active = [row for row in rows if row.is_active]
    waiting = AcceptanceRequest.objects.filter(project=project).waiting()
    return RiskList(
        active=active,
        ended=[row for row in reversed(rows) if not row.is_active],
        waiting=[
            _request_row(request, wordings, at=at)
            for request in waiting.select_related("requester", "asked", "project").order_by(
                "requested_at"
            )
        ],
        answer=_answer(active),
        trail=trail_of(project, _("Accepted risks")),
    )


def risk_of(acceptance: Acceptance, *, at: datetime) -> RiskRow:
    """Return one acceptance with the words of its criterion."""
    project = acceptance.project
    return _risk_row(acceptance, _wordings(project), project=project, at=at)


def request_page(request: AcceptanceRequest, *, project: Project) -> RequestPage:
    """Return one request with its criterion and its answer."""
    above = Step(_("Accepted risks"), reverse("readiness:risk-list", args=[project.public_id]))
    gates = Gate.objects.filter(project=project, key=request.gate_key)
    criterion = Criterion.objects.filter(
        policy_id__in=gates.values("policy_id"), key=request.criterion_key
    ).first()
    answer = getattr(request, "answer", None)
    outcome = ""
    if answer is not None:
        said = _("Declined: %(reason)s (%(who)s, %(date)s)")
        if answer.acceptance_id:
            said = _("Accepted (%(who)s, %(date)s)")
        outcome = said % {
            "reason": answer.reason,
            "who": answer.answered_by.name,
            "date": date_format(answer.answered_at, "j M Y"),
        }
    title = _("%(criterion)s at %(gate)s") % {
        "criterion": request.criterion_key,
        "gate": request.gate_key,
    }
    return RequestPage(request, criterion, outcome, answer is None, trail_of(project, above, title))


def criteria_to_ask_for(project: Project) -> list[tuple[str, str]]:
    """Return the criteria that are not met: 'G3 UX-01' and their words.

    Before the first judgement every criterion of the policy may be asked for.
    """
    snapshot = Snapshot.objects.filter(project=project).newest_first().first()
    findings = Finding.objects.filter(snapshot=snapshot).exclude(state__in=NOT_TO_BE_ASKED)
    missed = {(row.gate_key, row.criterion_key): row.state for row in findings}
    choices = []
    for (gate_key, key), wording in _wordings(project).items():
        state = missed.get((gate_key, key), "" if snapshot is None else None)
        if state is not None:
            label = f"{gate_key} {key}: {wording}"
            choices.append((f"{gate_key} {key}", label[:160]))
    return choices


def _wordings(project: Project) -> dict[tuple[str, str], str]:
    gates = list(Gate.objects.filter(project=project).order_by("position"))
    policies = {gate.policy_id for gate in gates}
    keys = {gate.key for gate in gates}
    criteria = Criterion.objects.filter(policy_id__in=policies, gate_key__in=keys)
    rows = criteria.order_by("gate_key", "position").values_list("gate_key", "key", "wording")
    return {(gate_key, key): policy_text(wording) for gate_key, key, wording in rows}


def _with_everything(acceptances: AcceptanceQuerySet) -> QuerySet[Acceptance]:
    fetched = acceptances.select_related("requester", "withdrawal__withdrawn_by").with_resets()
    return fetched.prefetch_related("scenarios").order_by("expires_at", "pk")


def _risk_row(
    acceptance: Acceptance,
    wordings: dict[tuple[str, str], str],
    *,
    project: Project,
    at: datetime,
) -> RiskRow:
    withdrawal = getattr(acceptance, "withdrawal", None)
    days = (acceptance.expires_at.astimezone(at.tzinfo).date() - at.date()).days
    ended = ""
    if withdrawal is not None:
        said = _("Ended by %(who)s: %(reason)s")
        ended = said % {"who": withdrawal.withdrawn_by.name, "reason": withdrawal.reason}
    elif acceptance.expires_at <= at:
        ended = _("Expired")
    return RiskRow(
        acceptance=acceptance,
        wording=wordings.get((acceptance.gate_key, acceptance.criterion_key), ""),
        href=criterion_href(project, acceptance.gate_key, acceptance.criterion_key),
        ends=countdown_text(days),
        is_active=not ended,
        is_soon=not ended and days <= SOON_DAYS,
        ended_because=ended,
        scenarios=len(acceptance.scenarios.all()),
        note=reset_note(
            acceptance.approver_name,
            reset_at=getattr(acceptance, "authenticator_reset_at", None),
            at=acceptance.accepted_at,
        ),
    )


def _request_row(
    request: AcceptanceRequest, wordings: dict[tuple[str, str], str], *, at: datetime
) -> RequestRow:
    return RequestRow(
        request=request,
        wording=wordings.get((request.gate_key, request.criterion_key), ""),
        href=reverse(
            "readiness:request-detail", args=[request.project.public_id, request.public_id]
        ),
        age=days_between(request.requested_at, at),
    )


def _answer(active: list[RiskRow]) -> str:
    if not active:
        return _("No risk is accepted at the moment.")
    said = ngettext(
        "%(number)s risk is accepted; the next one ends %(when)s.",
        "%(number)s risks are accepted; the next one ends %(when)s.",
        len(active),
    )
    return said % {"number": number_text(len(active)), "when": active[0].ends}
