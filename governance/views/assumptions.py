"""Doors to assumptions: written down, with what rests on them, and ruled on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.forms.assumptions import AssumptionForm, RestingForm, RulingForm
from governance.models import Assumption
from governance.pages.assumptions import assumption_page
from governance.pages.decisions import assumption_list
from governance.permissions import Seat, may_raise
from governance.services.assumptions import AssumptionRefused, rule_on, write_assumption
from governance.services.caveats import CaveatRefused
from governance.services.resting import note_resting
from governance.views.entry import (
    SignedInRequest,
    answer_form,
    carried_out,
    in_project,
    refuse_unless,
)


@in_project
@require_safe
def list_assumptions(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show what was assumed in place of an answer."""
    listed = assumption_list(seat, at=timezone.localtime(), asked=request.GET)
    shown = {"seat": seat, "list": listed, "may_raise": may_raise(seat)}
    return render(request, "governance/assumption_list.html", shown)


@in_project
@require_http_methods(["GET", "POST"])
def add_assumption(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Write an assumption down."""
    form = AssumptionForm(request.POST or None, project=seat.project)

    def act() -> None:
        written = write_assumption(
            project=seat.project,
            guess=form.guess(),
            made_by=seat.user,
            raised_at=timezone.now(),
        )
        said = _("%(code)s is written down and waits for an owner.")
        messages.success(request, said % {"code": written.code})

    if form.is_valid() and carried_out(form, act, refusals=(AssumptionRefused,)):
        return redirect("governance:assumption-list", seat.project.public_id)
    return answer_form(request, "governance/assumption_add.html", form=form, seat=seat)


@in_project
@require_http_methods(["GET", "POST"])
def show_assumption(request: SignedInRequest, seat: Seat, assumption: UUID) -> HttpResponse:
    """Show an assumption, and take the word of an owner on it."""
    found = get_object_or_404(Assumption, project=seat.project, public_id=assumption)
    page = assumption_page(found, seat=seat, at=timezone.localtime())
    if request.method == "POST":
        refuse_unless(page.may_answer, _("This waits for %(who)s.") % {"who": page.row.waits_for})
    form = RulingForm(request.POST or None) if page.may_answer else None

    def act() -> None:
        said = form.cleaned_data if form else {}
        rule_on(assumption=found, **said, ruled_by=seat.user, ruled_at=timezone.now())

    refusals = (AssumptionRefused, CaveatRefused)
    if form and form.is_valid() and carried_out(form, act, refusals=refusals):
        messages.success(request, _("Your word on %(code)s is on record.") % {"code": found.code})
        return redirect(request.path)
    return answer_form(request, "governance/assumption.html", form=form, seat=seat, page=page)


@in_project
@require_http_methods(["GET", "POST"])
def add_resting(request: SignedInRequest, seat: Seat, assumption: UUID) -> HttpResponse:
    """Note which scenarios rest on an assumption."""
    found = get_object_or_404(Assumption, project=seat.project, public_id=assumption)
    form = RestingForm(request.POST or None, project=seat.project)

    def act() -> None:
        note_resting(
            assumption=found, **form.cleaned_data, noted_by=seat.user, noted_at=timezone.now()
        )

    if form.is_valid() and carried_out(form, act, refusals=(AssumptionRefused,)):
        messages.success(request, _("Added to %(code)s.") % {"code": found.code})
        return redirect("governance:assumption-detail", seat.project.public_id, assumption)
    return answer_form(
        request, "governance/assumption_rest.html", form=form, seat=seat, assumption=found
    )
