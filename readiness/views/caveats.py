"""Doors to the caveats of a project: all of them, each by itself, and that it was opened."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.models import Caveat
from governance.permissions import Seat, may_report_status
from governance.permissions.areas.notices import OPEN_CAVEAT
from governance.services.caveats import CaveatRefused
from governance.views.entry import SignedInRequest, answer_form, carried_out, in_project
from readiness.forms.caveats import CaveatForm
from readiness.pages.opened import caveat_page, caveats_page
from readiness.services.caveats import add_caveat, open_caveat


@in_project
@require_http_methods(["GET", "POST"])
def list_caveats(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show the caveats of a project with who opened them, and take a new one."""
    may_report = may_report_status(seat)
    form = CaveatForm(request.POST or None) if may_report else None
    if (
        form is not None
        and form.is_valid()
        and carried_out(
            form,
            lambda: add_caveat(
                project=seat.project,
                text=form.cleaned_data["text"],
                writer=seat.user,
                written_at=timezone.now(),
            ),
            refusals=(CaveatRefused,),
        )
    ):
        messages.success(request, _("The caveat stands on page one."))
        return redirect(request.path)
    shown = {"page": caveats_page(seat.project), "may_report": may_report}
    return answer_form(request, "readiness/caveat_list.html", form=form, seat=seat, **shown)


@in_project
@require_safe
def show_caveat(request: SignedInRequest, seat: Seat, caveat: UUID) -> HttpResponse:
    """Show one caveat with who opened it; the page notes by itself that it was opened."""
    reached = Caveat.objects.filter(project=seat.project).select_related("written_by")
    found = get_object_or_404(reached, public_id=caveat)
    page = caveat_page(seat.project, found, reader=seat.user)
    shown = {
        "seat": seat,
        "page": page,
        "may_report": may_report_status(seat),
        "is_noted": OPEN_CAVEAT.allows(seat),
    }
    return render(request, "readiness/caveat.html", shown)


@in_project
@require_POST
def note_opened(request: SignedInRequest, seat: Seat, caveat: UUID) -> HttpResponse:
    """Keep that the reader opened a caveat."""
    reached = Caveat.objects.filter(project=seat.project).select_related("project")
    found = get_object_or_404(reached, public_id=caveat)
    open_caveat(found, account=seat.user, opened_at=timezone.now())
    return redirect("readiness:caveat-detail", seat.project.public_id, found.public_id)
