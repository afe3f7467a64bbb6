"""Kept reports: what was printed of which judgement, byte by byte."""

from django.db import models
from django.db.models.functions import Now

from governance.models import AppendOnly, ProjectScoped, User
from governance.models.tenancy import of_one_project, parent_of
from readiness.models import Snapshot
from reports.querysets import ReportQuerySet


class Report(AppendOnly, ProjectScoped):
    """The executive report of one snapshot in one edition of the paper, kept for good.

    `sha256` is the hash of the file's bytes; a file that no longer matches is not given out.
    `previous` is the report it was compared with: every print of a snapshot compares with
    the same one, in every language and also years later.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    template_version = models.CharField(max_length=40)
    language = models.CharField(max_length=10, default="en")
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField()
    size = models.PositiveBigIntegerField(help_text="In bytes.")
    content = models.FileField(upload_to="reports/")
    requested_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now())

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("report"),
            *of_one_project("report", "snapshot", "previous"),
            models.UniqueConstraint(
                fields=["snapshot", "template_version", "language"],
                name="a_snapshot_is_printed_once_an_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.language} {self.template_version}"
