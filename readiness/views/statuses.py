"""Doors to how people see the project, and to the caveats that stand on page one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.models import Caveat
from governance.permissions import Seat, may_report_status
from governance.services.caveats import CaveatRefused
from governance.views.entry import SignedInRequest, answer_form, carried_out, in_project
from readiness.choices import ReportedColour, Verdict
from readiness.forms.reported import ResolveForm, StatusForm
from readiness.pages.statuses import StatusPage, status_page
from readiness.services.caveats import resolve_caveat
from readiness.services.reporting import ReportRefused, report_status


@in_project
@require_http_methods(["GET", "POST"])
def show_status(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show the reported status beside the computed one, and take a new one."""
    page = status_page(seat.project, number=request.GET.get("page", "1"))
    may_report = may_report_status(seat)
    form = StatusForm(request.POST or None, gates=page.gates) if may_report else None
    if (
        form is not None
        and form.is_valid()
        and carried_out(
            form,
            lambda: report_status(
                project=seat.project,
                report=form.report(reported_at=timezone.now()),
                reporter=seat.user,
                now=timezone.now(),
            ),
            refusals=(ReportRefused,),
        )
    ):
        messages.success(request, _said(page, form))
        return redirect(request.path)
    shown = {"page": page, "may_report": may_report}
    return answer_form(request, "readiness/reported_status.html", form=form, seat=seat, **shown)


def _said(page: StatusPage, form: StatusForm) -> str:
    """Return what was put on record, beside what is computed."""
    item = dict(form.fields["gate_key"].choices)[form.cleaned_data["gate_key"]]  # type: ignore[attr-defined]
    row = next(row for row in page.rows if row.item == item)
    words = {"item": item, "colour": ReportedColour(form.cleaned_data["colour"]).label}
    if not row.verdict:
        return _("On record: %(item)s, %(colour)s. Nothing is computed for it yet.") % words
    words["verdict"] = Verdict(row.verdict).label
    return _("On record: %(item)s, %(colour)s. The evidence says: %(verdict)s.") % words


@in_project
@require_http_methods(["GET", "POST"])
def end_caveat(request: SignedInRequest, seat: Seat, caveat: UUID) -> HttpResponse:
    """Resolve a caveat with the reason; it leaves page one."""
    reached = Caveat.objects.filter(project=seat.project).select_related("written_by", "project")
    found = get_object_or_404(reached, public_id=caveat)
    form = ResolveForm(request.POST or None)
    if form.is_valid() and carried_out(
        form,
        lambda: resolve_caveat(
            caveat=found,
            reason=form.cleaned_data["reason"],
            resolver=seat.user,
            resolved_at=timezone.now(),
        ),
        refusals=(CaveatRefused,),
    ):
        messages.success(request, _("The caveat is resolved. It leaves page one."))
        return redirect("readiness:status-show", seat.project.public_id)
    return answer_form(request, "readiness/caveat_resolve.html", form=form, seat=seat, caveat=found)
