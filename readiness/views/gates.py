"""One project's gate: what was judged, and whether that is still the newest word."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from governance.permissions import Seat
from governance.views.entry import SignedInRequest, in_project, uuid_or_404
from readiness.choices import Paper
from readiness.models import Snapshot
from readiness.pages.criterion import criterion_page
from readiness.pages.gate import gate_page
from readiness.pages.grounds import ground_of_gate
from readiness.pages.heads import current_version
from readiness.pages.journey import journey_page
from readiness.services.reviews import note_review
from readiness.services.visits import note_visit
from readiness.views.following import NOTHING_TO_SHOW, told_of_changes
from readiness.views.kept import kept_while


@require_safe
@kept_while(ground_of_gate)
@in_project
def show_gate(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show the newest judgement of a project."""
    gate = gate_page(seat.project, now=timezone.now(), reader=seat.user)
    return render(request, "readiness/gate.html", {"seat": seat, "gate": gate})


@in_project
@require_POST
def take_note(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Note which judgement the account was shown, or that it has read everything.

    A GET changes nothing: the open page sends this once it has been on the screen for a
    moment, so that what a browser fetches ahead does not count as having looked. Of who votes
    it is written down that the judgement was opened.
    """
    snapshots = Snapshot.objects.filter(project=seat.project).defer("body")
    shown = get_object_or_404(snapshots, public_id=uuid_or_404(request.POST.get("shown", "")))
    note_visit(
        user=seat.user,
        project=seat.project,
        shown=shown,
        at=timezone.now(),
        all_read="all" in request.POST,
    )
    note_review(snapshot=shown, account=seat.user, paper=Paper.PAGE, opened_at=timezone.now())
    if request.headers.get("HX-Request"):
        return HttpResponse(status=NOTHING_TO_SHOW)
    return redirect("readiness:gate-show", seat.project.public_id)


@in_project
@require_safe
def show_journey(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show how the newest judgement came about."""
    page = journey_page(seat.project, now=timezone.now())
    return render(request, "readiness/gate_history.html", {"seat": seat, "page": page})


@in_project
@require_safe
def show_version(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Tell an open page to read itself again when its version is not the newest."""
    version = current_version(seat.project, as_of=timezone.now())
    return told_of_changes(request, version=version, event="gate-changed")


@in_project
@require_safe
def show_criterion(request: SignedInRequest, seat: Seat, gate: str, criterion: str) -> HttpResponse:
    """Show one criterion: how it came out, why, and the rows behind its number.

    :raises Http404: the newest judgement has no such criterion.
    """
    page = criterion_page(seat, gate_key=gate, key=criterion, now=timezone.now())
    if page is None:
        raise Http404
    return render(request, "readiness/criterion.html", {"seat": seat, "page": page})
