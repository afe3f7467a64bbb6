"""Invitations: the one way to a new account."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from governance.choices import Role
from governance.models.accounts import Organisation, User
from governance.models.projects import Project
from governance.models.tenancy import of_one_project
from governance.querysets import InvitationQuerySet


class Invitation(models.Model):
    """An invitation to open an account; only the hash of its secret is kept.

    `role` in `project` is what the account is given at once; both are empty or neither.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=20, choices=Role, blank=True)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200)
    is_administrator = models.BooleanField(default=False)
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    account = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            *of_one_project("invitation", clients=("invited_by",)),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="an_address_has_one_open_invitation",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, account__isnull=True)
                | Q(accepted_at__isnull=False, account__isnull=False),
                name="an_accepted_invitation_made_an_account",
            ),
            models.CheckConstraint(
                condition=Q(project__isnull=True, role="")
                | (Q(project__isnull=False) & ~Q(role="")),
                name="an_invited_role_is_in_a_project",
            ),
        ]

    def __str__(self) -> str:
        return self.email
