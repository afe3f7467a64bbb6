"""Every filter and aggregate over training facts, each with a name."""

from typing import TYPE_CHECKING

from governance.querysets import FactQuerySet, ProjectScopedQuerySet

if TYPE_CHECKING:
    from training.models import Course, TrainingRecord


class CourseQuerySet(ProjectScopedQuerySet["Course"]):
    """Select courses."""


class TrainingRecordQuerySet(FactQuerySet["TrainingRecord"]):
    """Select training records."""

    happened_field = "happened_at"
