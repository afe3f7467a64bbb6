"""What the sign-in pages do otherwise than their makers meant: passwords and addresses."""

from typing import ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from governance.models import User
from governance.permissions import ClosedAccountAdapter
from governance.services.tokens import revoke_tokens_of


class AccountAdapter(ClosedAccountAdapter):
    """End every API token with the old password: whoever knew it may have made one."""

    error_messages: ClassVar = {
        **ClosedAccountAdapter.error_messages,
        "enter_current_password": gettext_lazy("That is not your password."),
    }

    def set_password(self, user: User, password: str) -> None:
        """Set the password and revoke the account's tokens."""
        super().set_password(user, password)
        revoke_tokens_of(user=user, revoked_at=timezone.now())


def refuse_new_address(request: HttpRequest) -> HttpResponse:
    """Offer no page for changing the e-mail address: it names the account for good.

    Whoever finds a session open could otherwise have a new password sent to themselves
    and sign with it.

    :raises Http404: always.
    """
    raise Http404
