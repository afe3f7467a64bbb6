"""Know the caller by a token in the Authorization header; a session opens no door here."""

from datetime import datetime

from django.db import connection
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from governance.models import ApiToken, User
from governance.querysets.prepared import Prepared
from governance.services.acting import act_for
from governance.services.security import REFUSED_ACCOUNT
from governance.services.tokens import hash_of_secret, note_use

UNKNOWN = "This token is not known, or no longer valid."
EXPIRED = "This token has expired. Make a new one on the page 'API tokens'."
NO_CLIENT = "This token names no client to work for. Make one for the client you work for."
REVOKED = "This token was revoked. Make a new one on the page 'API tokens'."
# What every request needs; anything else is fetched when somebody asks for it.
TOKEN_FIELDS = ["id", "user_id", "client_id", "prefix", "secret_hash", "scopes", "expires_at"]
TOKEN_FIELDS += ["last_used_at", "revoked_at"]
USER_FIELDS = ["id", "email", "name", "organisation_id", "kind", "is_administrator", "is_active"]
_known_tokens = Prepared(
    lambda secret_hash: ApiToken.objects.filter(secret_hash=secret_hash).values_list(
        *TOKEN_FIELDS, *(f"user__{name}" for name in USER_FIELDS)
    ),
    secret_hash="the hash of some secret",  # noqa: S106 - an example, and no password
)


class TokenAuthentication(BaseAuthentication):
    """Take `Authorization: Bearer …` for the account that made the token."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the account and its token; None where no token was sent.

        :raises AuthenticationFailed: unknown, revoked, expired, or of a closed account.
        :raises PermissionDenied: a partner's, and nobody can tell for which client.
        """
        keyword, _, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if keyword.lower() != "bearer" or not secret.strip():
            return None
        token = self._token_of(secret.strip())
        setattr(getattr(request, "_request", request), REFUSED_ACCOUNT, token.user)
        moment = timezone.now()
        self._refuse_unusable(token, moment)
        self._refuse_without_client(token)
        note_use(token=token, used_at=moment)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 asks for."""
        return 'Bearer realm="api"'

    def _token_of(self, secret: str) -> ApiToken:
        rows = _known_tokens.rows(secret_hash=hash_of_secret(secret))
        if not rows:
            raise AuthenticationFailed(UNKNOWN)
        (row,) = rows
        token = ApiToken.from_db(connection.alias, TOKEN_FIELDS, row[: len(TOKEN_FIELDS)])
        token.user = User.from_db(connection.alias, USER_FIELDS, row[len(TOKEN_FIELDS) :])
        return token

    def _refuse_without_client(self, token: ApiToken) -> None:
        """Let a partner's account act for the one client of its token, and for nobody else.

        :raises PermissionDenied: the token names no client, and there are several or none.
        """
        if not token.user.is_partner:
            return
        if token.client_id is not None:
            token.user.acting_for_id = token.client_id
        elif act_for(token.user, chosen=None).client is None:
            raise PermissionDenied(NO_CLIENT)

    def _refuse_unusable(self, token: ApiToken, moment: datetime) -> None:
        if not token.user.is_active:
            raise AuthenticationFailed(UNKNOWN)
        if token.revoked_at is not None:
            raise AuthenticationFailed(REVOKED)
        if token.expires_at is not None and token.expires_at <= moment:
            raise AuthenticationFailed(EXPIRED)
