"""Organisations, the accounts that belong to them and what these do in projects."""

import uuid
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar
from unicodedata import normalize

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from governance.choices import OrganisationKind, Role
from governance.models.base import Kept
from governance.models.tenancy import SameTenant, of_one_project, parent_of
from governance.querysets import (
    AccountQuerySet,
    ApiTokenQuerySet,
    OrganisationQuerySet,
    ParticipationQuerySet,
)

if TYPE_CHECKING:
    from governance.models.projects import Project


class Organisation(Kept):
    """A client, or a partner (the vendor, the integrator); its kind is fixed."""

    fixed_fields = ("public_id", "kind")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=OrganisationKind)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "kind"], name="organisation_has_one_kind"),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Make accounts, and select them."""

    def get_queryset(self) -> AccountQuerySet:
        """Return every account."""
        return AccountQuerySet(self.model, using=self._db)

    def administered_by(self, user: "User") -> AccountQuerySet:
        """Return the accounts of the organisation that the account administers."""
        return self.get_queryset().administered_by(user)

    def open_accounts_of(self, organisation_id: int) -> AccountQuerySet:
        """Return the accounts of an organisation that are not closed."""
        return self.get_queryset().open_accounts_of(organisation_id)

    def holding(self, roles: Collection[str], *, project: "Project") -> AccountQuerySet:
        """Return the client's open accounts that hold one of the roles in a project now."""
        return self.get_queryset().holding(roles, project=project)

    def holding_places_in(self, project: "Project") -> AccountQuerySet:
        """Return the accounts that own, stand in or decide something in a project now."""
        return self.get_queryset().holding_places_in(project)

    def administrators_of(self, organisation_id: int) -> AccountQuerySet:
        """Return the accounts that administer an organisation now."""
        return self.get_queryset().administrators_of(organisation_id)

    def working_in(self, project: "Project") -> AccountQuerySet:
        """Return the open accounts that take part in a project now, a partner's among them."""
        return self.get_queryset().working_in(project)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Write an account; its kind is its organisation's, for good."""
        user = self.model(email=email.strip().lower(), **fields)
        user.kind = user.organisation.kind
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Kept, AbstractBaseUser, PermissionsMixin):
    """An account: signs in by e-mail and belongs to one organisation for good.

    Whoever leaves is deactivated: the row stays, and its address is nobody else's.
    """

    fixed_fields = ("public_id", "email", "organisation", "kind")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="accounts"
    )
    kind = models.CharField(max_length=10, choices=OrganisationKind, editable=False)
    is_administrator = models.BooleanField(
        default=False, help_text="May administer the own organisation."
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(
        max_length=8, blank=True, default="", help_text="Empty: as the browser asks."
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    # the one client a partner's account works for now; chosen, never guessed among several
    acting_for_id: int | None = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [
            parent_of("account", "organisation"),
            SameTenant(
                link="organisation", tenant="kind", name="an_account_is_of_its_organisations_kind"
            ),
            models.UniqueConstraint(Lower("email"), name="an_email_names_one_account"),
        ]

    def __str__(self) -> str:
        return self.name

    def set_password(self, raw_password: str | None) -> None:
        """Keep a password in its one Unicode form, however a keyboard builds it."""
        super().set_password(raw_password and normalize("NFKC", raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        """Compare a password in its one Unicode form, or as typed where it was kept so before."""
        folded = normalize("NFKC", raw_password or "")
        return super().check_password(folded) or (
            folded != raw_password and super().check_password(raw_password)
        )

    @property
    def is_partner(self) -> bool:
        """Say whether the account belongs to a partner, who can never sign."""
        return self.kind == OrganisationKind.PARTNER

    @property
    def works_for_id(self) -> int | None:
        """Return the one client whose projects the account may reach; None: none is chosen.

        A client's account works for its own, a partner's for the client it acts for now.
        """
        return self.acting_for_id if self.is_partner else self.organisation_id

    @property
    def administers_projects(self) -> bool:
        """Say whether the account reaches every project of its client, roles or none."""
        return self.is_administrator and not self.is_partner


class Participation(Kept):
    """A role of an account in a project, from a moment until it is ended.

    A partner's account is a consultant, and nobody else is: a trigger refuses the rest.
    """

    fixed_fields = ("organisation", "project", "user", "role")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(
        "governance.Project", on_delete=models.PROTECT, related_name="participations"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=20, choices=Role)
    started_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        constraints = [
            *of_one_project("participation"),
            models.UniqueConstraint(
                fields=["project", "user", "role"],
                condition=Q(ended_at__isnull=True),
                name="a_role_is_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class ApiToken(models.Model):
    """A key of an account for REST: only its hash is kept, it is shown once."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    client = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The one client that a partner's token works for.",
    )
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12)
    secret_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
