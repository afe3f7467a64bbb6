"""Every filter and aggregate over the map, each with a name."""

from governance.querysets.facts import FactQuerySet, ProjectScopedQuerySet
from governance.querysets.projects import OrganisationQuerySet, ProjectQuerySet

__all__ = ["FactQuerySet", "OrganisationQuerySet", "ProjectQuerySet", "ProjectScopedQuerySet"]
