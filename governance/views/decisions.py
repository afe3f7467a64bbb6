"""Doors to decisions and assumptions."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.forms.decisions import AssumptionForm, DecisionForm, OutcomeForm, RulingForm
from governance.models import Assumption, Decision
from governance.pages.decisions import assumption_list, decision_list
from governance.pages.questions import QuestionPage, assumption_page, decision_page
from governance.permissions import Seat, may_raise
from governance.services.assumptions import AssumptionRefused, rule_on, write_assumption
from governance.services.decisions import Answer, DecisionRefused, decide, raise_decision
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
    if form.is_valid():
        decision = raise_decision(
            project=seat.project,
            question=form.question(),
            raised_by=seat.user,
            raised_at=timezone.now(),
        )
        messages.success(
            request,
            _("%(code)s is written down and waits for its decider.") % {"code": decision.code},
        )
        return redirect("governance:decision-list", seat.project.public_id)
    return answer_form(request, "governance/decision_add.html", form=form, seat=seat)


@in_project
@require_http_methods(["GET", "POST"])
def show_decision(request: SignedInRequest, seat: Seat, decision: UUID) -> HttpResponse:
    """Show a decision, and take its outcome from whoever decides it."""
    found = get_object_or_404(Decision, project=seat.project, public_id=decision)
    page = decision_page(found, seat=seat, at=timezone.localtime())
    form = OutcomeForm(request.POST or None) if page.may_answer else None

    def answer(answered: dict[str, Any]) -> object:
        return decide(
            decision=found,
            answer=Answer(**answered),
            decided_by=seat.user,
            decided_at=timezone.now(),
        )

    if _is_answered(request, page=page, form=form, by=answer):
        messages.success(
            request,
            _("%(code)s is decided. What waited for it can go on.") % {"code": found.code},
        )
        return redirect(request.path)
    return answer_form(request, "governance/decision.html", form=form, seat=seat, page=page)


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
    if form.is_valid():
        assumption = write_assumption(
            project=seat.project,
            guess=form.guess(),
            made_by=seat.user,
            raised_at=timezone.now(),
        )
        messages.success(
            request,
            _("%(code)s is written down and waits for an owner.") % {"code": assumption.code},
        )
        return redirect("governance:assumption-list", seat.project.public_id)
    return answer_form(request, "governance/assumption_add.html", form=form, seat=seat)


@in_project
@require_http_methods(["GET", "POST"])
def show_assumption(request: SignedInRequest, seat: Seat, assumption: UUID) -> HttpResponse:
    """Show an assumption, and take the word of an owner on it."""
    found = get_object_or_404(Assumption, project=seat.project, public_id=assumption)
    page = assumption_page(found, seat=seat, at=timezone.localtime())
    form = RulingForm(request.POST or None) if page.may_answer else None

    def answer(answered: dict[str, Any]) -> object:
        return rule_on(assumption=found, **answered, ruled_by=seat.user, ruled_at=timezone.now())

    if _is_answered(request, page=page, form=form, by=answer):
        messages.success(request, _("Your word on %(code)s is on record.") % {"code": found.code})
        return redirect(request.path)
    return answer_form(request, "governance/assumption.html", form=form, seat=seat, page=page)


def _is_answered(
    request: SignedInRequest,
    *,
    page: QuestionPage,
    form: BaseForm | None,
    by: Callable[[dict[str, Any]], object],
) -> bool:
    """Say whether whoever a question waits for has answered it just now.

    :raises PermissionDenied: it waits for somebody else.
    """
    if request.method == "POST":
        refuse_unless(page.may_answer, _("This waits for %(who)s.") % {"who": page.row.waits_for})
    if form is None or not form.is_valid():
        return False
    return carried_out(
        form, lambda: by(form.cleaned_data), refusals=(DecisionRefused, AssumptionRefused)
    )
