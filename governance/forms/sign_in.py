"""What somebody types to sign in or to get a new password: an address in any spelling."""

from typing import Any

from allauth.account.fields import EmailField
from allauth.account.forms import LoginForm, ResetPasswordForm

from governance.services.addresses import folded_address


class AddressField(EmailField):  # type: ignore[misc]
    """Take an address in any spelling, and look it up in its one form."""

    def to_python(self, value: Any) -> str:
        """Fold what was typed before it is judged."""
        return folded_address(super().to_python(value) or "")


class SignInForm(LoginForm):  # type: ignore[misc]
    """Ask for address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the address in any spelling."""
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField()
        self.order_fields(["login", "password"])


class NewPasswordMailForm(ResetPasswordForm):  # type: ignore[misc]
    """Ask where a link for a new password is to be sent."""

    email = AddressField(required=True)
