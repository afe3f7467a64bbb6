"""The record of a project: one tamper-evident log, and what proves it outside.

What the columns mean byte by byte stands in governance/record/FORMAT.md.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from governance.choices import AnchorKind, RecordKind
from governance.models.accounts import User
from governance.models.base import AppendOnly, Kept, ProjectScoped
from governance.models.projects import Project
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import (
    AnchorQuerySet,
    CheckpointQuerySet,
    RecordCheckQuerySet,
    RecordEntryQuerySet,
    RecordHeadQuerySet,
)
from governance.querysets.facts import ProjectScopedQuerySet


class RecordHead(models.Model):
    """The end of a project's log: how long it is, and what the next entry is added to.

    `frontier` holds the roots of the full subtrees, the largest first, in hexadecimal;
    `key` is the verifier key in force.
    """

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="record_head")
    origin = models.CharField(max_length=300)
    size = models.PositiveBigIntegerField(default=0)
    frontier = models.JSONField(default=list)
    key = models.CharField(max_length=400, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)

    objects = RecordHeadQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.origin}: {self.size}"


class RecordEntry(AppendOnly, ProjectScoped):
    """One governance act in a project's log; `body` is the bytes that were hashed."""

    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40, choices=RecordKind)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    subject_noun = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    body = models.TextField()
    leaf_hash = models.CharField(max_length=64)

    objects = RecordEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("entry"),
            *of_one_project("entry"),
            models.UniqueConstraint(
                fields=["project", "seq"], name="a_record_numbers_an_entry_once"
            ),
        ]
        indexes = [
            models.Index(fields=["project", "subject_id"], name="record_of_a_subject"),
            models.Index(fields=["project", "kind", "seq"], name="record_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class RecordText(Kept, ProjectScoped):
    """A free text of an entry, kept apart: erased, the log still verifies.

    The entry holds `commitment`, SHA-256 over nonce and text; both are empty once erased.
    """

    fixed_fields = ("entry", "name", "commitment", "project", "organisation")

    entry = models.ForeignKey(RecordEntry, on_delete=models.PROTECT, related_name="texts")
    name = models.CharField(max_length=40)
    commitment = models.CharField(max_length=64)
    nonce = models.CharField(max_length=32, blank=True)
    text = models.TextField(blank=True)

    objects = ProjectScopedQuerySet["RecordText"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("text", "entry"),
            models.UniqueConstraint(fields=["entry", "name"], name="an_entry_names_a_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.name}"


class Checkpoint(AppendOnly, ProjectScoped):
    """A signed note over the log at one size; `root` in hexadecimal."""

    size = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    note = models.TextField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = CheckpointQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("checkpoint"),
            *of_one_project("checkpoint"),
            models.UniqueConstraint(fields=["project", "size"], name="a_size_has_one_checkpoint"),
            models.CheckConstraint(condition=Q(size__gt=0), name="a_checkpoint_covers_something"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.size}"


class Anchor(AppendOnly, ProjectScoped):
    """A checkpoint that left the house: mailed, handed out as a receipt, or time-stamped.

    `token` is the base64 of an RFC 3161 answer, `authority` who gave it.
    """

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="anchors")
    kind = models.CharField(max_length=10, choices=AnchorKind)
    account = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    authority = models.CharField(max_length=200, blank=True)
    token = models.TextField(blank=True)
    anchored_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = AnchorQuerySet.as_manager()

    class Meta:
        constraints = [
            *of_one_project("anchor", "checkpoint", clients=("account",)),
            models.CheckConstraint(
                condition=~Q(kind=AnchorKind.TIMESTAMP) | ~Q(token=""),
                name="a_time_stamp_has_its_token",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.anchored_at}"


class RecordCheck(AppendOnly, ProjectScoped):
    """What verifying a record found; while the newest one is unsound, the gates are frozen."""

    is_sound = models.BooleanField()
    size = models.PositiveBigIntegerField()
    reason = models.TextField(blank=True)
    checked_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = RecordCheckQuerySet.as_manager()

    class Meta:
        constraints = [
            *of_one_project("check"),
            models.CheckConstraint(
                condition=Q(is_sound=True) | ~Q(reason=""), name="an_unsound_record_says_why"
            ),
        ]
        indexes = [models.Index(fields=["project", "checked_at"], name="newest_check")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.checked_at}"
