"""What keeps accounts safe: running sessions, resets of authenticators, the security log."""

import uuid
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from governance.models.accounts import Organisation, User
from governance.models.base import AppendOnly
from governance.models.projects import Project
from governance.models.tenancy import of_one_client
from governance.querysets import (
    AuthenticatorResetQuerySet,
    SecurityEventQuerySet,
    SignedInSessionManager,
)


class SignedInSession(AbstractBaseSession):
    """A browser's session, which its account can see and end.

    `expire_date` slides with use (idle limit) and never passes the absolute limit.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    agent = models.CharField(max_length=200, blank=True)

    objects = SignedInSessionManager()  # type: ignore[misc]

    def __str__(self) -> str:
        return f"{self.account_id} {self.seen_at}"

    @property
    def why_ended(self) -> str:
        """Say why an account's session ran out: IDLE, or LONG at its absolute limit."""
        if self.account_id is None or self.started_at is None:
            return ""
        longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return "LONG" if self.expire_date >= self.started_at + longest else "IDLE"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Return the store that reads and writes these rows."""
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store


class AuthenticatorReset(AppendOnly):
    """An administrator took away an account's second factor; it signs nothing for a while."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reset_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    reset_at = models.DateTimeField()
    holds_until = models.DateTimeField()

    objects = AuthenticatorResetQuerySet.as_manager()

    class Meta:
        constraints = [
            *of_one_client("reset", "account", "reset_by"),
            models.CheckConstraint(
                condition=~Q(account=models.F("reset_by")),
                name="nobody_resets_their_own_authenticator",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_reset_has_a_reason"),
            models.CheckConstraint(
                condition=Q(holds_until__gt=models.F("reset_at")), name="a_reset_holds_signing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.reset_at}"


class SecurityEvent(AppendOnly):
    """Something an administrator wants to know: who signed in, was refused, was given what.

    `terms` holds the few words that the sentence of its kind needs; never a secret.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=40)
    actor = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    account = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    address = models.GenericIPAddressField(null=True, blank=True)
    terms = models.JSONField(default=dict)
    happened_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = SecurityEventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "happened_at"], name="security_log")]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_at}"
