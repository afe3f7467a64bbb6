"""The process tree and who owns its nodes."""

from django.db import models
from django.db.models import F, Q

from governance.choices import Criticality, OrganisationKind, ProcessLevel
from governance.models.accounts import User
from governance.models.base import AppendOnly, Fact, Imported
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import FactQuerySet, ProcessQuerySet


class BusinessProcess(Imported, Fact):
    """A node of the process tree; its code is text (65.10.020 keeps its last zero).

    `accountable` is the node, this one or an ancestor, at the project's accountable
    level: owners, signatures and the heat map hang on it. `owner` and `deputy` are the
    newest Ownership row's, kept in the same transaction.
    """

    process_paths = ("accountable",)

    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    accountable = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="covers"
    )
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    level = models.CharField(max_length=12, choices=ProcessLevel)
    criticality = models.CharField(max_length=8, choices=Criticality, default=Criticality.MEDIUM)
    in_scope = models.BooleanField(default=True)
    suggested_party = models.CharField(
        max_length=10, choices=OrganisationKind, blank=True, help_text="As the catalogue proposes."
    )
    suggested_role = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    deputy = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(max_length=60, blank=True)

    objects = ProcessQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("process"),
            *of_one_project(
                "process",
                "parent",
                "accountable",
                clients=(
                    "owner",
                    "deputy",
                    "import_run",
                ),
            ),
            models.UniqueConstraint(
                fields=["project", "code", "edition"], name="a_project_names_a_process_once"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="a_process_is_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Ownership(AppendOnly, Fact):
    """Who owns a process from a moment on; the newest row at a moment counts."""

    business_actor_fields = ("owner", "deputy")

    process = models.ForeignKey(
        BusinessProcess, on_delete=models.PROTECT, related_name="ownerships"
    )
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    deputy = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assigned_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assigned_at = models.DateTimeField()

    objects = FactQuerySet["Ownership"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("ownership", "process"),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(deputy__isnull=True) | ~Q(owner=F("deputy")),
                name="a_deputy_is_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id}: {self.owner_id}"
