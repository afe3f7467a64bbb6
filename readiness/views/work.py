"""My work: what waits for the reader."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.views.entry import SignedInRequest, signed_in
from readiness.pages.work import my_work


@signed_in
@require_safe
def show_work(request: SignedInRequest) -> HttpResponse:
    """Show what waits for the reader, oldest first."""
    return render(
        request, "readiness/work.html", {"work": my_work(request.user, at=timezone.now())}
    )
