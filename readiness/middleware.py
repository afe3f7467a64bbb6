"""What stands between every request and its view."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

FOR_PROGRAMS = ("/api/", "/health/")
"""Addresses that programs ask; they are answered in English, whoever asks."""


class KeepNothing:
    """Tell browsers and proxies to keep no page, unless the view itself said otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Remember what answers the request."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and add the header where it is missing."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class ReaderLanguage:
    """Answer in the reader's language: the account's, else the cookie's, else the browser's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Remember what answers the request."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and say in which language; the thread speaks the one before afterwards."""
        if _is_for_programs(request.path_info):
            with translation.override(settings.LANGUAGE_CODE):
                return self.get_response(request)
        language = _chosen(request) or translation.get_language_from_request(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


def _is_for_programs(path: str) -> bool:
    """Say whether a program asks; the documentation of REST is a page that people read."""
    return path.startswith(FOR_PROGRAMS) and not path.endswith("/docs/")


def _chosen(request: HttpRequest) -> str:
    language = getattr(request.user, "language", "")
    return language if language in dict(settings.LANGUAGES) else ""
