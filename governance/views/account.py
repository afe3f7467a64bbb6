"""Doors to the account's own page, and to ending its sessions."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from governance.pages.account import account_page
from governance.services.sessions import end_own_session, end_own_sessions
from governance.views.entry import SignedInRequest, signed_in


@signed_in
@require_safe
def show_account(request: SignedInRequest) -> HttpResponse:
    """Show who is signed in, with which roles, and in which browsers."""
    key = request.session.session_key or ""
    page = account_page(request.user, this_key=key, at=timezone.now())
    return render(request, "governance/account.html", {"page": page})


@signed_in
@require_POST
def end_one_session(request: SignedInRequest, session: UUID) -> HttpResponse:
    """End one of the account's own sessions; another account's does not exist here.

    :raises Http404: the account has no such session.
    """
    if not end_own_session(user=request.user, session=session):
        raise Http404
    messages.success(request, _("That browser is signed out."))
    return redirect("governance:account-show")


@signed_in
@require_POST
def end_other_sessions(request: SignedInRequest) -> HttpResponse:
    """End all sessions of the account but the one that asks."""
    ended = end_own_sessions(user=request.user, but=request.session.session_key or "")
    if not ended:
        messages.info(request, _("You were signed in nowhere else."))
        return redirect("governance:account-show")
    sentence = ngettext(
        "%(number)s other browser is signed out.",
        "%(number)s other browsers are signed out.",
        ended,
    )
    messages.success(request, sentence % {"number": ended})
    return redirect("governance:account-show")
