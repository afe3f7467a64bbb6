"""The door at which a reader chooses a language: kept on the account, else in a cookie."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from governance.models import User
from governance.services.languages import choose_language as keep_language
from governance.views.next_page import is_own_page

FRONT_PAGE = "/"


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen and go back; one that is not offered changes nothing."""
    answer = HttpResponseRedirect(_way_back(request))
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return answer
    if isinstance(request.user, User):
        keep_language(user=request.user, language=language)
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return answer


def _way_back(request: HttpRequest) -> str:
    """Return the page somebody came from, if it is one of ours."""
    asked = request.POST.get("next", "")
    return asked if is_own_page(asked) else FRONT_PAGE
