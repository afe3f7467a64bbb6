"""Doors to requests for people, and to the answers by name."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from governance.forms.participation import AnswerForm, CallForm, ChangeForm
from governance.models import Department, ParticipationRequest, RequestedPerson
from governance.pages.participation import department_choices, request_list, request_page
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat
from governance.permissions.areas.participation import ANSWER_FOR_PEOPLE
from governance.services.participation import PeopleRefused, ask_for_people, newest_answer
from governance.services.releasing import answer_for_people
from governance.views.entry import (
    SignedInRequest,
    answer_form,
    carried_out,
    in_project,
    refuse_unless,
)


@in_project
@require_safe
def list_requests(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show which requests for people wait for an answer."""
    listed = request_list(seat, at=timezone.localtime(), asked=request.GET)
    return render(request, "governance/people_request_list.html", {"seat": seat, "list": listed})


@in_project
@require_safe
def choose_department(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show the departments that can be asked."""
    shown = {"seat": seat, "departments": department_choices(seat.project)}
    return render(request, "governance/people_request_choose.html", shown)


@in_project
@require_http_methods(["GET", "POST"])
def add_request(request: SignedInRequest, seat: Seat, department: UUID) -> HttpResponse:
    """Ask the manager of a department for people."""
    reached = Department.objects.filter(project=seat.project).select_related("manager")
    found = get_object_or_404(reached, public_id=department)
    now = timezone.localtime()
    form = CallForm(request.POST or None, department=found, today=now.date())
    if form.is_valid() and carried_out(
        form,
        lambda: ask_for_people(
            project=seat.project, call=form.call(), asked_by=seat.user, asked_at=now
        ),
        refusals=(PeopleRefused,),
    ):
        asked = ngettext(
            "%(number)d person is asked for. %(manager)s was told.",
            "%(number)d people are asked for. %(manager)s was told.",
            len(form.cleaned_data["people"]),
        )
        named = {"number": len(form.cleaned_data["people"]), "manager": found.manager}
        messages.success(request, asked % named)
        return redirect("governance:people-request-list", seat.project.public_id)
    shown = {"seat": seat, "department": found}
    return answer_form(request, "governance/people_request_add.html", form=form, **shown)


@in_project
@require_http_methods(["GET", "POST"])
def show_request(request: SignedInRequest, seat: Seat, people_request: UUID) -> HttpResponse:
    """Show a request, and take the answer of who manages the department."""
    found = _reached(seat, people_request)
    now = timezone.localtime()
    page = request_page(found, seat=seat, at=now)
    if request.method == "POST":
        refuse_unless(page.may_answer, ANSWER_FOR_PEOPLE.refusal)
    asked = list(found.people.all())
    form = AnswerForm(request.POST or None, asked=asked, today=now.date())
    if form.is_valid() and carried_out(
        form,
        lambda: answer_for_people(
            request=found,
            words=form.words(),
            answered_by=seat.user,
            answered_at=now,
            is_caveat=form.cleaned_data["is_caveat"],
        ),
        refusals=(PeopleRefused,),
    ):
        messages.success(request, _("Your answer is on record, and who asked was told."))
        return redirect(request.path)
    shown_form = form if page.may_answer and (form.waiting or form.errors) else None
    shown = {"seat": seat, "page": page}
    return answer_form(request, "governance/people_request.html", form=shown_form, **shown)


@in_project
@require_http_methods(["GET", "POST"])
def change_answer(
    request: SignedInRequest, seat: Seat, people_request: UUID, requested: UUID
) -> HttpResponse:
    """Answer for one person again."""
    found = _reached(seat, people_request)
    now = timezone.localtime()
    page = request_page(found, seat=seat, at=now)
    refuse_unless(page.may_answer, ANSWER_FOR_PEOPLE.refusal)
    within = RequestedPerson.objects.filter(project=seat.project, request=found)
    one = get_object_or_404(within.select_related("person"), public_id=requested)
    before = newest_answer(one)
    if before is None:
        return redirect("governance:people-request-detail", seat.project.public_id, found.public_id)
    form = ChangeForm(request.POST or None, initial={"seen": before.public_id})
    if form.is_valid() and carried_out(
        form,
        lambda: answer_for_people(
            request=found,
            words=[form.word(one)],
            answered_by=seat.user,
            answered_at=now,
            is_caveat=form.cleaned_data["is_caveat"],
        ),
        refusals=(PeopleRefused,),
    ):
        messages.success(request, _("Your answer is on record, and who asked was told."))
        return redirect("governance:people-request-detail", seat.project.public_id, found.public_id)
    above = [page.trail[-2], Step(page.trail[-1].text, page.row.href)]
    trail = trail_of(seat.project, *above, one.person.name)
    shown = {"seat": seat, "page": page, "person": one.person, "before": before, "trail": trail}
    return answer_form(request, "governance/person_answer.html", form=form, **shown)


def _reached(seat: Seat, public_id: UUID) -> ParticipationRequest:
    """Return a request of the seat's project with all that is shown of it."""
    reached = ParticipationRequest.objects.filter(project=seat.project).with_people()
    return get_object_or_404(reached, public_id=public_id)
