"""What the reader was told: the feed, what was read, and how much was not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance.models import Notice
from governance.pages.notices import feed_of, seen_on
from governance.services.notices import read_notices
from governance.views.entry import SignedInRequest, signed_in, uuid_or_404


@signed_in
@require_safe
def list_notices(request: SignedInRequest) -> HttpResponse:
    """Show what the reader was told, the newest first."""
    show, number = request.GET.get("show", ""), request.GET.get("page", "1")
    feed = feed_of(request.user, show=show, number=number, at=timezone.now())
    return render(request, "governance/notice_list.html", {"feed": feed})


@signed_in
@require_POST
def mark_read(request: SignedInRequest) -> HttpResponse:
    """Keep that the reader has read one notice, or all of them."""
    told = Notice.objects.told_to(request.user)
    named = request.POST.get("notice", "")
    if named:
        one = get_object_or_404(told, public_id=uuid_or_404(named))
        told = told.filter(pk=one.pk)
    read_notices(told, read_at=timezone.now())
    messages.success(request, _("Marked as read."))
    return redirect("governance:notice-list")


@signed_in
@require_POST
def note_seen(request: SignedInRequest) -> HttpResponse:
    """Keep that a screen was opened, so that what it was told for is read; answer the rest."""
    seen = seen_on(request.user, path=request.POST.get("path", ""))
    read_notices(seen, read_at=timezone.now())
    unread = Notice.objects.told_to(request.user).unread().count()
    return render(request, "governance/_notice_count.html", {"unread": unread})
