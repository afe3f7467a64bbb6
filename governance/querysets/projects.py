"""Which organisations and projects an account may reach."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from governance.models import Organisation, Project, User


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Select organisations."""

    def visible_to(self, user: "User") -> Self:
        """Keep the account's own organisation and the clients it works for."""
        projects = apps.get_model("governance", "Project").objects.visible_to(user)
        return self.filter(
            Q(pk=user.organisation_id) | Q(pk__in=projects.values("organisation_id"))
        )


class ProjectQuerySet(models.QuerySet["Project"]):
    """Select projects."""

    def visible_to(self, user: "User") -> Self:
        """Keep the projects the account takes part in, or administers for its own client."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        participations = apps.get_model("governance", "Participation").objects.filter(
            user_id=user.pk, ended_at__isnull=True
        )
        reach = Q(pk__in=participations.values("project_id"))
        if user.is_administrator:
            reach |= Q(organisation_id=user.organisation_id)
        return self.filter(reach)

    def addressed_by(self, address: str) -> Self:
        """Keep the projects that CLIENT/SLUG, or SLUG alone, names."""
        client, _, slug = address.rpartition("/")
        return self.filter(slug=slug, **({"organisation__slug": client} if client else {}))
