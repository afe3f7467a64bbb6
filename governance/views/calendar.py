"""Doors to the business calendar."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.forms.raid import CalendarEndForm, CalendarForm
from governance.models import CalendarEntry
from governance.pages.calendar import calendar_page
from governance.permissions import Seat, may_import
from governance.permissions.areas.raid import KEEP_CALENDAR
from governance.services.calendar import CalendarRefused, end_days, write_days
from governance.views.entry import SignedInRequest, answer_form, carried_out, in_project


@in_project
@require_http_methods(["GET", "POST"])
def show_calendar(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show the calendar, and take days into it."""
    form = CalendarForm(request.POST or None) if KEEP_CALENDAR.allows(seat) else None
    if form is not None and form.is_valid():
        days = form.days()
        if carried_out(
            form,
            lambda: write_days(
                project=seat.project,
                days=days,
                written_by=seat.user,
                written_at=timezone.now(),
            ),
            refusals=(CalendarRefused,),
        ):
            messages.success(
                request, _("%(title)s stands in the calendar.") % {"title": days.title}
            )
            return redirect(request.path)
    page = calendar_page(seat.project, today=timezone.localdate())
    shown = {"seat": seat, "page": page, "may_import": may_import(seat)}
    return answer_form(request, "governance/calendar.html", form=form, **shown)


@in_project
@require_http_methods(["GET", "POST"])
def end_calendar(request: SignedInRequest, seat: Seat, days: UUID) -> HttpResponse:
    """Take days out of the calendar again."""
    found = get_object_or_404(CalendarEntry, project=seat.project, public_id=days)
    form = CalendarEndForm(request.POST or None)
    if form.is_valid() and carried_out(
        form,
        lambda: end_days(
            entry=found,
            reason=form.cleaned_data["reason"],
            ended_by=seat.user,
            ended_at=timezone.now(),
        ),
        refusals=(CalendarRefused,),
    ):
        messages.success(request, _("%(title)s is out of the calendar.") % {"title": found.title})
        return redirect("governance:calendar-show", seat.project.public_id)
    return answer_form(request, "governance/calendar_end.html", form=form, seat=seat, entry=found)
