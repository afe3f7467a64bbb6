"""What people attended, completed and passed, and how each person stands in each course."""

from django.db import models
from django.db.models import F, Q

from governance.models import AppendOnly, Fact, Imported, Person, Project
from governance.models.tenancy import SameTenant, of_one_project
from governance.querysets import ProjectScopedQuerySet
from training.choices import TrainingResult
from training.models.curriculum import Course
from training.querysets import TrainingRecordQuerySet


class TrainingRecord(AppendOnly, Imported, Fact):
    """One thing a person did in a course."""

    process_paths = ("course__process__accountable",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="records")
    course_version = models.CharField(max_length=20)
    result = models.CharField(max_length=10, choices=TrainingResult)
    score = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    score_max = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    happened_at = models.DateTimeField()
    source = models.CharField(max_length=60)
    external_id = models.CharField(max_length=200)

    objects = TrainingRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            *of_one_project("record", "person", "course", clients=("import_run",)),
            models.UniqueConstraint(
                fields=["project", "source", "external_id", "edition"],
                name="a_source_names_a_training_record_once",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True)
                | (Q(score__gte=0) & Q(score_max__gt=0) & Q(score__lte=F("score_max"))),
                name="a_score_lies_within_its_maximum",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "course", "happened_at"], name="record_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.course_id} {self.result}"


class Standing(models.Model):
    """How a person stands in a course now; kept in the transaction that adds a record.

    Derived from TrainingRecord and checked against it every night. `passed_at` is empty
    unless the newest scenario check was passed.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    completed_at = models.DateTimeField(null=True)
    completed_version = models.CharField(max_length=20, blank=True)
    checked_at = models.DateTimeField(null=True)
    passed_at = models.DateTimeField(null=True)
    practised_at = models.DateTimeField()

    objects = ProjectScopedQuerySet["Standing"].as_manager()

    class Meta:
        constraints = [
            SameTenant(link="person", tenant="project", name="standing_and_person_share_a_project"),
            SameTenant(link="course", tenant="project", name="standing_and_course_share_a_project"),
            models.UniqueConstraint(
                fields=["person", "course"], name="a_person_stands_once_in_a_course"
            ),
        ]
        indexes = [models.Index(fields=["project"], name="standing_by_project")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.course_id}"
