"""What stands between every request and its view."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


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
