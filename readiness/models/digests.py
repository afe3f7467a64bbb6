"""The mail of the day: one row per account and day, who wants none, and at which hour."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from governance.models import User
from readiness.choices import DigestState


class DigestChoice(models.Model):
    """Whether an account wants the mail of the day, and at which hour; without a row it does."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    is_wanted = models.BooleanField()
    hour = models.PositiveSmallIntegerField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hour__isnull=True) | Q(hour__lte=23), name="a_day_has_24_hours"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {'wanted' if self.is_wanted else 'not wanted'}"


class Digest(models.Model):
    """The mail of one account, due on one day; the row is the truth, not the mail server.

    It is taken for sending before the mail leaves, so that no crash can send it twice; a
    server that says no gives it back, and it is tried again until it is too old to be news.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_date = models.DateField(help_text="In the account's own zone.")
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DigestState, default=DigestState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(help_text="Not tried before.")
    things = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    taken_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "due_date"], name="an_account_gets_a_digest_once_a_week"
            ),
            models.CheckConstraint(
                condition=~Q(state="SENT") | Q(ended_at__isnull=False),
                name="a_digest_that_was_sent_says_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "try_at"], name="digest_by_state")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.due_date} {self.state}"
