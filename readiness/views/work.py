"""My work: what waits for the reader, and the daily mail of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.views.entry import SignedInRequest, signed_in
from readiness.pages.digest import mail_setting
from readiness.pages.work import my_work
from readiness.services.digests import account_of, choose_digest, zone_of

ON = "on"
ITEMS_ON_A_PAGE = 25
HOURS = frozenset(str(hour) for hour in range(24))


@signed_in
@require_safe
def show_work(request: SignedInRequest) -> HttpResponse:
    """Show what waits for the reader, oldest first."""
    with timezone.override(zone_of(request.user.time_zone)):
        only = request.GET.get("kind", "")
        work = my_work(request.user, at=timezone.now(), only=only)
        page = Paginator(work.items, ITEMS_ON_A_PAGE).get_page(request.GET.get("page", "1"))
        is_kept = any(each.is_chosen for each in work.kinds)
        kept = {"kind": only} if is_kept else {}
        shown = {"work": work, "page": page, "kept": kept, "mail": mail_setting(request.user)}
        return render(request, "readiness/work.html", shown)


@signed_in
@require_POST
def set_digest(request: SignedInRequest) -> HttpResponse:
    """Turn the daily mail of the reader on or off, and choose its hour."""
    is_wanted, asked = request.POST.get("mail") == ON, request.POST.get("hour", "")
    hour = int(asked) if asked in HOURS else None
    choose_digest(user=request.user, is_wanted=is_wanted, hour=hour, changed_at=timezone.now())
    said = _("The daily mail is on.") if is_wanted else _("The daily mail is off.")
    messages.success(request, said)
    return redirect("readiness:my-work")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_digest(request: HttpRequest, token: str) -> HttpResponse:
    """End the daily mail by the link in it: a look only asks, a POST does it (RFC 8058).

    The signed link is the right to do so; nobody has to sign in, and a mail server may send
    the POST itself.
    """
    user = account_of(token)
    if user is None:
        raise Http404
    if request.method == "POST":
        choose_digest(user=user, is_wanted=False, changed_at=timezone.now())
    return render(request, "readiness/digest_stop.html", {"is_done": request.method == "POST"})
