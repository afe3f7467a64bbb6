"""Who may sign in an owner's place for a while, and who agreed that a signature binds."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from governance.models.accounts import Organisation, User
from governance.models.base import AppendOnly, Fact
from governance.models.processes import BusinessProcess
from governance.models.tenancy import of_one_client, of_one_project, parent_of
from governance.querysets import DelegationQuerySet


class Delegation(AppendOnly, Fact):
    """The sponsor lets somebody of the client sign for one process, from and until a moment."""

    business_actor_fields = ("delegate", "appointed_by")

    process = models.ForeignKey(BusinessProcess, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.TextField()
    appointed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField()

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("delegation"),
            *of_one_project("delegation", "process"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_delegation_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(delegate=F("appointed_by")), name="nobody_delegates_to_themselves"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_delegation_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.process_id}: {self.delegate_id}"


class DelegationEnd(AppendOnly, Fact):
    """The end of a delegation before its time."""

    business_actor_fields = ("ended_by",)

    delegation = models.OneToOneField(Delegation, on_delete=models.PROTECT, related_name="end")
    reason = models.TextField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            *of_one_project("delegation_end", "delegation"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_ended_delegation_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.delegation_id}"


class SignatureAgreement(AppendOnly):
    """An account agreed, once, that its electronic signature binds like a handwritten one.

    Source: 21 CFR 11.100(c).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    account = models.OneToOneField(User, on_delete=models.PROTECT, related_name="+")
    wording = models.TextField()
    agreed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [*of_one_client("agreement", "account")]

    def __str__(self) -> str:
        return f"{self.account_id}"
