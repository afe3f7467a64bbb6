"""Accepted risks, requests for one, and what may still be asked for.

`at` is the moment of looking, in the project's own zone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Project
from governance.pages.holds import reset_note
from governance.pages.trail import Step, trail_of
from governance.pages.waiting import days_between
from governance.services.signoffs import evidence_hash_of
from readiness.choices import FindingState
from readiness.metrics import lapsed_acceptances
from readiness.metrics.risks import criterion_of, risk_body, risk_ground
from readiness.models import (
    Acceptance,
    AcceptanceAnswer,
    AcceptanceRequest,
    Criterion,
    Finding,
    Gate,
    Snapshot,
)
from readiness.pages.findings import criterion_href, demand_text, figure_text
from readiness.pages.spoken import policy_text
from readiness.pages.words import countdown_text, day_text, number_text
from readiness.policy.covering import Lapse, Lapsed
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
    changes: tuple[str, ...] = ()


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
    lapsed: list[RiskRow]
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
    shown_hash: str
    measured: str
    target: str
    go_live: str

    @property
    def may_be_answered(self) -> bool:
        """Say whether it waits, and the policy still asks for what it is about."""
        return self.is_open and bool(self.shown_hash)

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
    lapsed = lapsed_acceptances(project_ids=[project.pk], as_of=at)
    rows = [
        _risk_row(
            acceptance, wordings, project=project, at=at, lapsed=lapsed.get(acceptance.pk, ())
        )
        for acceptance in _with_everything(Acceptance.objects.filter(project=project))
    ]
    active = [row for row in rows if row.is_active]
    waiting = AcceptanceRequest.objects.filter(project=project).waiting()
    return RiskList(
        active=active,
        lapsed=[row for row in rows if row.changes],
        ended=[row for row in reversed(rows) if row.ended_because],
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
    """Return one request with its criterion, what is signed by answering it, and its answer."""
    above = Step(_("Accepted risks"), reverse("readiness:risk-list", args=[project.public_id]))
    keys = {"gate_key": request.gate_key, "criterion_key": request.criterion_key}
    criterion = criterion_of(project, **keys)
    ground = risk_ground(project, criterion=criterion, asked=request) if criterion else {}
    answer = getattr(request, "answer", None)
    title = _("%(criterion)s at %(gate)s") % {
        "criterion": request.criterion_key,
        "gate": request.gate_key,
    }
    return RequestPage(
        request=request,
        criterion=criterion,
        outcome=_outcome(answer) if answer else "",
        is_open=answer is None,
        trail=trail_of(project, above, title),
        shown_hash=evidence_hash_of(risk_body(ground)) if ground else "",
        measured=_measured(criterion, ground["measured"]) if criterion else "",
        target=demand_text(criterion.kind, criterion.target) if criterion else "",
        go_live=day_text(project.go_live_date) if project.go_live_date else _("no date"),
    )


def _outcome(answer: AcceptanceAnswer) -> str:
    """Return what became of a request, by whom and when."""
    said = _("Declined: %(reason)s (%(who)s, %(date)s)")
    if answer.acceptance_id:
        said = _("Accepted (%(who)s, %(date)s)")
    return said % {
        "reason": answer.reason,
        "who": answer.answered_by.name,
        "date": date_format(answer.answered_at, "j M Y"),
    }


def _measured(criterion: Criterion, measured: Mapping[str, Any] | None) -> str:
    """Return what the last judgement read of a criterion, where that is part of what is signed."""
    if measured is None:
        return _("Nothing that is signed here")
    figure = figure_text(criterion.kind, **measured)
    if not measured["due"]:
        return figure or _("Nothing yet")
    of = _("%(done)s of %(due)s")
    return f"{figure} ({of % {'done': measured['done'], 'due': measured['due']}})"


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
    lapsed: Sequence[Lapsed] = (),
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
        is_active=not ended and not lapsed,
        is_soon=not ended and not lapsed and days <= SOON_DAYS,
        ended_because=ended,
        scenarios=len(acceptance.scenarios.all()),
        note=reset_note(
            acceptance.approver_name,
            reset_at=getattr(acceptance, "authenticator_reset_at", None),
            at=acceptance.accepted_at,
        ),
        changes=() if ended else tuple(map(_change, lapsed)),
    )


def _change(lapsed: Lapsed) -> str:
    """Return what changed since the risk was accepted."""
    if lapsed.why is Lapse.SCENARIOS:
        return _("Out of scope since: %(codes)s.") % {"codes": ", ".join(lapsed.codes)}
    if lapsed.why is Lapse.DATE:
        days = [day_text(date.fromisoformat(each)) for each in (lapsed.before, lapsed.now)]
        return _("Go-live moved from %(old)s to %(new)s, past its end.") % {
            "old": days[0],
            "new": days[1],
        }
    if not lapsed.now:
        return _("The policy no longer asks for this criterion at that gate.")
    if lapsed.before == lapsed.now:
        return _("The policy asks for another number of this criterion.")
    return _("The criterion was worded “%(old)s”.") % {"old": policy_text(lapsed.before)}


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
