"""What a token may do: the policy table names the scope of each method, the rest is refused."""

from typing import TYPE_CHECKING

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from governance.models import ApiToken
from governance.permissions.act import Door
from governance.permissions.table import SAFE_TWIN, rule_of

if TYPE_CHECKING:
    from rest_framework.views import APIView


class TokenHasScope(BasePermission):
    """Let a request pass if its token has the scope that the policy names for its method.

    An address in no policy is closed, and so is a method that the policy gives no scope.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Compare the token's scopes with that of the address.

        :raises MethodNotAllowed: the view has nothing under this method.
        """
        token = request.auth
        if not isinstance(token, ApiToken):
            return False
        method = SAFE_TWIN.get(str(request.method), str(request.method))
        if method not in view.allowed_methods:
            raise MethodNotAllowed(method)
        match = request.resolver_match
        rule = rule_of(match.view_name, method=method) if match else None
        if rule is None or rule.scope is None:
            self.message = "No token may do this."
            return False
        if rule.act.door is Door.ADMINISTRATOR and not rule.act.allows_account(token.user):
            self.message = str(rule.act.refusal)
            return False
        self.message = f"This token lacks the scope {rule.scope}."
        return rule.scope in token.scopes
