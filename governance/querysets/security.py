"""Which invitations, sessions, resets and security events an account may see."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.sessions.base_session import BaseSessionManager
from django.db import models

if TYPE_CHECKING:
    from governance.models import (
        AuthenticatorReset,
        Invitation,
        SecurityEvent,
        SignedInSession,
        User,
    )


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Select invitations."""

    def visible_to(self, user: "User") -> Self:
        """Keep the invitations of the organisation that the account administers."""
        if not (user.is_active and user.is_administrator):
            return self.none()
        return self.filter(organisation_id=user.organisation_id)

    def open_at(self, moment: datetime) -> Self:
    def waiting(self) -> Self:
        """Keep the invitations that nobody accepted or withdrew, the expired among them."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

        """Keep the invitations that can be accepted at a moment."""
        return self.waiting().filter(expires_at__gt=moment)

    def newest_first(self) -> Self:
        """Order by the moment of inviting, the newest first."""
        return self.order_by("-created_at", "-pk")


class SignedInSessionQuerySet(models.QuerySet["SignedInSession"]):
    """Select sessions."""

    def of_user(self, user: "User") -> Self:
        """Keep the account's own sessions; nobody reaches another account's."""
        return self.filter(account=user)

    def running_at(self, moment: datetime) -> Self:
        """Keep the sessions that still open a door at a moment."""
        return self.filter(expire_date__gt=moment)


SignedInSessionManager = BaseSessionManager.from_queryset(
    SignedInSessionQuerySet, class_name="SignedInSessionManager"
)


class AuthenticatorResetQuerySet(models.QuerySet["AuthenticatorReset"]):
    """Select resets of authenticators."""

    def holding_at(self, moment: datetime) -> Self:
        """Keep the resets after which nothing may be signed yet."""
        return self.filter(reset_at__lte=moment, holds_until__gt=moment)


class SecurityEventQuerySet(models.QuerySet["SecurityEvent"]):
    """Select security events."""

    def visible_to(self, user: "User") -> Self:
        """Keep the events of the organisation that the account administers."""
        if not (user.is_active and user.is_administrator):
            return self.none()
        return self.filter(organisation_id=user.organisation_id)
    def of_account(self, user: "User") -> Self:
        """Keep the resets of an account."""
        return self.filter(account=user)


    def newest_first(self) -> Self:
        """Order by the moment, the newest first."""
        return self.order_by("-happened_at", "-id")
