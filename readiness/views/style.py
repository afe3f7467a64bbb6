"""The page of parts."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from readiness.pages.style import style_page


@require_safe
def show_style(request: HttpRequest) -> HttpResponse:
    """Show every shared part once; only where nobody works for real.

    :raises Http404: outside debug and demo mode.
    """
    if not (settings.DEBUG or settings.DEMO_MODE):
        raise Http404
    return render(request, "readiness/style.html", {"style": style_page()})
