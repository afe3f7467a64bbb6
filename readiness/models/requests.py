"""Requests to accept a risk, and what an executive answered."""

from django.db import models
from django.db.models import Q

from governance.models import AppendOnly, Fact, User
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import FactQuerySet
from readiness.models.acceptances import Acceptance
from readiness.querysets import AcceptanceRequestQuerySet


class AcceptanceRequest(AppendOnly, Fact):
    """Somebody of the client asks an executive to accept a criterion's miss for a time."""

    business_actor_fields = ("requester", "asked")

    gate_key = models.CharField(max_length=10)
    criterion_key = models.CharField(max_length=12)
    reason = models.TextField()
    control = models.TextField(help_text="What would be done instead to keep the risk small.")
    wanted_until_date = models.DateField()
    requester = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()

    objects = AcceptanceRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("request"),
            *of_one_project("request"),
            models.CheckConstraint(
                condition=~Q(requester=models.F("asked")),
                name="nobody_asks_themselves_to_accept_a_risk",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(control=""),
                name="a_request_has_reason_and_control",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_key} until {self.wanted_until_date}"


class AcceptanceAnswer(AppendOnly, Fact):
    """What became of a request: an acceptance, or a refusal with its reason."""

    business_actor_fields = ("answered_by",)

    request = models.OneToOneField(
        AcceptanceRequest, on_delete=models.PROTECT, related_name="answer"
    )
    acceptance = models.OneToOneField(
        Acceptance, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    objects = FactQuerySet["AcceptanceAnswer"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("answer", "request", "acceptance"),
            models.CheckConstraint(
                condition=Q(acceptance__isnull=False) | ~Q(reason=""),
                name="a_declined_request_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return "Accepted" if self.acceptance_id else "Declined"
