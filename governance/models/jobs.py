"""Work to be done in the background: the database is the truth, a message only wakes."""

import uuid

from django.db import models
from django.db.models.functions import Now

from governance.choices import ImportState, JobState
from governance.models.accounts import Organisation, User
from governance.models.projects import Project
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import ProjectScopedQuerySet


class Job(models.Model):
    """A piece of background work, written in the transaction that wants it done."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=200, unique=True, help_text="Wanted twice, done once.")
    payload = models.JSONField(default=dict)
    actor = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=8, choices=JobState, default=JobState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress_done = models.PositiveIntegerField(default=0)
    progress_due = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"], name="job_by_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Attachment(models.Model):
    """A file somebody handed in, kept outside the web root under a name of our own."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=255, help_text="As the sender named it; never a path.")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content = models.FileField(upload_to="attachments/")
    uploaded_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            parent_of("attachment", "organisation"),
            *of_one_project("attachment"),
        ]

    def __str__(self) -> str:
        return self.name


class ImportRun(models.Model):
    """One attempt to import one file: what was taken, refused and skipped, and why.

    `refusals` and `skips` are lists of {row, column, value, reason, remedy}, capped;
    the counts are not. `options` holds what the importer was told (start dates, sides).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    attachment = models.ForeignKey(
        Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    actor = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=20)
    options = models.JSONField(default=dict)
    dry_run = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.PENDING)
    taken = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    refusals = models.JSONField(default=list)
    skips = models.JSONField(default=list)
    counts = models.JSONField(default=dict, help_text="Rows written by kind of row.")
    recognised = models.JSONField(default=list, help_text="What each table was read as.")
    message = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ProjectScopedQuerySet["ImportRun"].as_manager()

    class Meta:
        constraints = [
            parent_of("import", "organisation"),
            *of_one_project("import", clients=("attachment",)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class IdempotencyKey(models.Model):
    """The answer to a push, kept under the sender's key so that a repeat gets it again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="a_key_is_used_once"),
        ]

    def __str__(self) -> str:
        return self.key
