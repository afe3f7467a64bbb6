"""Doors to escalations: their list, one of them, and escalating from any row."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.forms.escalations import EscalateForm, EscalationAnswerForm
from governance.models import Escalation
from governance.pages.escalating import escalating_page
from governance.pages.escalation import escalation_page
from governance.pages.escalations import escalation_list
from governance.permissions import Seat
from governance.services.answering import reply_to
from governance.services.caveats import CaveatRefused
from governance.services.escalations import Call, EscalationRefused, escalate
from governance.services.subjects import subject_of
from governance.views.entry import (
    SignedInRequest,
    answer_form,
    carried_out,
    in_project,
    refuse_unless,
)


@in_project
@require_safe
def list_escalations(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show what was escalated and waits for an answer."""
    listed = escalation_list(seat, at=timezone.localtime(), asked=request.GET)
    return render(request, "governance/escalation_list.html", {"seat": seat, "list": listed})


@in_project
@require_http_methods(["GET", "POST"])
def add_escalation(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Escalate the row that the address names.

    :raises Http404: it names none of this project.
    """
    asked = request.POST if "noun" in request.POST else request.GET
    subject = subject_of(seat.project, noun=asked.get("noun", ""), subject_id=asked.get("id", ""))
    if subject is None:
        raise Http404
    page = escalating_page(seat, subject=subject, at=timezone.localtime())
    form = EscalateForm(request.POST or None, stands=page.stands) if page.stands else None

    if form is not None and form.is_valid():
        call = Call(subject=subject, **form.cleaned_data)
        if _is_escalated(form, call=call, seat=seat):
            messages.success(
                request, _("It is escalated. Only those who have to answer see that it was you.")
            )
            return redirect("governance:escalation-list", seat.project.public_id)
    return answer_form(request, "governance/escalation_add.html", form=form, seat=seat, page=page)


@in_project
@require_http_methods(["GET", "POST"])
def show_escalation(request: SignedInRequest, seat: Seat, escalation: UUID) -> HttpResponse:
    """Show an escalation, and take the word of whoever it waits for."""
    found = get_object_or_404(Escalation, project=seat.project, public_id=escalation)
    page = escalation_page(found, seat=seat, at=timezone.localtime())
    form = None
    if page.may_answer:
        form = EscalationAnswerForm(request.POST or None, stands=page.stands)
    if request.method == "POST":
        refuse_unless(form is not None, _("It waits for somebody else, or is answered."))
    if form is not None and form.is_valid():
        reply = form.reply()
        if carried_out(
            form,
            lambda: reply_to(found, reply=reply, by=seat.user, at=timezone.now()),
            refusals=(EscalationRefused, CaveatRefused),
        ):
            messages.success(request, _("Your word is on record, and whoever raised it is told."))
            return redirect(request.path)
    return answer_form(request, "governance/escalation.html", form=form, seat=seat, page=page)


def _is_escalated(form: EscalateForm, *, call: Call, seat: Seat) -> bool:
    now = timezone.now()
    return carried_out(
        form,
        lambda: escalate(project=seat.project, call=call, raised_by=seat.user, raised_at=now),
        refusals=(EscalationRefused,),
    )
