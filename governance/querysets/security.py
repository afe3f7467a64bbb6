"""Which invitations, sessions, resets and security events an account may see."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.sessions.base_session import BaseSessionManager
from django.db import models
from django.db.models import ExpressionWrapper, OuterRef, Q
from django.db.models.functions import Now

if TYPE_CHECKING:
    from governance.models import (
        AuthenticatorReset,
        Invitation,
        Project,
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

    def waiting(self) -> Self:
        """Keep the invitations that nobody accepted or withdrew, the expired among them."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

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

    def forgettable_at(self, moment: datetime, *, kept: timedelta) -> Self:
        """Keep what ran out: nobody's at once, an account's after a while."""
        nobodys = Q(account__isnull=True, expire_date__lt=moment)
        return self.filter(nobodys | Q(expire_date__lt=moment - kept))

    def unused_since(self, moment: datetime) -> Self:
        """Keep the sessions that were not used after a moment."""
        return self.filter(seen_at__lte=moment)

    def last_used_first(self) -> Self:
        """Order by the last use, the latest first."""
        return self.order_by("-seen_at", "session_key")


SignedInSessionManager = BaseSessionManager.from_queryset(
    SignedInSessionQuerySet, class_name="SignedInSessionManager"
)


NOTED_FOR = timedelta(days=7)
"""For so long a reset is noted beside whatever its account signs."""


def newest_reset(*, account: str, moment: str) -> models.Subquery:
    """Return when the account of a row was last reset, at most NOTED_FOR before a moment of it.

    Both are names of the row's own columns; no such reset is None.
    """
    signed_at = OuterRef(moment)
    earliest = ExpressionWrapper(signed_at - NOTED_FOR, output_field=models.DateTimeField())
    resets = apps.get_model("governance", "AuthenticatorReset").objects.filter(
        account_id=OuterRef(account), reset_at__lte=signed_at, reset_at__gt=earliest
    )
    return models.Subquery(resets.order_by("-reset_at").values("reset_at")[:1])


class AuthenticatorResetQuerySet(models.QuerySet["AuthenticatorReset"]):
    """Select resets of authenticators."""

    def of_account(self, user: "User") -> Self:
        """Keep the resets of an account."""
        return self.filter(account=user)

    def hours_since_newest(self) -> int | None:
        """Return the whole hours since the newest reset, by the database's clock.

        None where there is none, or it is longer ago than is noted.
        """
        now = ExpressionWrapper(Now(), output_field=models.DateTimeField())
        row = self.annotate(now=now).order_by("-reset_at").values_list("now", "reset_at").first()
        if row is None or row[0] - row[1] > NOTED_FOR:
            return None
        return int((row[0] - row[1]).total_seconds() // 3600)

    def noted_in(self, project: "Project", *, moment: datetime) -> Self:
        """Keep the resets, NOTED_FOR up to a moment, of the client's accounts in a project."""
        people = apps.get_model("governance", "Participation").objects.filter(project=project)
        return self.filter(
            organisation_id=project.organisation_id,
            account_id__in=people.values("user_id"),
            reset_at__lte=moment,
            reset_at__gt=moment - NOTED_FOR,
        )

    def holding_now(self) -> Self:
        """Keep the resets after which nothing may be signed yet, by the database's clock."""
        return self.filter(reset_at__lte=Now(), holds_until__gt=Now())

    def holding_at(self, moment: datetime) -> Self:
        """Keep the resets after which nothing may be signed yet."""
        return self.filter(reset_at__lte=moment, holds_until__gt=moment)


class SecurityEventQuerySet(models.QuerySet["SecurityEvent"]):
    """Select security events."""

    def visible_to(self, user: "User") -> Self:
        """Keep what the account, an administrator, may know.

        A client's: what happened to its own accounts, and what anybody's account did in its
        projects. A partner's: what happened to its own accounts, in no project or in one of the
        client it works for now, so that it never sees two clients at once.
        """
        if not (user.is_active and user.is_administrator):
            return self.none()
        own = Q(organisation_id=user.organisation_id)
        if user.is_partner:
            chosen = Q(project__isnull=True) | Q(project__organisation_id=user.acting_for_id)
            return self.filter(own & chosen)
        return self.filter(own | Q(project__organisation_id=user.organisation_id))

    def of_kind(self, kind: str) -> Self:
        """Keep the events of a kind."""
        return self.filter(kind=kind)

    def about(self, user: "User") -> Self:
        """Keep the events that an account did, or that were done to it."""
        return self.filter(Q(account=user) | Q(actor=user))

    def since(self, moment: datetime) -> Self:
        """Keep the events at a moment or after it."""
        return self.filter(happened_at__gte=moment)

    def before(self, moment: datetime) -> Self:
        """Keep the events before a moment."""
        return self.filter(happened_at__lt=moment)

    def urgent_lately(self, moment: datetime) -> Self:
        """Keep what an administrator had to see at once, of the week up to a moment."""
        return self.filter(terms__urgent=True, happened_at__gt=moment - timedelta(days=7))

    def newest_first(self) -> Self:
        """Order by the moment, the newest first."""
        return self.order_by("-happened_at", "-id")
