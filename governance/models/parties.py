"""A partner or a consultant is replaced: by a decision, with what they held handed over."""

from django.db import models
from django.db.models import Q

from governance.choices import HeldKind
from governance.models.accounts import Organisation, User
from governance.models.base import AppendOnly, Fact
from governance.models.decisions import Decision
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import FactQuerySet, HeldItemQuerySet, ReplacementQuerySet


class Replacement(AppendOnly, Fact):
    """The client replaces a partner, or one consultant of it, by a decision on record."""

    business_actor_fields = ("replaced_by",)

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    consultant = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField()
    leaves_date = models.DateField()
    replaced_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField()

    objects = ReplacementQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("replacement"),
            *of_one_project("replacement", "decision"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_replacement_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id}: {self.leaves_date}"


class HeldItem(AppendOnly, Fact):
    """One thing that a replaced party held: an assumption, a defect, a decision or knowledge."""

    replacement = models.ForeignKey(Replacement, on_delete=models.PROTECT, related_name="held")
    kind = models.CharField(max_length=10, choices=HeldKind)
    code = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=500)
    due_date = models.DateField(null=True, blank=True)

    objects = HeldItemQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("held_item"),
            *of_one_project("held_item", "replacement"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()


class Handover(AppendOnly, Fact):
    """Somebody took over what a replaced party held."""

    item = models.OneToOneField(HeldItem, on_delete=models.PROTECT, related_name="handover")
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    objects = FactQuerySet["Handover"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("handover", "item"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.taken_by_id}"
