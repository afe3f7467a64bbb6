"""Doors to the security log, for administrators."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.forms.security import SecuritySearch
from governance.pages.security_log import accounts_in_log, security_csv, security_log, zone_of
from governance.views.entry import SignedInRequest, signed_in


@signed_in
@require_safe
def show_log(request: SignedInRequest) -> HttpResponse:
    """Show what happened to the accounts, the newest first."""
    form = _search(request)
    zone = zone_of(request.user)
    shown = security_log(
        request.user,
        wanted=form.wanted(zone=zone),
        number=request.GET.get("page", "1"),
        now=timezone.now(),
    )
    with timezone.override(zone):
        return render(
            request, "governance/security_log.html", {"log": shown, "form": form, "zone": zone}
        )


@signed_in
@require_safe
def download_log(request: SignedInRequest) -> HttpResponse:
    """Hand out the events that fit as a file."""
    wanted = _search(request).wanted(zone=zone_of(request.user))
    sheet = security_csv(request.user, wanted=wanted)
    answer = HttpResponse("\ufeff" + sheet, content_type="text/csv; charset=utf-8")
    name = f"security-log-{timezone.now():%Y-%m-%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _search(request: SignedInRequest) -> SecuritySearch:
    return SecuritySearch(request.GET, accounts=accounts_in_log(request.user))
