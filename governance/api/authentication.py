"""Know the caller by a token in the Authorization header; a session opens no door here."""

from datetime import datetime

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from governance.models import ApiToken, User
from governance.services.tokens import hash_of_secret, note_use

UNKNOWN = "This token is not known, or no longer valid."
EXPIRED = "This token has expired. Make a new one on the page 'API tokens'."
REVOKED = "This token was revoked. Make a new one on the page 'API tokens'."


class TokenAuthentication(BaseAuthentication):
    """Take `Authorization: Bearer …` for the account that made the token."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the account and its token; None where no token was sent.

        :raises AuthenticationFailed: unknown, revoked, expired, or of a closed account.
        """
        keyword, _, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if keyword.lower() != "bearer" or not secret.strip():
            return None
        token = self._token_of(secret.strip())
        moment = timezone.now()
        self._refuse_unusable(token, moment)
        note_use(token=token, used_at=moment)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 asks for."""
        return 'Bearer realm="api"'

    def _token_of(self, secret: str) -> ApiToken:
        known = ApiToken.objects.select_related("user").filter(secret_hash=hash_of_secret(secret))
        token = known.first()
        if token is None:
            raise AuthenticationFailed(UNKNOWN)
        return token

    def _refuse_unusable(self, token: ApiToken, moment: datetime) -> None:
        if not token.user.is_active:
            raise AuthenticationFailed(UNKNOWN)
        if token.revoked_at is not None:
            raise AuthenticationFailed(REVOKED)
        if token.expires_at is not None and token.expires_at <= moment:
            raise AuthenticationFailed(EXPIRED)
