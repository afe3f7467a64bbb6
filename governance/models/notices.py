"""What an account is told: one row per thing, written with what happened; a mail may follow."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from governance.choices import MailState, NoticeKind
from governance.models.accounts import Organisation, User
from governance.models.projects import Project
from governance.models.tenancy import of_one_project
from governance.querysets import NoticeQuerySet


class Notice(models.Model):
    """One thing that an account is told once, by `key`; the outbox of its mail at the same time.

    It leads to the one screen where the thing is done: `subject_noun` and `subject_id` say
    which. `terms` fill the sentence of its kind. A notice whose thing is done is settled. An
    urgent one is mailed at once, the others with the digest of the day: a mail is taken for
    sending before it leaves, so that no crash sends it twice.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=NoticeKind)
    key = models.CharField(max_length=200)
    is_urgent = models.BooleanField(default=False)
    subject_noun = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=400)
    terms = models.JSONField(default=dict)
    due_at = models.DateTimeField(null=True, blank=True)
    happened_at = models.DateTimeField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    read_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    mail_state = models.CharField(max_length=10, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(help_text="Not mailed before.")
    taken_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            *of_one_project("notice"),
            models.UniqueConstraint(fields=["account", "key"], name="somebody_is_told_once"),
            models.CheckConstraint(
                condition=~Q(mail_state="SENT") | Q(ended_at__isnull=False),
                name="a_notice_that_was_mailed_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["mail_state", "is_urgent", "try_at"], name="notice_by_state"),
            models.Index(fields=["account", "happened_at"], name="notice_by_account"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.key}"
