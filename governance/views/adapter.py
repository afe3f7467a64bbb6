"""What the sign-in pages do otherwise than their makers meant: passwords and addresses."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from governance.models import User
from governance.services.accounts import second_factor_of
from governance.services.factors import MUST_SET_FACTOR, must_set_factor
from governance.views.sign_in import SignInAdapter

PASSKEY = "mfa_reauthenticate:webauthn"
WAYS = {
    "reauthenticate": gettext_lazy("Use your password and a code"),
    PASSKEY: gettext_lazy("Use a passkey"),
}


class AccountAdapter(SignInAdapter):
    """Ask for a second factor where one is needed, and for all proofs again where it matters."""

    error_messages: ClassVar = {
        **SignInAdapter.error_messages,
        "enter_current_password": gettext_lazy("That is not your password."),
    }

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, and write down where a second factor has to be set up before all else.

        Every door ends here: password, passkey, single sign-on.
        """
        super().login(request, user)
        if must_set_factor(user):
            request.session[MUST_SET_FACTOR] = True

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Offer only ways that prove as much as a sign-in does.

        The passkey, or password and code on one page; the code alone only where the account
        has no password of its own.
        """
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        offered = {method["id"]: method for method in found}
        if "reauthenticate" in offered:
            offered.pop("mfa_reauthenticate", None)
        if user.is_authenticated and second_factor_of(user) is None:
            offered = dict(sorted(offered.items(), key=lambda item: item[0] != PASSKEY))
        return [
            {**method, "description": WAYS.get(name, method["description"])}
            for name, method in offered.items()
        ]


def refuse_new_address(request: HttpRequest) -> HttpResponse:
    """Offer no page for changing the e-mail address: it names the account for good.

    Whoever finds a session open could otherwise have a new password sent to themselves
    and sign with it.

    :raises Http404: always.
    """
    raise Http404
