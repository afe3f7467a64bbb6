"""Which API tokens belong to an account, and which of them still open a door."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from governance.models import ApiToken, User


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Select API tokens."""

    def of_user(self, user: "User") -> Self:
        """Keep the account's own tokens; nobody reaches another account's."""
        return self.filter(user=user)

    def shown_to(self, user: "User") -> Self:
        """Keep the account's own tokens; of a partner's, those for the client it acts for now."""
        own = self.of_user(user)
        if not user.is_partner:
            return own
        return own.filter(Q(client__isnull=True) | Q(client_id=user.acting_for_id))

    def usable_at(self, moment: datetime) -> Self:
        """Keep the tokens that are neither revoked nor expired at a moment."""
        return self.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=moment), revoked_at__isnull=True
        )

    def unused_since(self, moment: datetime) -> Self:
        """Keep the tokens whose last use was not noted after a moment."""
        return self.filter(Q(last_used_at__isnull=True) | Q(last_used_at__lte=moment))

    def newest_first(self) -> Self:
        """Order by the moment of making, the newest first."""
        return self.order_by("-created_at", "-id")
