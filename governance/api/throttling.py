"""Slow down a token that asks too often."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from governance.models import ApiToken

if TYPE_CHECKING:
    from rest_framework.views import APIView

WINDOW_SECONDS = 60


class RequestCounts:
    """Count requests by token within the current minute; the minute before is forgotten."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._window = 0
        self._counts: dict[str, int] = {}

    def count(self, token: str, *, window: int) -> int:
        """Add one request of a token and return how many it sent in this window."""
        if window != self._window:
            self._window, self._counts = window, {}
        number = self._counts[token] = self._counts.get(token, 0) + 1
        return number


# In memory, so that counting costs nothing and works while the cache is away: each web
# process counts for itself, and N of them let up to N times as many through.
_counts = RequestCounts()


class TokenRateThrottle(BaseThrottle):
    """Allow each token so many requests a minute, counted from the full minute."""

    seconds_left = WINDOW_SECONDS

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Count the request and say whether the token may still ask."""
        if not isinstance(request.auth, ApiToken):
            return True
        window, elapsed = divmod(int(timezone.now().timestamp()), WINDOW_SECONDS)
        self.seconds_left = WINDOW_SECONDS - elapsed
        sent = _counts.count(request.auth.secret_hash, window=window)
        return sent <= settings.API_REQUESTS_PER_MINUTE

    def wait(self) -> float:
        """Return the seconds until the next full minute."""
        return float(self.seconds_left)
