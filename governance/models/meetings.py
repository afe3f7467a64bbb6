"""Steering meetings, and what the sponsor says in the sponsor's own words."""

from django.db import models
from django.db.models import Q

from governance.choices import Presence
from governance.models.accounts import User
from governance.models.base import AppendOnly, Fact
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import (
    FactQuerySet,
    MeetingQuerySet,
    MinutesQuerySet,
    StatementQuerySet,
)


class Meeting(AppendOnly, Fact):
    """A steering meeting that was called for a moment."""

    business_actor_fields = ("called_by",)

    title = models.CharField(max_length=200)
    place = models.CharField(max_length=300, blank=True)
    starts_at = models.DateTimeField()
    called_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("meeting"),
            *of_one_project("meeting"),
        ]

    def __str__(self) -> str:
        return self.title


class MeetingMinutes(AppendOnly, Fact):
    """What came of a meeting: held under a chair, or called off; a later row corrects.

    `agenda` is the list of {title, href, why} that stood before the meeting, as it was then.
    """

    business_actor_fields = ("chair", "written_by")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    was_held = models.BooleanField()
    chair = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    notes = models.TextField(blank=True)
    agenda = models.JSONField(default=list)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = MinutesQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("minutes"),
            *of_one_project("minutes", "meeting"),
            models.CheckConstraint(
                condition=Q(was_held=False) | Q(chair__isnull=False),
                name="a_meeting_that_was_held_had_a_chair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}"


class Attendance(AppendOnly, Fact):
    """Whether somebody who was called to a meeting came."""

    minutes = models.ForeignKey(
        MeetingMinutes, on_delete=models.PROTECT, related_name="attendances"
    )
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(max_length=8, choices=Presence)

    objects = FactQuerySet["Attendance"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("attendance", "minutes"),
            models.UniqueConstraint(
                fields=["minutes", "account"], name="minutes_name_somebody_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.presence}"


class SponsorStatement(AppendOnly, Fact):
    """What the sponsor expects, in the sponsor's own words; the newest row counts."""

    business_actor_fields = ("written_by",)

    text = models.TextField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("sponsor_statement"),
            *of_one_project("sponsor_statement"),
            models.CheckConstraint(condition=~Q(text=""), name="a_sponsor_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class StatementAcknowledgement(AppendOnly, Fact):
    """Somebody who takes part read the sponsor's statement and says so by name."""

    statement = models.ForeignKey(
        SponsorStatement, on_delete=models.PROTECT, related_name="acknowledgements"
    )
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField()

    objects = FactQuerySet["StatementAcknowledgement"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("acknowledgement", "statement"),
            models.UniqueConstraint(
                fields=["statement", "account"], name="somebody_acknowledges_a_statement_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.account_id}"
