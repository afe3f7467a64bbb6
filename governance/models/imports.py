"""What is kept about imports: what they changed, how they were read, and that one was undone."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from governance.models.accounts import Organisation, User
from governance.models.base import AppendOnly
from governance.models.jobs import ImportRun
from governance.models.projects import Project
from governance.models.tenancy import of_one_project
from governance.querysets import ProjectScopedQuerySet


class ImportUndo(AppendOnly):
    """The voiding row of an import: from `undone_at` on, no row it brought is seen.

    Nothing is deleted: a question about an earlier moment still sees the rows. `counts`
    says how many rows of each table were voided or set back.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    import_run = models.OneToOneField(ImportRun, on_delete=models.PROTECT, related_name="undo")
    reason = models.TextField()
    counts = models.JSONField(default=dict)
    undone_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ProjectScopedQuerySet["ImportUndo"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("undo", clients=("import_run",)),
            models.CheckConstraint(condition=~Q(reason=""), name="an_undo_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.import_run_id} undone"


class ImportChange(AppendOnly):
    """What an import changed in a row that was there: its fields before and after."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    import_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="changes")
    table = models.CharField(max_length=60, help_text="app.Model")
    row_id = models.BigIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = ProjectScopedQuerySet["ImportChange"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("import_change", clients=("import_run",)),
        ]
        indexes = [models.Index(fields=["table", "row_id"], name="import_change_by_row")]

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}"


class ColumnMapping(models.Model):
    """Which column of a file is which field of ours, for files with the same headings.

    `fields` maps our field to the file's heading; `headings_key` is the SHA-256 of the set
    of headings, in plain words.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    headings_key = models.CharField(max_length=64)
    headings = models.JSONField(default=list)
    fields = models.JSONField(default=dict)
    changed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()

    objects = ProjectScopedQuerySet["ColumnMapping"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("mapping"),
            models.UniqueConstraint(
                fields=["project", "kind", "headings_key"], name="headings_are_mapped_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {', '.join(map(str, self.headings[:3]))}"
