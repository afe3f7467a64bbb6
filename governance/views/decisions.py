"""Doors to decisions."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.forms.deciding import OptionForm, OutcomeForm
from governance.forms.raising import DecisionForm, WaitingForm
from governance.models import Decision, Meeting
from governance.pages.deciding import decision_page, replacing
from governance.pages.decisions import decision_list
from governance.permissions import Seat, may_raise
from governance.services.caveats import CaveatRefused
from governance.services.deciders import may_replace
from governance.services.decisions import DecisionRefused, decide, raise_decision
from governance.services.dependencies import note_dependents
from governance.services.meetings import moment_there
from governance.services.options import offer_option
from governance.views.entry import (
    SignedInRequest,
    answer_form,
    carried_out,
    in_project,
    refuse_unless,
)


@in_project
@require_safe
def list_decisions(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show what has to be decided."""
    listed = decision_list(seat, at=timezone.localtime(), asked=request.GET)
    shown = {"seat": seat, "list": listed, "may_raise": may_raise(seat)}
    return render(request, "governance/decision_list.html", shown)


@in_project
@require_http_methods(["GET", "POST"])
def add_decision(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Raise a decision."""
    form = DecisionForm(request.POST or None, project=seat.project)
    raised = _raised(request, seat, form)
    if raised is not None:
        return redirect("governance:decision-detail", seat.project.public_id, raised.public_id)
    return answer_form(request, "governance/decision_add.html", form=form, seat=seat)


@in_project
@require_http_methods(["GET", "POST"])
def replace_decision(request: SignedInRequest, seat: Seat, decision: UUID) -> HttpResponse:
    """Raise a decision that takes the place of another one."""
    old = get_object_or_404(Decision, project=seat.project, public_id=decision)
    sentence = _("Only its decider, the project manager, the sponsor or the steering replaces it.")
    refuse_unless(may_replace(old, account=seat.user), sentence)
    form = DecisionForm(request.POST or None, project=seat.project, initial=replacing(old))
    raised = _raised(request, seat, form, supersedes=old)
    if raised is not None:
        return redirect("governance:decision-detail", seat.project.public_id, raised.public_id)
    return answer_form(request, "governance/decision_replace.html", form=form, seat=seat, old=old)


def _raised(
    request: SignedInRequest, seat: Seat, form: DecisionForm, *, supersedes: Decision | None = None
) -> Decision | None:
    """Raise what a form asks for; None where it is not valid, or was refused."""
    found: list[Decision] = []

    def act() -> None:
        found.append(
            raise_decision(
                project=seat.project,
                question=form.question(supersedes=supersedes),
                raised_by=seat.user,
                raised_at=timezone.now(),
            )
        )

    if not form.is_valid() or not carried_out(form, act, refusals=(DecisionRefused,)):
        return None
    said = _("%(code)s is written down and waits for its decider.")
    messages.success(request, said % {"code": found[0].code})
    return found[0]


@in_project
@require_http_methods(["GET", "POST"])
def show_decision(request: SignedInRequest, seat: Seat, decision: UUID) -> HttpResponse:
    """Show a decision, and take its outcome from whoever decides it."""
    found = get_object_or_404(Decision, project=seat.project, public_id=decision)
    now = timezone.localtime()
    page = decision_page(found, seat=seat, at=now)
    if request.method == "POST":
        refuse_unless(not page.why_not, page.why_not)
    meetings = Meeting.objects.filter(project=seat.project).to_decide_in(now)
    asked = {"meeting": request.GET.get("meeting", "")}
    form = OutcomeForm(request.POST or None, decision=found, meetings=meetings, initial=asked)

    def act() -> None:
        answer = form.answer()
        at = moment_there(answer.meeting, at=now) if answer.meeting else now
        decide(decision=found, answer=answer, decided_by=seat.user, decided_at=at)

    refusals = (DecisionRefused, CaveatRefused)
    if form.is_valid() and carried_out(form, act, refusals=refusals):
        said = _("%(code)s is decided. What waited for it can go on.")
        messages.success(request, said % {"code": found.code})
        return redirect(request.path)
    shown = form if page.may_decide or form.errors else None
    return answer_form(request, "governance/decision.html", form=shown, seat=seat, page=page)


@in_project
@require_http_methods(["GET", "POST"])
def add_option(request: SignedInRequest, seat: Seat, decision: UUID) -> HttpResponse:
    """Offer one more way to decide."""
    found = get_object_or_404(Decision, project=seat.project, public_id=decision)
    form = OptionForm(request.POST or None)

    def act() -> None:
        offer_option(
            decision=found, choice=form.choice(), offered_by=seat.user, offered_at=timezone.now()
        )

    return _added(request, seat, found, form, act)


@in_project
@require_http_methods(["GET", "POST"])
def add_dependents(request: SignedInRequest, seat: Seat, decision: UUID) -> HttpResponse:
    """Note what waits for a decision."""
    found = get_object_or_404(Decision, project=seat.project, public_id=decision)
    form = WaitingForm(request.POST or None, project=seat.project)

    def act() -> None:
        note_dependents(
            decision=found,
            dependents=form.dependents(),
            noted_by=seat.user,
            noted_at=timezone.now(),
        )

    return _added(request, seat, found, form, act)


def _added(
    request: SignedInRequest,
    seat: Seat,
    decision: Decision,
    form: BaseForm,
    act: Callable[[], None],
) -> HttpResponse:
    """Add to a decision what a form says, and go back to it; else show the form."""
    if form.is_valid() and carried_out(form, act, refusals=(DecisionRefused,)):
        messages.success(request, _("Added to %(code)s.") % {"code": decision.code})
        return redirect("governance:decision-detail", seat.project.public_id, decision.public_id)
    return answer_form(
        request, "governance/decision_more.html", form=form, seat=seat, decision=decision
    )
