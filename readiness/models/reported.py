"""Figures and colours that a named person or another system reports."""

from django.db import models
from django.db.models import F, Q

from governance.models import AppendOnly, BusinessProcess, Fact, Imported, User
from governance.models.tenancy import of_one_project
from readiness.choices import ReportedColour
from readiness.querysets import ReportedReadingQuerySet, ReportedStatusQuerySet


class ReportedReading(AppendOnly, Imported, Fact):
    """A reported metric: `done` of `due` for a share, else `value` (yes/no: 1 or 0).

    `reported_at` is the moment it was true, `ttl_days` how long it counts.
    """

    metric = models.CharField(max_length=60)
    process = models.ForeignKey(
        BusinessProcess, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    done = models.PositiveIntegerField(null=True, blank=True)
    due = models.PositiveIntegerField(null=True, blank=True)
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    source_system = models.CharField(max_length=100)
    note = models.TextField(blank=True)
    reporter = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    ttl_days = models.PositiveSmallIntegerField()

    objects = ReportedReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            *of_one_project("reading", "process", clients=("import_run",)),
            models.CheckConstraint(
                condition=Q(value__isnull=False)
                | (Q(done__isnull=False) & Q(due__isnull=False) & Q(done__lte=F("due"))),
                name="a_report_has_a_value_or_done_of_due",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "metric", "reported_at"], name="reported_by_metric"),
        ]

    def __str__(self) -> str:
        return self.metric


class ReportedStatus(AppendOnly, Fact):
    """The colour somebody gave the project (gate_key empty) or a gate by hand."""

    gate_key = models.CharField(max_length=10, blank=True)
    colour = models.CharField(max_length=12, choices=ReportedColour)
    original = models.CharField(max_length=200, blank=True, help_text="As the source worded it.")
    note = models.TextField(blank=True)
    reporter = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reporter_name = models.CharField(max_length=200)
    reported_at = models.DateTimeField()
    source = models.CharField(max_length=60)

    objects = ReportedStatusQuerySet.as_manager()

    class Meta:
        constraints = [
            *of_one_project("status"),
            models.UniqueConstraint(
                fields=["project", "gate_key", "reported_at", "source"],
                name="a_source_reports_a_colour_once_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.colour
