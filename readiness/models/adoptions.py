"""Which policy a project was judged by from a moment on, and who signed the change."""

from django.db import models
from django.db.models import F, Q

from governance.models import AppendOnly, Fact, Signoff, User
from governance.models.tenancy import of_one_project
from governance.querysets import FactQuerySet
from readiness.models.policies import Policy


class PolicyAdoption(AppendOnly, Fact):
    """A project is judged by a policy from a moment on; a change of it is a signed decision."""

    business_actor_fields = ("adopted_by",)

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")
    previous = models.ForeignKey(
        Policy, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    adopted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    adopted_at = models.DateTimeField()
    signature = models.OneToOneField(
        Signoff, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FactQuerySet["PolicyAdoption"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("adoption", "signature"),
            models.CheckConstraint(
                condition=Q(previous__isnull=True) | ~Q(previous=F("policy")),
                name="an_adoption_changes_the_policy",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.policy_id}"
