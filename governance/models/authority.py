"""What the sponsor lets the project manager do, how that was overruled, and who leads."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from governance.choices import AssessedAs, Power
from governance.models.accounts import User
from governance.models.base import AppendOnly, Fact
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import CharterQuerySet, FactQuerySet, GateStopQuerySet

POWERS = {
    Power.CALL_PEOPLE: "may_call_people",
    Power.ESCALATE: "may_escalate",
    Power.STOP_GATE: "may_stop_gate",
    Power.HOLD_PLAN: "may_hold_plan",
}
"""The column that says whether a power is granted."""


class Charter(AppendOnly, Fact):
    """The powers that a project manager is to have, in one version; it holds once it is signed.

    The newest row is what the sponsor signs; a power that is false is withheld, and
    `withheld_reason` says why. Source: mission row C2, criterion DX-10.
    """

    business_actor_fields = ("project_manager", "written_by")

    project_manager = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    may_call_people = models.BooleanField(default=False)
    may_escalate = models.BooleanField(default=False)
    may_stop_gate = models.BooleanField(default=False)
    may_hold_plan = models.BooleanField(default=False)
    withheld_reason = models.TextField(blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = CharterQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("charter"),
            *of_one_project("charter"),
            models.CheckConstraint(
                condition=~Q(withheld_reason="")
                | Q(
                    may_call_people=True,
                    may_escalate=True,
                    may_stop_gate=True,
                    may_hold_plan=True,
                ),
                name="a_power_is_withheld_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_manager_id}: {self.written_at:%Y-%m-%d}"

    @property
    def granted(self) -> list[Power]:
        """Return the powers it grants."""
        return [power for power, column in POWERS.items() if getattr(self, column)]

    @property
    def withheld(self) -> list[Power]:
        """Return the powers it withholds."""
        return [power for power, column in POWERS.items() if not getattr(self, column)]


class GateStop(AppendOnly, Fact):
    """The project manager stops a gate by a power of the charter; it is no-go until it ends."""

    business_actor_fields = ("stopped_by",)

    gate_key = models.CharField(max_length=10)
    reason = models.TextField()
    stopped_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField()

    objects = GateStopQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("stop"),
            *of_one_project("stop"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_gate_is_stopped_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.gate_key}: {self.reason}"


class GateStopEnd(AppendOnly, Fact):
    """The end of a stop: by whoever stopped, or by an executive, who overrules with it."""

    business_actor_fields = ("ended_by",)

    stop = models.OneToOneField(GateStop, on_delete=models.PROTECT, related_name="end")
    reason = models.TextField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()

    objects = FactQuerySet["GateStopEnd"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("stop_end", "stop"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_stop_ends_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.stop_id}: {self.reason}"


class Overruling(AppendOnly, Fact):
    """Somebody overruled the project manager: who, in what, and why."""

    business_actor_fields = ("project_manager", "overruled_by", "written_by")

    project_manager = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    power = models.CharField(max_length=14, choices=Power, blank=True)
    what = models.TextField()
    reason = models.TextField()
    stop = models.OneToOneField(
        GateStop, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    overruled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    overruled_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = FactQuerySet["Overruling"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("overruling", "stop"),
            models.CheckConstraint(
                condition=~Q(project_manager=F("overruled_by")),
                name="nobody_overrules_themselves",
            ),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(reason=""), name="an_overruling_says_what_and_why"
            ),
        ]

    def __str__(self) -> str:
        return self.what


class LeadershipAssessment(AppendOnly, Fact):
    """Five plain facts about who leads the project, as the one or the sponsor sees them.

    `time_percent` is the share of a working week, `workstreams` the span led at once,
    `sponsor_hours` the hours with the sponsor in a month. Source: mission row C1.
    """

    business_actor_fields = ("project_manager", "answered_by")

    project_manager = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_as = models.CharField(max_length=16, choices=AssessedAs)
    erp_upgrades = models.PositiveSmallIntegerField(validators=[MaxValueValidator(50)])
    time_percent = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    workstreams = models.PositiveSmallIntegerField(validators=[MaxValueValidator(100)])
    sponsor_hours = models.PositiveSmallIntegerField(validators=[MaxValueValidator(200)])
    has_office = models.BooleanField(help_text="Somebody keeps plan, minutes and lists.")
    note = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    objects = FactQuerySet["LeadershipAssessment"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("assessment"),
            models.CheckConstraint(
                condition=Q(time_percent__lte=100), name="a_share_of_time_is_at_most_all_of_it"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_manager_id}: {self.answered_as}"
