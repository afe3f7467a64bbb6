"""Doors to risks that somebody accepts by name and for a time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from governance.pages.holds import hold_of
from governance.permissions import Seat, may_accept_risk, may_ask_for_acceptance
from governance.permissions.acts import ACCEPT_RISK
from governance.services.proving import ways_of
from governance.services.signoffs import EvidenceChanged, evidence_hash_of
from governance.views.entry import (
    UNPROCESSABLE,
    SignedInRequest,
    answer_form,
    carried_out,
    in_project,
    refuse_unless,
)
from governance.views.signing import Act, Signing
from readiness.forms.risks import AskForm, DeclineForm, EndForm, GrantForm
from readiness.models import Acceptance, AcceptanceRequest
from readiness.pages.risks import (
    RequestPage,
    criteria_to_ask_for,
    request_page,
    risk_list,
    risk_of,
)
from readiness.services.acceptances import AcceptanceRefused, withdraw_acceptance
from readiness.services.requests import decline_request, grant_request, request_acceptance
from readiness.services.risks import acceptance_body

CONFLICT = 409
ENDING = "readiness/acceptance_end.html"
TEMPLATE = "readiness/acceptance_request.html"
REFUSALS = (AcceptanceRefused,)
OWN_REQUEST = gettext_lazy("You asked for this yourself. Another executive has to answer.")


@in_project
@require_safe
def list_risks(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show which risks were accepted, by whom and until when."""
    shown = {
        "seat": seat,
        "list": risk_list(seat.project, at=timezone.localtime()),
        "may_ask": may_ask_for_acceptance(seat),
        "may_accept": may_accept_risk(seat),
    }
    return render(request, "readiness/acceptance_list.html", shown)


@in_project
@require_http_methods(["GET", "POST"])
def ask_for_acceptance(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Ask an executive to accept a criterion's miss."""
    form = AskForm(
        request.POST or None,
        project=seat.project,
        asker=seat.user,
        criteria=criteria_to_ask_for(seat.project),
        initial={"criterion": request.GET.get("criterion", "")},
    )
    if form.is_valid() and carried_out(
        form,
        lambda: request_acceptance(
            project=seat.project,
            wish=form.wish(),
            requester=seat.user,
            requested_at=timezone.now(),
        ),
        refusals=(AcceptanceRefused,),
    ):
        messages.success(request, _("The request is written down. It changes nothing by itself."))
        return redirect("readiness:risk-list", seat.project.public_id)
    return answer_form(request, "readiness/acceptance_ask.html", form=form, seat=seat)


@in_project
@require_http_methods(["GET", "POST"])
def answer_request(request: SignedInRequest, seat: Seat, asked: UUID) -> HttpResponse:
    """Show a request, and take the acceptance of an executive in person."""
    found = _request_or_404(seat, asked)
    page = request_page(found, project=seat.project)
    why_not = _why_not(seat, found) or hold_of(seat.user, at=timezone.now())
    if request.method == "POST":
        refuse_unless(not why_not, why_not)
        if not page.is_open:
            return _too_late(request, seat, page)
    if why_not or not page.may_be_answered:
        shown = {"form": None, "seat": seat, "page": page, "why_not": why_not}
        return render(request, TEMPLATE, shown)
    signing = Signing(request)
    if signing.confirms:
        return signing.confirm_page(seat)
    form = _grant_form(signing.sent, seat, page)
    try:
        outcome = signing.carry_out(form, _granting(form, found, seat), refusals=REFUSALS)
    except EvidenceChanged as changed:
        return _changed(request, seat, page, str(changed))
    if outcome.done:
        messages.success(request, _("You accepted the risk. It shows on page one by your name."))
        return redirect("readiness:risk-list", seat.project.public_id)
    decline = _decline_form(None, seat, page)
    return outcome.away or answer_form(
        request, TEMPLATE, form=form, seat=seat, page=page, why_not="", decline=decline
    )


@in_project
@require_http_methods(["GET", "POST"])
def refuse_request(request: SignedInRequest, seat: Seat, asked: UUID) -> HttpResponse:
    """Take an executive's no to a request, in person."""
    found = _request_or_404(seat, asked)
    why_not = _why_not(seat, found) or hold_of(seat.user, at=timezone.now())
    refuse_unless(not why_not, why_not)
    page = request_page(found, project=seat.project)
    if not page.may_be_answered:
        return _too_late(request, seat, page)
    signing = Signing(request)
    if signing.confirms:
        return signing.confirm_page(seat)
    if signing.sent is None:
        return redirect("readiness:request-detail", seat.project.public_id, found.public_id)
    form = _decline_form(signing.sent, seat, page)
    try:
        outcome = signing.carry_out(form, _declining(form, found, seat), refusals=REFUSALS)
    except EvidenceChanged as changed:
        return _changed(request, seat, page, str(changed))
    if outcome.done:
        messages.success(request, _("You declined. The reason is on record."))
        return redirect("readiness:risk-list", seat.project.public_id)
    grant = _grant_form(None, seat, page)
    shown = {"seat": seat, "page": page, "why_not": "", "form": grant, "decline": form}
    return outcome.away or render(request, TEMPLATE, shown, status=UNPROCESSABLE)


@in_project
@require_http_methods(["GET", "POST"])
def end_acceptance(request: SignedInRequest, seat: Seat, acceptance: UUID) -> HttpResponse:
    """End an acceptance before its expiry, in person."""
    reached = Acceptance.objects.filter(project=seat.project, withdrawal__isnull=True)
    fetched = reached.select_related("project", "requester").prefetch_related("scenarios")
    found = get_object_or_404(fetched, public_id=acceptance)
    hold = hold_of(seat.user, at=timezone.now())
    if request.method == "POST":
        refuse_unless(not hold, hold)
    signing = Signing(request)
    if signing.confirms:
        return signing.confirm_page(seat)
    form = EndForm(
        signing.sent,
        shown_hash=evidence_hash_of(acceptance_body(found)),
        ways=ways_of(seat.user, at=timezone.now()),
    )
    page = {"seat": seat, "row": risk_of(found, at=timezone.localtime()), "hold": hold}
    try:
        outcome = signing.carry_out(form, _ending(form, found, seat), refusals=REFUSALS)
    except EvidenceChanged as changed:
        form.add_error(None, str(changed))
        answer = answer_form(request, ENDING, form=form, **page)
        answer.status_code = CONFLICT
        return answer
    if outcome.done:
        messages.success(
            request, _("The acceptance has ended. The criterion counts as it is again.")
        )
        return redirect("readiness:risk-list", seat.project.public_id)
    return outcome.away or answer_form(request, ENDING, form=None if hold else form, **page)


def _granting(form: GrantForm, asked: AcceptanceRequest, seat: Seat) -> Act:
    return lambda credentials: grant_request(
        request=asked,
        answer=form.answer(),
        approver=seat.user,
        credentials=credentials,
        accepted_at=timezone.now(),
    )


def _declining(form: DeclineForm, asked: AcceptanceRequest, seat: Seat) -> Act:
    return lambda credentials: decline_request(
        request=asked,
        words=form.words(),
        declined_by=seat.user,
        credentials=credentials,
        declined_at=timezone.now(),
    )


def _ending(form: EndForm, acceptance: Acceptance, seat: Seat) -> Act:
    return lambda credentials: withdraw_acceptance(
        acceptance=acceptance,
        withdrawn_by=seat.user,
        reason=form.cleaned_data["reason"],
        shown=form.shown(),
        credentials=credentials,
        withdrawn_at=timezone.now(),
    )


def _request_or_404(seat: Seat, public_id: UUID) -> AcceptanceRequest:
    reached = AcceptanceRequest.objects.filter(project=seat.project)
    fetched = reached.select_related("requester", "asked", "answer__answered_by", "project")
    return get_object_or_404(fetched, public_id=public_id)


def _too_late(request: SignedInRequest, seat: Seat, page: RequestPage) -> HttpResponse:
    """Show what was answered before, and that nothing was saved now."""
    shown = {"seat": seat, "page": page, "is_too_late": True}
    return render(request, TEMPLATE, shown, status=UNPROCESSABLE)


def _why_not(seat: Seat, asked: AcceptanceRequest) -> str:
    """Return why this account does not answer the request; empty when it does."""
    if not may_accept_risk(seat):
        return str(ACCEPT_RISK.refusal)
    return str(OWN_REQUEST) if asked.requester_id == seat.user.pk else ""


def _changed(request: SignedInRequest, seat: Seat, page: RequestPage, reason: str) -> HttpResponse:
    """Show that what would have been signed is no longer what was shown; nothing is stored."""
    shown = {"seat": seat, "page": page, "reason": reason}
    return render(request, "readiness/acceptance_changed.html", shown, status=CONFLICT)


def _grant_form(sent: QueryDict | None, seat: Seat, page: RequestPage) -> GrantForm:
    return GrantForm(
        sent,
        request=page.request,
        metric=page.metric,
        shown_hash=page.shown_hash,
        ways=ways_of(seat.user, at=timezone.now()),
    )


def _decline_form(sent: QueryDict | None, seat: Seat, page: RequestPage) -> DeclineForm:
    return DeclineForm(
        sent,
        shown_hash=page.shown_hash,
        ways=ways_of(seat.user, at=timezone.now()),
        auto_id="decline_%s",
    )
