"""What happens when somebody sets a new password through the sign-in pages."""

from django.utils import timezone

from governance.models import User
from governance.permissions import ClosedAccountAdapter
from governance.services.tokens import revoke_tokens_of


class AccountAdapter(ClosedAccountAdapter):
    """End every API token with the old password: whoever knew it may have made one."""

    def set_password(self, user: User, password: str) -> None:
        """Set the password and revoke the account's tokens."""
        super().set_password(user, password)
        revoke_tokens_of(user=user, revoked_at=timezone.now())
