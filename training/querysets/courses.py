"""Courses."""

from typing import TYPE_CHECKING

from governance.querysets import ProjectScopedQuerySet

if TYPE_CHECKING:
    from training.models import Course


class CourseQuerySet(ProjectScopedQuerySet["Course"]):
    """Select courses."""
