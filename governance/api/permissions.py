"""What a token may do: every view names the scope of each method, the rest is refused."""

from typing import TYPE_CHECKING

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from governance.choices import Scope
from governance.models import ApiToken

if TYPE_CHECKING:
    from rest_framework.views import APIView

SAFE_TWIN = {"HEAD": "GET"}


class TokenHasScope(BasePermission):
    """Let a request pass if its token has the scope that the view names for its method.

    A view without `scopes`, or a method it does not name, is closed.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Compare the token's scopes with the view's.

        :raises MethodNotAllowed: the view has nothing under this method.
        """
        token = request.auth
        if not isinstance(token, ApiToken):
            return False
        method = SAFE_TWIN.get(str(request.method), str(request.method))
        if method not in view.allowed_methods:
            raise MethodNotAllowed(method)
        wanted: Scope | None = getattr(view, "scopes", {}).get(method)
        self.message = (
            f"This token lacks the scope {wanted}." if wanted else "No token may do this."
        )
        return wanted is not None and wanted in token.scopes
