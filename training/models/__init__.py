"""Tables of training."""

from training.models.curriculum import Course, JobRole, JobRoleAssignment, Requirement
from training.models.records import Standing, TrainingRecord

__all__ = [
    "Course",
    "JobRole",
    "JobRoleAssignment",
    "Requirement",
    "Standing",
    "TrainingRecord",
]
