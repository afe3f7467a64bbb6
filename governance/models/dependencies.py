"""What a decision offers to choose from, and what waits for an answer."""

from django.db import models
from django.db.models import F, Q

from governance.choices import DependentKind
from governance.models.accounts import User
from governance.models.base import AppendOnly, Fact
from governance.models.decisions import Assumption, Decision
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import DependencyQuerySet, FactQuerySet


class DecisionOption(AppendOnly, Fact):
    """One way to decide, with what it brings; at most one of them is recommended."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="options")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    consequence = models.TextField(blank=True)
    is_recommended = models.BooleanField(default=False)
    offered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FactQuerySet["DecisionOption"].as_manager()

    class Meta:
        constraints = [
            parent_of("option"),
            *of_one_project("option", "decision"),
            models.UniqueConstraint(
                fields=["decision", "position"], name="options_stand_in_an_order"
            ),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(is_recommended=True),
                name="one_option_is_recommended",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Dependency(AppendOnly, Fact):
    """Something that waits for a decision, or rests on an assumption.

    Processes stand in `blocked_processes`; here stand scenarios and criteria, known by their
    code alone (they live on other floors), and decisions that wait for this one.
    """

    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="dependencies"
    )
    assumption = models.ForeignKey(
        Assumption, null=True, blank=True, on_delete=models.PROTECT, related_name="dependencies"
    )
    kind = models.CharField(max_length=10, choices=DependentKind)
    code = models.CharField(
        max_length=100, blank=True, help_text="Of the scenario or the criterion that waits."
    )
    waiting = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="waits_for"
    )
    noted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField()

    objects = DependencyQuerySet.as_manager()

    class Meta:
        constraints = [
            *of_one_project("dependency", "decision", "assumption", "waiting"),
            models.CheckConstraint(
                condition=Q(decision__isnull=False, assumption__isnull=True)
                | Q(decision__isnull=True, assumption__isnull=False),
                name="something_waits_for_one_decision_or_assumption",
            ),
            models.CheckConstraint(
                condition=Q(kind=DependentKind.DECISION, waiting__isnull=False, code="")
                | Q(~Q(kind=DependentKind.DECISION), ~Q(code=""), waiting__isnull=True),
                name="what_waits_is_a_decision_or_has_a_code",
            ),
            models.CheckConstraint(
                condition=Q(waiting__isnull=True)
                | Q(decision__isnull=True)
                | ~Q(waiting=F("decision")),
                name="a_decision_does_not_wait_for_itself",
            ),
            models.UniqueConstraint(
                fields=["decision", "kind", "code"],
                condition=Q(decision__isnull=False) & ~Q(code=""),
                name="a_code_waits_for_a_decision_once",
            ),
            models.UniqueConstraint(
                fields=["assumption", "kind", "code"],
                condition=Q(assumption__isnull=False) & ~Q(code=""),
                name="a_code_rests_on_an_assumption_once",
            ),
            models.UniqueConstraint(
                fields=["decision", "waiting"],
                condition=Q(decision__isnull=False, waiting__isnull=False),
                name="a_decision_waits_for_another_once",
            ),
        ]
        indexes = [models.Index(fields=["project", "kind", "code"], name="dependency_by_code")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code or self.waiting_id}"
