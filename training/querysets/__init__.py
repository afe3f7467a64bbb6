"""Every filter and aggregate over training facts, each with a name."""

from training.querysets.courses import CourseQuerySet
from training.querysets.records import TrainingRecordQuerySet

__all__ = ["CourseQuerySet", "TrainingRecordQuerySet"]
