"""Doors to steering meetings, their minutes, and to what the sponsor expects."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.forms.meetings import CALLED_OFF, HELD, MeetingForm, MinutesForm, StatementForm
from governance.models import Meeting, SponsorStatement
from governance.pages.agenda import frozen, points_of
from governance.pages.expectations import statement_page
from governance.pages.meetings import MeetingPage, meeting_list, meeting_page
from governance.permissions import Seat
from governance.services.caveats import CaveatRefused
from governance.services.expectations import StatementRefused, acknowledge, write_statement
from governance.services.meetings import MeetingRefused, call_meeting, write_minutes
from governance.views.entry import SignedInRequest, answer_form, carried_out, in_project


@in_project
@require_safe
def list_meetings(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show the meetings of a project."""
    shown = meeting_list(seat, at=timezone.localtime(), number=request.GET.get("page", "1"))
    return render(request, "governance/meeting_list.html", {"seat": seat, "list": shown})


@in_project
@require_http_methods(["GET", "POST"])
def add_meeting(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Call a meeting."""
    form = MeetingForm(request.POST or None)
    if form.is_valid() and carried_out(
        form,
        lambda: call_meeting(
            project=seat.project,
            call=form.call(),
            called_by=seat.user,
            called_at=timezone.now(),
        ),
        refusals=(MeetingRefused,),
    ):
        messages.success(request, _("The meeting is called."))
        return redirect("governance:meeting-list", seat.project.public_id)
    return answer_form(request, "governance/meeting_add.html", form=form, seat=seat)


@in_project
@require_safe
def show_meeting(request: SignedInRequest, seat: Seat, meeting: UUID) -> HttpResponse:
    """Show a meeting with its agenda, who came, and what was decided there."""
    found = get_object_or_404(Meeting, project=seat.project, public_id=meeting)
    page = meeting_page(found, seat=seat, at=timezone.localtime())
    return render(request, "governance/meeting.html", {"seat": seat, "page": page})


@in_project
@require_http_methods(["GET", "POST"])
def minute_meeting(request: SignedInRequest, seat: Seat, meeting: UUID) -> HttpResponse:
    """Take down what came of a meeting; the agenda that stood before it is kept with it."""
    reached = Meeting.objects.filter(project=seat.project).select_related("project")
    found = get_object_or_404(reached, public_id=meeting)
    page = meeting_page(found, seat=seat, at=timezone.localtime())
    form = MinutesForm(
        request.POST or None, project=seat.project, meeting=found, initial=_known(page)
    )
    if form.is_valid() and carried_out(
        form,
        lambda: write_minutes(
            meeting=found,
            minutes=form.minutes(agenda=_agenda(page, found)),
            written_by=seat.user,
            written_at=timezone.now(),
        ),
        refusals=(MeetingRefused, CaveatRefused),
    ):
        messages.success(request, _("The minutes are on record."))
        return redirect("governance:meeting-detail", seat.project.public_id, found.public_id)
    shown = {"seat": seat, "page": page}
    return answer_form(request, "governance/meeting_minutes.html", form=form, **shown)


def _agenda(page: MeetingPage, meeting: Meeting) -> list[dict[str, Any]]:
    """Return the agenda that stood before a meeting: as kept, or as it was at its beginning."""
    if page.row.minutes is not None:
        return list(page.row.minutes.agenda)
    moment = min(timezone.now(), meeting.starts_at)
    return frozen(points_of(meeting.project, as_of=moment))


def _known(page: MeetingPage) -> dict[str, Any]:
    """Return what earlier minutes said, to be corrected."""
    minutes = page.row.minutes
    if minutes is None:
        return {"was_held": HELD if page.is_open else ""}
    came = {f"came_{each.account.public_id}": each.presence for each in minutes.attendances.all()}
    guests = [each.account.public_id for each in minutes.attendances.all()]
    return {
        "was_held": HELD if minutes.was_held else CALLED_OFF,
        "chair": minutes.chair and minutes.chair.public_id,
        "guests": guests,
        "notes": minutes.notes,
        **came,
    }


@in_project
@require_http_methods(["GET", "POST"])
def show_statement(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show what the sponsor expects, and take the sponsor's words."""
    page = statement_page(seat)
    form = StatementForm(request.POST or None) if page.may_write else None
    if (
        form is not None
        and form.is_valid()
        and carried_out(
            form,
            lambda: write_statement(
                project=seat.project,
                text=form.cleaned_data["text"],
                written_by=seat.user,
                written_at=timezone.now(),
            ),
            refusals=(StatementRefused,),
        )
    ):
        messages.success(request, _("Everybody who takes part is told."))
        return redirect(request.path)
    return answer_form(request, "governance/statement.html", form=form, seat=seat, page=page)


@in_project
@require_POST
def read_statement(request: SignedInRequest, seat: Seat, statement: UUID) -> HttpResponse:
    """Write that the reader has read what the sponsor expects."""
    reached = SponsorStatement.objects.filter(project=seat.project).select_related("project")
    found = get_object_or_404(reached, public_id=statement)
    try:
        acknowledge(statement=found, account=seat.user, acknowledged_at=timezone.now())
    except StatementRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your name stands below it."))
    return redirect("governance:statement-show", seat.project.public_id)
