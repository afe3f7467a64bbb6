"""Doors to the sponsor's page, and to who read what before voting."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from governance.permissions import Seat
from governance.views.entry import SignedInRequest, in_project, uuid_or_404
from readiness.choices import Paper
from readiness.models import Snapshot
from readiness.pages.reviews import review_list
from readiness.pages.sponsor import sponsor_page
from readiness.services.reviews import note_review


@in_project
@require_safe
def show_sponsor(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show what only the sponsor can do this week."""
    page = sponsor_page(seat, at=timezone.localtime())
    return render(request, "readiness/sponsor.html", {"seat": seat, "page": page})


@in_project
@require_safe
def list_reviews(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show who opened which judgement and which caveat."""
    shown = review_list(seat.project, at=timezone.now())
    return render(request, "readiness/review_list.html", {"seat": seat, "list": shown})


@in_project
@require_POST
def note_report(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Note that an executive opened the printed report of a judgement, and hand it out.

    The link alone notes nothing: what a browser or a mail scanner fetches ahead is not read.
    """
    snapshots = Snapshot.objects.filter(project=seat.project).defer("body")
    shown = get_object_or_404(snapshots, public_id=uuid_or_404(request.POST.get("shown", "")))
    note_review(snapshot=shown, account=seat.user, paper=Paper.REPORT, opened_at=timezone.now())
    report = uuid_or_404(request.POST.get("report", ""))
    return redirect("reports:report-download", seat.project.public_id, report)
