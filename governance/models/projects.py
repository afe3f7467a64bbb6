"""Projects and the mark that says a fact is newer than the last judgement."""

import uuid
from datetime import time

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from governance.choices import Phase, ProcessLevel
from governance.models.accounts import Organisation
from governance.models.tenancy import parent_of
from governance.querysets import ProjectQuerySet


class Project(models.Model):
    """One client's ERP upgrade."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="projects"
    )
    partners = models.ManyToManyField(Organisation, blank=True, related_name="partner_projects")
    name = models.CharField(max_length=300)
    slug = models.SlugField(max_length=80)
    from_platform = models.CharField(max_length=100, blank=True)
    to_platform = models.CharField(max_length=100, blank=True)
    start_date = models.DateField(null=True, blank=True)
    go_live_date = models.DateField(
        null=True,
        blank=True,
        help_text="The newest decided date; it moves only by a GoLiveDate row.",
    )
    time_zone = models.CharField(max_length=64, default="UTC")
    phase = models.CharField(max_length=12, choices=Phase, default=Phase.DESIGN)
    accountable_level = models.CharField(
        max_length=12,
        choices=ProcessLevel,
        default=ProcessLevel.END_TO_END,
        help_text="The level of the process tree that is owned and signed.",
    )
    work_days = models.CharField(
        max_length=7, default="12345", help_text="Working days by number, Monday being 1."
    )
    work_starts = models.TimeField(default=time(8))
    work_ends = models.TimeField(default=time(17))
    source = models.CharField(max_length=60, blank=True)
    external_id = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("project", "organisation"),
            models.UniqueConstraint(
                fields=["organisation", "slug"], name="a_client_names_a_project_once"
            ),
            models.CheckConstraint(
                condition=Q(work_ends__gt=F("work_starts")),
                name="a_working_day_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProjectMark(models.Model):
    """Counts the changes of a project's facts; newer than the snapshot's: judge again."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="mark")
    version = models.PositiveBigIntegerField(default=0)
    marked_at = models.DateTimeField(db_default=Now())
    judged_version = models.BigIntegerField(default=-1)

    def __str__(self) -> str:
        return f"{self.project_id}: {self.version}"
