"""Decisions, vendor assumptions, caveats and the dates that decisions moved."""

from django.db import models
from django.db.models import F, Q

from governance.choices import Affiliation, DecisionKind, Ruling
from governance.models.accounts import User
from governance.models.base import AppendOnly, Fact, Imported
from governance.models.meetings import Meeting
from governance.models.processes import BusinessProcess
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import (
    AssumptionQuerySet,
    DecisionQuerySet,
    FactQuerySet,
    ImportedQuerySet,
)


class Decision(Imported, Fact):
    """A question that waits for one decider, with what it blocks; its outcomes are rows.

    It is never edited: a decision that takes its place `supersedes` it.
    """

    kind = models.CharField(max_length=16, choices=DecisionKind, blank=True)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    detail = models.TextField(blank=True)
    raised_by = models.CharField(max_length=200, blank=True)
    raised_affiliation = models.CharField(
        max_length=8, choices=Affiliation, default=Affiliation.CLIENT
    )
    raised_at = models.DateTimeField()
    decider = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_date = models.DateField(null=True, blank=True)
    blocks_go_live = models.BooleanField(default=False)
    blocked_processes = models.ManyToManyField(BusinessProcess, blank=True, related_name="+")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("decision"),
            *of_one_project("decision", "supersedes", clients=("decider", "import_run")),
            models.UniqueConstraint(
                fields=["project", "code", "edition"], name="a_project_names_a_decision_once"
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")),
                name="a_decision_does_not_supersede_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class DecisionOutcome(AppendOnly, Imported, Fact):
    """What was decided, by whom, when and why: one of the options, or in other words.

    `decided_by` is empty where a file does not say who decided; that settles nothing.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="outcomes")
    outcome = models.TextField()
    reason = models.TextField(blank=True)
    option = models.ForeignKey(
        "governance.DecisionOption",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="outcomes"
    )
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_affiliation = models.CharField(max_length=8, choices=Affiliation)
    decided_at = models.DateTimeField()

    objects = ImportedQuerySet["DecisionOutcome"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("outcome", "decision", "option", "meeting", clients=("import_run",)),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=False)
                | Q(decided_affiliation=Affiliation.UNKNOWN, import_run__isnull=False),
                name="a_decision_has_its_decider_or_a_file_that_names_none",
            ),
        ]

    def __str__(self) -> str:
        return self.outcome


class Assumption(Imported, Fact):
    """What a partner assumed in place of a missing answer."""

    code = models.CharField(max_length=40)
    statement = models.TextField()
    made_by = models.CharField(max_length=200, blank=True)
    maker = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_affiliation = models.CharField(
        max_length=8, choices=Affiliation, default=Affiliation.PARTNER
    )
    raised_at = models.DateTimeField()
    due_date = models.DateField(null=True, blank=True)
    blocked_processes = models.ManyToManyField(BusinessProcess, blank=True, related_name="+")

    objects = AssumptionQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("assumption"),
            *of_one_project("assumption", clients=("import_run",)),
            models.UniqueConstraint(
                fields=["project", "code", "edition"], name="a_project_names_an_assumption_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.statement}"


class AssumptionRuling(AppendOnly, Fact):
    """A process owner's word on an assumption; the newest row counts."""

    business_actor_fields = ("ruled_by",)

    assumption = models.ForeignKey(Assumption, on_delete=models.PROTECT, related_name="rulings")
    ruling = models.CharField(max_length=10, choices=Ruling)
    reason = models.TextField(blank=True)
    ruled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField()

    objects = FactQuerySet["AssumptionRuling"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("ruling", "assumption"),
        ]

    def __str__(self) -> str:
        return self.ruling


class Caveat(AppendOnly, Fact):
    """A reservation somebody wrote down; it stands on page one.

    `source_noun`, `source_id` and `source_title` name the row whose note it was, if any.
    """

    text = models.TextField()
    source_noun = models.CharField(max_length=40, default="", db_default="")
    source_id = models.CharField(max_length=100, default="", db_default="")
    source_title = models.CharField(max_length=400, default="", db_default="")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = FactQuerySet["Caveat"].as_manager()

    class Meta:
        constraints = [
            parent_of("caveat"),
            *of_one_project("caveat"),
        ]

    def __str__(self) -> str:
        return self.text


class GoLiveDate(AppendOnly, Fact):
    """The go-live date from a moment on: set at the start, then moved only by a decision."""

    business_actor_fields = ("decided_by",)

    go_live_date = models.DateField()
    reason = models.TextField()
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_first = models.BooleanField(default=False)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()

    objects = FactQuerySet["GoLiveDate"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("date", "decision"),
            models.UniqueConstraint(
                fields=["project"], condition=Q(is_first=True), name="a_date_is_set_first_once"
            ),
            models.CheckConstraint(
                condition=Q(is_first=True) | Q(decision__isnull=False),
                name="a_date_moves_only_by_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return str(self.go_live_date)
