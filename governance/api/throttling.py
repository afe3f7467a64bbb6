"""Slow down a token that asks too often."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from governance.models import ApiToken

if TYPE_CHECKING:
    from rest_framework.views import APIView

WINDOW_SECONDS = 60


class TokenRateThrottle(BaseThrottle):
    """Allow so many requests a minute for each token, counted from the full minute.

    The count lies in the cache: shared with Redis, one per web process without.
    """

    seconds_left = WINDOW_SECONDS

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Count the request and say whether the token may still ask."""
        if not isinstance(request.auth, ApiToken):
            return True
        window, elapsed = divmod(int(timezone.now().timestamp()), WINDOW_SECONDS)
        self.seconds_left = WINDOW_SECONDS - elapsed
        key = f"api-requests:{request.auth.pk}:{window}"
        if cache.add(key, 1, timeout=2 * WINDOW_SECONDS):
            return settings.API_REQUESTS_PER_MINUTE > 0
        try:
            return cache.incr(key) <= settings.API_REQUESTS_PER_MINUTE
        except ValueError:  # it was dropped in between: the count starts again
            return True

    def wait(self) -> float:
        """Return the seconds until the next full minute."""
        return float(self.seconds_left)
