"""Which accounts and roles an administrator administers."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from governance.choices import Role
from governance.querysets.facts import ProjectScopedQuerySet

if TYPE_CHECKING:
    from governance.models import Participation, User  # noqa: F401


class AccountQuerySet(models.QuerySet["User"]):
    """Select accounts."""

    def administered_by(self, user: "User") -> Self:
        """Keep the accounts of the organisation that the account administers."""
        if not (user.is_active and user.is_administrator):
            return self.none()
        return self.filter(organisation_id=user.organisation_id)

    def administrators_of(self, organisation_id: int) -> Self:
        """Keep the accounts that administer an organisation now."""
        return self.filter(
            organisation_id=organisation_id, is_administrator=True, is_active=True
        )

    def named_like(self, words: str) -> Self:
        """Keep the accounts whose name or address has the words in it."""
        return self.filter(Q(name__icontains=words) | Q(email__icontains=words))

    def by_name(self) -> Self:
        """Order by name."""
        return self.order_by("name", "pk")


class ParticipationQuerySet(ProjectScopedQuerySet["Participation"]):
    """Select roles in projects."""

    def administered_by(self, user: "User") -> Self:
        """Keep the roles that an administrator answers for.

        A client's: every role in its projects, also those of a partner's accounts. A
        partner's: the roles of its own accounts.
        """
        if not (user.is_active and user.is_administrator):
            return self.none()
        if user.is_partner:
            return self.filter(user__organisation_id=user.organisation_id)
        return self.filter(organisation_id=user.organisation_id)

    def current(self) -> Self:
        """Keep the roles that have not ended."""
        return self.filter(ended_at__isnull=True)

    def of_user(self, user: "User") -> Self:
        """Keep the roles of an account."""
        return self.filter(user=user)

    def of_partners(self) -> Self:
        """Keep the roles of accounts that belong to a partner."""
        return self.filter(role=Role.CONSULTANT)

    def newest_first(self) -> Self:
        """Order by the start, the newest first."""
        return self.order_by("-started_at", "-pk")
