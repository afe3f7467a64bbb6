"""How a caveat that stands on page one comes to its end."""

from django.db import models
from django.db.models import Q

from governance.models import AppendOnly, Caveat, Fact, User
from governance.models.tenancy import of_one_project
from readiness.querysets import CaveatResolutionQuerySet


class CaveatResolution(AppendOnly, Fact):
    """Somebody of the client says why a caveat no longer holds; the caveat itself stays."""

    business_actor_fields = ("resolved_by",)

    caveat = models.OneToOneField(Caveat, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    resolved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField()

    objects = CaveatResolutionQuerySet.as_manager()

    class Meta:
        constraints = [
            *of_one_project("resolution", "caveat"),
            models.CheckConstraint(
                condition=~Q(reason=""), name="a_caveat_is_resolved_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.reason
