"""Risks that a named executive of the client accepted, for a time."""

from django.db import models
from django.db.models import F, Q

from governance.choices import OrganisationKind
from governance.models import AppendOnly, Fact, Signoff, User
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import FactQuerySet
from readiness.querysets import AcceptanceQuerySet, AcceptanceScenarioQuerySet
from uat.models import Scenario


class Acceptance(AppendOnly, Fact):
    """A criterion's miss accepted by an executive; extending it makes a new row."""

    business_actor_fields = ("requester", "approver")

    gate_key = models.CharField(max_length=10)
    criterion_key = models.CharField(max_length=12)
    reason = models.TextField()
    control = models.TextField(help_text="What is done instead to keep the risk small.")
    requester = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approver_kind = models.CharField(max_length=10, choices=OrganisationKind)
    approver_name = models.CharField(max_length=200)
    approver_role = models.CharField(max_length=100)
    accepted_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    extends = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signature = models.OneToOneField(
        Signoff, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("acceptance"),
            *of_one_project("acceptance", "extends", "signature"),
            models.CheckConstraint(
                condition=Q(approver_kind=OrganisationKind.CLIENT),
                name="a_partner_never_accepts_a_risk",
            ),
            models.CheckConstraint(
                condition=~Q(requester=F("approver")),
                name="nobody_accepts_the_risk_they_asked_for",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("accepted_at")),
                name="an_acceptance_expires_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(control=""),
                name="an_acceptance_has_reason_and_control",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_key} until {self.expires_at:%Y-%m-%d}"


class AcceptanceScenario(AppendOnly):
    """An untested scenario that an acceptance names."""

    acceptance = models.ForeignKey(Acceptance, on_delete=models.PROTECT, related_name="scenarios")
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="+")

    objects = AcceptanceScenarioQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["acceptance", "scenario"], name="an_acceptance_names_a_scenario_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acceptance_id} {self.scenario_id}"


class AcceptanceWithdrawal(AppendOnly, Fact):
    """The end of an acceptance before its expiry."""

    business_actor_fields = ("withdrawn_by",)

    acceptance = models.OneToOneField(
        Acceptance, on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = models.TextField()
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()
    signature = models.OneToOneField(
        Signoff, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FactQuerySet["AcceptanceWithdrawal"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("withdrawal", "acceptance", "signature"),
        ]

    def __str__(self) -> str:
        return f"{self.acceptance_id}"
