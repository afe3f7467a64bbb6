"""Who decides what: one decider for each kind of decision in each process."""

from django.db import models
from django.db.models import Q

from governance.choices import DecisionKind
from governance.models.accounts import User
from governance.models.base import AppendOnly, Fact
from governance.models.processes import BusinessProcess
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import FactQuerySet


class DecisionRight(AppendOnly, Fact):
    """Somebody of the client decides one kind of decision, in one process or in all of them.

    It holds until its end row. Two rows that hold at once are two deciders: the ownership
    map says so, and neither counts. Source: mission row G2, criterion DX-04.
    """

    business_actor_fields = ("decider", "given_by")

    process = models.ForeignKey(
        BusinessProcess,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: in every process without a decider of its own.",
    )
    kind = models.CharField(max_length=16, choices=DecisionKind)
    decider = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    objects = FactQuerySet["DecisionRight"].as_manager()

    class Meta:
        constraints = [
            parent_of("right"),
            *of_one_project("right", "process"),
        ]
        indexes = [models.Index(fields=["project", "kind"], name="right_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.decider_id}"


class DecisionRightEnd(AppendOnly, Fact):
    """The end of a decision right; `successor` is the right that took its place."""

    business_actor_fields = ("ended_by",)

    right = models.OneToOneField(DecisionRight, on_delete=models.PROTECT, related_name="end")
    successor = models.ForeignKey(
        DecisionRight, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()

    objects = FactQuerySet["DecisionRightEnd"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("right_end", "right", "successor"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_right_ends_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.right_id}: {self.reason}"
