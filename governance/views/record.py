"""Doors to the record of a project."""

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.forms.record import RecordSearch
from governance.pages.anchors import standing_of
from governance.pages.record.timeline import accounts_in, record_csv, timeline_of
from governance.permissions import Seat
from governance.permissions.acts import EXPORT_RECORD
from governance.views.entry import SignedInRequest, in_project


@in_project
@require_safe
def show_record(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show what was done in the project, the newest first."""
    form = _search(request, seat)
    shown = timeline_of(
        seat.project, wanted=form.wanted(zone=_zone(seat)), number=request.GET.get("page", "1")
    )
    page = {
        "seat": seat,
        "record": shown,
        "form": form,
        "may_export": EXPORT_RECORD.allows(seat),
        "standing": standing_of(seat.project, at=timezone.now()),
    }
    return render(request, "governance/record.html", page)


@in_project
@require_safe
def download_record(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Hand out the entries that fit as a file, the oldest first."""
    sheet = record_csv(seat.project, wanted=_search(request, seat).wanted(zone=_zone(seat)))
    answer = HttpResponse("\ufeff" + sheet, content_type="text/csv; charset=utf-8")
    name = f"{seat.project.slug}-record-{timezone.now():%Y-%m-%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _search(request: SignedInRequest, seat: Seat) -> RecordSearch:
    return RecordSearch(request.GET, accounts=accounts_in(seat.project))


def _zone(seat: Seat) -> ZoneInfo:
    return ZoneInfo(seat.project.time_zone)
