"""Which organisations and projects an account may reach."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from governance.choices import EXECUTIVE_ROLES, OrganisationKind, Phase

if TYPE_CHECKING:
    from governance.models import Organisation, Project, User


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Select organisations."""

    def visible_to(self, user: "User") -> Self:
        """Keep the account's own organisation and the client that it works for now."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        own = self.filter(pk=user.organisation_id)
        if not user.is_partner:
            return own
        return own | self.clients_of(user).filter(pk=user.acting_for_id)

    def clients_of(self, user: "User") -> Self:
        """Keep the clients that a partner's account has a role at: those it can choose from."""
        if not user.is_authenticated or not user.is_active or not user.is_partner:
            return self.none()
        held = apps.get_model("governance", "Participation").objects.filter(
            user_id=user.pk, ended_at__isnull=True
        )
        return self.filter(pk__in=held.values("organisation_id"), kind=OrganisationKind.CLIENT)

    def by_name(self) -> Self:
        """Order by name."""
        return self.order_by("name", "pk")


class ProjectQuerySet(models.QuerySet["Project"]):
    """Select projects."""

    def visible_to(self, user: "User") -> Self:
        """Keep the projects of the one client the account works for that it takes part in.

        An administrator of the client reaches all of them. A partner's account that has not
        chosen a client reaches none.
        """
        if not user.is_authenticated or not user.is_active or user.works_for_id is None:
            return self.none()
        reached = self.filter(organisation_id=user.works_for_id)
        if user.administers_projects:
            return reached
        held = apps.get_model("governance", "Participation").objects.filter(
            user_id=user.pk, ended_at__isnull=True
        )
        return reached.filter(pk__in=held.values("project_id"))

    def of_client(self, organisation_id: int) -> Self:
        """Keep the projects of one client."""
        return self.filter(organisation_id=organisation_id)

    def running(self) -> Self:
        """Keep the projects that are not closed."""
        return self.exclude(phase=Phase.CLOSED)

    def signed_by(self, user: "User") -> Self:
        """Keep the projects in which the account's word counts.

        Its executives, its owners and deputies, and who signs in their place now or soon.
        """
        seats = apps.get_model("governance", "Participation").objects.filter(
            user_id=user.pk, role__in=EXECUTIVE_ROLES, ended_at__isnull=True
        )
        processes = apps.get_model("governance", "BusinessProcess").objects.filter(
            Q(owner_id=user.pk) | Q(deputy_id=user.pk)
        )
        delegations = apps.get_model("governance", "Delegation").objects.filter(
            delegate_id=user.pk, end__isnull=True, ends_at__gt=Now()
        )
        held = (seats, processes, delegations)
        return self.filter(reduce(or_, (Q(pk__in=rows.values("project_id")) for rows in held)))

    def addressed_by(self, address: str) -> Self:
        """Keep the projects that CLIENT/SLUG, or SLUG alone, names."""
        client, _, slug = address.rpartition("/")
        return self.filter(slug=slug, **({"organisation__slug": client} if client else {}))

    def without_record(self) -> Self:
        """Keep the projects whose record has not begun."""
        return self.filter(record_head__isnull=True).order_by("pk")

    def taken_part_in(self, user: "User") -> Self:
        """Keep the projects in which an account has a role now."""
        held = apps.get_model("governance", "Participation").objects.current().of_user(user)
        return self.filter(pk__in=held.values("project_id"))
