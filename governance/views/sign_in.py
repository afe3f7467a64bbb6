"""What the sign-in pages do otherwise than their makers meant, on the way in and out."""

from typing import Any, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from governance.choices import SecurityEventKind
from governance.models import User
from governance.permissions import ClosedAccountAdapter
from governance.services.addresses import folded_address
from governance.services.passwords import normal_password
from governance.services.security import note_event
from governance.services.sessions import end_after_new_password
from governance.views.devices import remember_device
from governance.views.next_page import is_own_page

RESET = "account_reset_password_from_key"
"""The name of the address that the link of a mail leads to."""


class SignInAdapter(ClosedAccountAdapter):
    """Know addresses in every spelling, lead to own pages alone, and write down who came."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address of the other end, as everywhere else."""
        return str(request.META.get("REMOTE_ADDR", ""))

    def is_safe_url(self, url: str) -> bool:
        """Let nobody be led away: only to pages of our own."""
        return is_own_page(url)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count nothing here: the door of the page has counted."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Check a password for an address in whatever spelling."""
        if "email" in credentials:
            credentials["email"] = folded_address(credentials["email"])
        return super().authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down for an account that somebody did not know its password."""
        account = User.objects.filter(email=credentials.get("email", "")).first()
        if account is not None:
            note_event(SecurityEventKind.SIGN_IN_FAILED, account=account)

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, and write it down. Every door ends here: password, passkey, single sign-on."""
        super().login(request, user)
        note_event(SecurityEventKind.SIGNED_IN, account=user)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Let the browser be known from now on."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_device(request, response, address=user.email)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and write it down."""
        if isinstance(request.user, User):
            note_event(SecurityEventKind.SIGNED_OUT, account=request.user)
        super().logout(request)

    def clean_email(self, email: str) -> str:
        """Look an address up in its one form."""
        return folded_address(email)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Send the link to the address of the account, never to what was typed."""
        super().send_password_reset_mail(user, user.email, context)

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        """Check a new password, and take it in its one form."""
        return str(super().clean_password(normal_password(password), user))

    def set_password(self, user: User, password: str) -> None:
        """Set the password; other sessions and every API token end with the old one.

        Whoever knew it may have opened them. Set anew by the link of a mail, it ends them all.
        """
        super().set_password(user, normal_password(password))
        request = cast(HttpRequest, self.request)
        is_own = request.user.is_authenticated and request.user.pk == user.pk
        is_reset = request.resolver_match is not None and request.resolver_match.url_name == RESET
        if is_own and is_reset:
            self.logout(request)
        key = "" if is_reset or not is_own else request.session.session_key or ""
        end_after_new_password(
            user=user, but=key, way="RESET" if is_reset else "CHANGED", changed_at=timezone.now()
        )
