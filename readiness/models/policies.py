"""Policies, their criteria, the gates of a project and what does not apply to it."""

import uuid

from django.db import models
from django.db.models.functions import Now

from governance.choices import Role
from governance.models import AppendOnly, Fact, Organisation, ProjectScoped, User
from governance.models.tenancy import of_one_project
from governance.querysets import FactQuerySet, ProjectScopedQuerySet
from readiness.choices import Comparison, CriterionClass, Grade, MetricOrigin


class Policy(AppendOnly):
    """An immutable version of the criteria of all gates; `body` is its canonical JSON.

    A policy without an organisation ships with the product.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    key = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    body = models.TextField()
    body_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key", "version"],
                name="a_client_writes_a_policy_version_once",
            ),
            models.UniqueConstraint(
                fields=["key", "version"],
                condition=models.Q(organisation__isnull=True),
                name="a_shipped_policy_version_is_written_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class Criterion(AppendOnly):
    """A policy's demand on one metric; the columns that pages and REST ask for by name.

    `glide_path` is a list of [days before go-live, threshold] with decimals as strings.
    """

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="criteria")
    gate_key = models.CharField(max_length=10)
    key = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    wording = models.CharField(max_length=300)
    why = models.CharField(max_length=500, blank=True)
    remedy = models.CharField(max_length=500, blank=True)
    metric = models.CharField(max_length=60)
    origin = models.CharField(max_length=10, choices=MetricOrigin)
    kind = models.CharField(max_length=10)
    comparison = models.CharField(max_length=10, choices=Comparison)
    target = models.DecimalField(max_digits=16, decimal_places=4)
    warn = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    criterion_class = models.CharField(max_length=4, choices=CriterionClass)
    accountable_roles = models.JSONField(default=list, help_text=str(Role.values))
    due_days = models.IntegerField(help_text="Days before go-live; negative is after it.")
    glide_path = models.JSONField(default=list)
    ttl_days = models.PositiveSmallIntegerField(null=True, blank=True)
    grade = models.CharField(max_length=1, choices=Grade)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "key"], name="a_policy_states_a_criterion_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.wording}"


class Gate(ProjectScoped):
    """A gate of a project under a policy version; days are before go-live, negative after."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField()
    evaluate_from_days = models.IntegerField()
    decision_days = models.IntegerField()

    objects = ProjectScopedQuerySet["Gate"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("gate"),
            models.UniqueConstraint(fields=["project", "key"], name="a_project_has_a_gate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.name}"


class Exemption(AppendOnly, Fact):
    """A criterion that does not apply to a project, with reason and approver."""

    business_actor_fields = ("approver",)

    criterion_key = models.CharField(max_length=12)
    reason = models.TextField()
    approver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    objects = FactQuerySet["Exemption"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("exemption"),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="an_exemption_has_a_reason"
            ),
            models.UniqueConstraint(
                fields=["project", "criterion_key"], name="a_criterion_is_exempted_once"
            ),
        ]

    def __str__(self) -> str:
        return self.criterion_key
