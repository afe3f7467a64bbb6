"""Doors to the project manager's charter, to overrulings, and to how the project is led."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.forms.charters import AssessmentForm, CharterForm, OverrulingForm
from governance.pages.charters import charter_page
from governance.pages.leadership import leadership_page
from governance.permissions import Seat
from governance.permissions.acts import SIGN_DOCUMENT
from governance.permissions.areas import charter as acts
from governance.services.assessments import AssessmentRefused, assess_leadership
from governance.services.charters import CharterRefused, newest_charter, write_charter
from governance.services.overrulings import OverrulingRefused, write_overruling
from governance.views.entry import SignedInRequest, answer_form, carried_out, in_project


@in_project
@require_safe
def show_charter(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show what the project manager may do, and where that was overruled."""
    shown = {
        "seat": seat,
        "page": charter_page(seat.project),
        "may_write": acts.WRITE_CHARTER.allows(seat),
        "may_sign": SIGN_DOCUMENT.allows(seat),
        "may_overrule": acts.OVERRULE.allows(seat),
        "may_assess": acts.ASSESS.allows(seat),
    }
    return render(request, "governance/charter.html", shown)


@in_project
@require_http_methods(["GET", "POST"])
def write(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Write the next version of the charter."""
    newest = newest_charter(seat.project)
    form = CharterForm(request.POST or None, project=seat.project, newest=newest)
    if form.is_valid() and carried_out(
        form,
        lambda: write_charter(
            project=seat.project,
            powers=form.wanted(),
            written_by=seat.user,
            written_at=timezone.now(),
        ),
        refusals=(CharterRefused,),
    ):
        messages.success(request, _("The charter is written. It grants powers once it is signed."))
        return redirect("governance:charter-show", seat.project.public_id)
    return answer_form(request, "governance/charter_write.html", form=form, seat=seat)


@in_project
@require_http_methods(["GET", "POST"])
def add_overruling(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Write down that the project manager was overruled."""
    today = {"overruled_on": timezone.localdate()}
    form = OverrulingForm(request.POST or None, project=seat.project, initial=today)
    now = timezone.now()
    if form.is_valid() and carried_out(
        form,
        lambda: write_overruling(
            project=seat.project,
            told=form.told(at=now),
            written_by=seat.user,
            written_at=now,
        ),
        refusals=(OverrulingRefused,),
    ):
        messages.success(request, _("It is on record, with who and why."))
        return redirect("governance:charter-show", seat.project.public_id)
    return answer_form(request, "governance/overruling_add.html", form=form, seat=seat)


@in_project
@require_http_methods(["GET", "POST"])
def show_leadership(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Take the reader's answers, and compare the two sides once both have answered."""
    form = AssessmentForm(request.POST or None, project=seat.project)
    if form.is_valid() and carried_out(
        form,
        lambda: assess_leadership(
            project=seat.project,
            project_manager=form.cleaned_data["project_manager"],
            answers=form.answers(),
            answered_by=seat.user,
            answered_at=timezone.now(),
        ),
        refusals=(AssessmentRefused,),
    ):
        messages.success(request, _("Your answers are kept."))
        return redirect(request.path)
    page = leadership_page(seat)
    return answer_form(request, "governance/leadership.html", form=form, seat=seat, page=page)
