"""Judgements written down: snapshots, their findings and the nights that were due."""

import uuid

from django.db import models
from django.db.models.functions import Now

from governance.models import AppendOnly, Organisation, Project, ProjectScoped
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import ProjectScopedQuerySet
from readiness.choices import FindingState, NightState, SnapshotTrigger, Verdict
from readiness.models.policies import Policy
from readiness.querysets import NightQuerySet, SnapshotQuerySet


class Snapshot(AppendOnly, ProjectScoped):
    """One judgement of a project at a moment, never edited.

    `body` is the canonical JSON that page, REST and PDF print: verdict, headline, gates,
    findings, heat map, accepted risks, what must happen. `etag` is its SHA-256.
    `mark_version` is the project's mark that the judgement saw; `next_change_at` the
    soonest moment at which the verdict could change without a write.
    """

    as_of = models.DateTimeField()
    local_date = models.DateField(help_text="The project's own date at as_of.")
    trigger = models.CharField(max_length=8, choices=SnapshotTrigger)
    is_late = models.BooleanField(default=False)
    computed_at = models.DateTimeField(db_default=Now())
    policy = models.ForeignKey(
        Policy, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    go_live_date = models.DateField(null=True, blank=True)
    verdict = models.CharField(max_length=11, choices=Verdict)
    headline = models.CharField(max_length=500)
    hard_misses = models.PositiveSmallIntegerField(default=0)
    accepted_risks = models.PositiveSmallIntegerField(default=0)
    inputs_hash = models.CharField(max_length=64)
    code_version = models.CharField(max_length=40)
    mark_version = models.BigIntegerField(default=-1)
    next_change_at = models.DateTimeField(null=True, blank=True)
    body = models.TextField()
    etag = models.CharField(max_length=64)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("snapshot"),
            *of_one_project("snapshot"),
            models.UniqueConstraint(
                fields=["project", "as_of"], name="a_project_is_judged_once_at_a_moment"
            ),
        ]
        indexes = [models.Index(fields=["project", "-as_of"], name="snapshot_newest")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.verdict}"


class Finding(AppendOnly):
    """The outcome of one criterion in a snapshot; numbers as they were measured."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", db_index=False)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="findings")
    gate_key = models.CharField(max_length=10)
    criterion_key = models.CharField(max_length=12)
    metric = models.CharField(max_length=60)
    state = models.CharField(max_length=14, choices=FindingState)
    is_hard = models.BooleanField()
    done = models.BigIntegerField(null=True)
    due = models.BigIntegerField(null=True)
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    population = models.BigIntegerField(default=0)
    due_today = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    target = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    acceptance_id = models.BigIntegerField(null=True)

    objects = ProjectScopedQuerySet["Finding"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("finding", "snapshot"),
            models.UniqueConstraint(
                fields=["snapshot", "gate_key", "criterion_key", "metric"],
                name="a_snapshot_finds_a_criterion_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_key} {self.state}"


class Night(models.Model):
    """A project's local day that has to be judged once; the database is the schedule."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    local_day = models.DateField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=6, choices=NightState, default=NightState.DUE)
    snapshot = models.ForeignKey(
        Snapshot, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_late = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    computed_at = models.DateTimeField(null=True, blank=True)

    objects = NightQuerySet.as_manager()

    class Meta:
        constraints = [
            *of_one_project("night", "snapshot"),
            models.UniqueConstraint(
                fields=["project", "local_day"], name="a_project_has_a_night_once_a_day"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="night_by_state")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.local_day}"
