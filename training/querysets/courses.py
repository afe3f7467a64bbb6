"""Courses."""

from typing import TYPE_CHECKING

from governance.querysets import ImportedQuerySet

if TYPE_CHECKING:
    from training.models import Course


class CourseQuerySet(ImportedQuerySet["Course"]):
    """Select courses."""
