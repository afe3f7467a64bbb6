"""Which accounts and roles an administrator administers."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from governance.choices import AccountState, Role
from governance.querysets.facts import ProjectScopedQuerySet

if TYPE_CHECKING:
    from governance.models import Participation, Project, User  # noqa: F401


FACTOR_TYPES = ("totp", "webauthn")
"""What allauth calls an authenticator app and a passkey; recovery codes are no factor."""
_STATES = {
    AccountState.ACTIVE: Q(is_active=True),
    AccountState.CLOSED: Q(is_active=False),
    AccountState.ADMINISTRATOR: Q(is_active=True, is_administrator=True),
    AccountState.NO_FACTOR: Q(is_active=True, has_factor=False),
    AccountState.NEVER_SEEN: Q(is_active=True, last_login=None),
}


class AccountTally(NamedTuple):
    """How many accounts are in each state; one may be in several."""

    active: int
    closed: int
    administrator: int
    no_factor: int
    never_seen: int


class AccountQuerySet(models.QuerySet["User"]):
    """Select accounts."""

    def administered_by(self, user: "User") -> Self:
        """Keep the accounts of the organisation that the account administers."""
        if not (user.is_active and user.is_administrator):
            return self.none()
        return self.filter(organisation_id=user.organisation_id)

    def administrators_of(self, organisation_id: int) -> Self:
        """Keep the accounts that administer an organisation now."""
        return self.filter(organisation_id=organisation_id, is_administrator=True, is_active=True)

    def open_accounts_of(self, organisation_id: int) -> Self:
        """Keep the accounts of an organisation that are not closed."""
        return self.filter(organisation_id=organisation_id, is_active=True)

    def named_like(self, words: str) -> Self:
        """Keep the accounts whose name or address has the words in it."""
        return self.filter(Q(name__icontains=words) | Q(email__icontains=words))

    def in_state(self, state: str) -> Self:
        """Keep the accounts in one AccountState; `with_standing` came before."""
        return self.filter(_STATES[AccountState(state)])

    def taking_part_in(self, project: "Project") -> Self:
        """Keep the accounts that have a role in a project now."""
        roles = apps.get_model("governance", "Participation").objects.current()
        return self.filter(pk__in=roles.filter(project=project).values("user_id"))

    def holding(self, roles: Collection[str], *, project: "Project") -> Self:
        """Keep the client's open accounts that hold one of the roles in a project now."""
        held = apps.get_model("governance", "Participation").objects.current()
        holders = held.filter(project=project, role__in=roles).values("user_id")
        return self.open_accounts_of(project.organisation_id).filter(pk__in=holders)

    def holding_places_in(self, project: "Project") -> Self:
        """Keep the accounts that own, stand in or decide something in a project now."""
        processes = apps.get_model("governance", "BusinessProcess").objects
        rights = apps.get_model("governance", "DecisionRight").objects
        owned = processes.filter(project=project).accountable()
        held = rights.filter(project=project, end__isnull=True)
        places = (
            owned.filter(owner__isnull=False).values("owner_id"),
            owned.filter(deputy__isnull=False).values("deputy_id"),
            held.values("decider_id"),
        )
        wanted = Q()
        for place in places:
            wanted |= Q(pk__in=place)
        return self.filter(wanted)

    def working_in(self, project: "Project") -> Self:
        """Keep the open accounts that take part in a project now, a partner's among them."""
        held = apps.get_model("governance", "Participation").objects.current()
        takers = held.filter(project=project).exclude(role=Role.AUDITOR).values("user_id")
        return self.filter(is_active=True, pk__in=takers)

    def with_standing(self) -> Self:
        """Add `has_factor` and `session_seen_at` (None where no session runs)."""
        factors = apps.get_model("mfa", "Authenticator").objects.filter(
            user_id=OuterRef("pk"), type__in=FACTOR_TYPES
        )
        sessions = apps.get_model("governance", "SignedInSession").objects.filter(
            account_id=OuterRef("pk")
        )
        newest = sessions.order_by("-seen_at").values("seen_at")[:1]
        return self.annotate(has_factor=Exists(factors), session_seen_at=Subquery(newest))

    def tally(self) -> "AccountTally":
        """Count the accounts by what an administrator looks at; `with_standing` came before."""
        counts = self.aggregate(
            **{state.value.lower(): Count("pk", filter=q) for state, q in _STATES.items()}
        )
        return AccountTally(**counts)

    def by_name(self) -> Self:
        """Order by name."""
        return self.order_by("name", "pk")


class ParticipationQuerySet(ProjectScopedQuerySet["Participation"]):
    """Select roles in projects."""

    def administered_by(self, user: "User") -> Self:
        """Keep the roles that an administrator answers for.

        A client's: every role in its projects, also those of a partner's accounts. A
        partner's: the roles of its own accounts at the one client it works for now.
        """
        if not (user.is_active and user.is_administrator):
            return self.none()
        if user.is_partner:
            own = self.filter(user__organisation_id=user.organisation_id)
            return own.filter(organisation_id=user.acting_for_id)
        return self.filter(organisation_id=user.organisation_id)

    def current(self) -> Self:
        """Keep the roles that have not ended."""
        return self.filter(ended_at__isnull=True)

    def managing_at(self, as_of: datetime) -> Self:
        """Keep the project managers' roles that had not ended by a moment, of open accounts."""
        own = self.filter(user__is_active=True, user__organisation_id=F("organisation_id"))
        return own.filter(Q(ended_at=None) | Q(ended_at__gt=as_of), role=Role.PROJECT_MANAGER)

    def of_user(self, user: "User") -> Self:
        """Keep the roles of an account."""
        return self.filter(user=user)

    def of_partners(self) -> Self:
        """Keep the roles of accounts that belong to a partner."""
        return self.filter(role=Role.CONSULTANT)

    def newest_first(self) -> Self:
        """Order by the start, the newest first."""
        return self.order_by("-started_at", "-pk")
