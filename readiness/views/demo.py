"""Signing in with one click, in demo mode and nowhere else."""

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from governance.choices import SecurityEventKind
from governance.services.security import note_event
from readiness.pages.demo import demo_accounts, demo_roles

PASSWORD_BACKEND = "governance.middleware.AccountBackend"  # noqa: S105 - a class path


@require_safe
def show_demo(request: HttpRequest) -> HttpResponse:
    """Show the demo's accounts, also to somebody who is signed in as one of them.

    :raises Http404: outside demo mode.
    """
    if not settings.DEMO_MODE:
        raise Http404
    return render(request, "readiness/demo.html", {"roles": demo_roles()})


@require_POST
def enter_demo(request: HttpRequest) -> HttpResponse:
    """Sign in as the demo account somebody picked.

    :raises Http404: outside demo mode, and for any account that is not the demo's.
    """
    try:
        account = get_object_or_404(demo_accounts(), public_id=request.POST.get("account", ""))
    except ValidationError as error:
        raise Http404 from error
    login(request, account, backend=PASSWORD_BACKEND)
    note_event(SecurityEventKind.SIGNED_IN, account=account)
    return redirect("/")
