"""What every table below a project has in common: reach and moment."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    from governance.models import User

_UNDONE = "SELECT import_run_id FROM governance_importundo"
_BY_THEN = " WHERE undone_at <= %(as_of)s AND recorded_at <= %(as_of)s"


def still_seen(table: str, *, dated: bool) -> str:
    """Return the SQL that leaves out what undone imports brought: by `as_of`, or by now."""
    undone = _UNDONE + (_BY_THEN if dated else "")
    return f"({table}.import_run_id IS NULL OR {table}.import_run_id NOT IN ({undone}))"


RowT_co = TypeVar("RowT_co", bound=models.Model, covariant=True)


class ProjectScopedQuerySet(models.QuerySet[RowT_co]):
    """Select rows that hang on a project."""

    def visible_to(self, user: "User") -> Self:
        """Keep the rows of projects the account may reach."""
        projects = apps.get_model("governance", "Project").objects.visible_to(user)
        return self.filter(project__in=projects.values("pk"))

    def of_projects(self, project_ids: "list[int]") -> Self:
        """Keep the rows of these projects."""
        return self.filter(project_id__in=project_ids)


class FactQuerySet(ProjectScopedQuerySet[RowT_co]):
    """Select facts as they were known at a moment."""

    happened_field = "recorded_at"

    def known_at(self, as_of: datetime) -> Self:
        """Keep what had happened and was written down by the moment asked for."""
        moments: dict[str, Any] = {
            f"{self.happened_field}__lte": as_of,
            "recorded_at__lte": as_of,
        }
        return self.filter(**moments)


def _seen(manager: "models.Manager[Any]") -> models.QuerySet[Any]:
    """Return the rows that count: what an undone import brought is left out."""
    undone = apps.get_model("governance", "ImportUndo").objects.values("import_run_id")
    return models.Manager.get_queryset(manager).exclude(import_run__in=undone)


class ImportedQuerySet(FactQuerySet[RowT_co]):
    """Select rows that files bring; those of an undone import are left out from the start.

    `_base_manager` has them all: nothing is deleted.
    """

    if not TYPE_CHECKING:  # types of `objects` are told from QuerySet.as_manager

        @classmethod
        def as_manager(cls):
            """Return what `objects` is; the one place where undone imports are left out."""
            found = models.Manager.from_queryset(cls)()
            type(found).get_queryset = _seen
            found._built_with_asmanager = True
            return found

        as_manager.queryset_only = True
