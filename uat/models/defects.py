"""Defects and what happened to them."""

from django.db import models

from governance.choices import Affiliation
from governance.models import AppendOnly, BusinessProcess, Fact, Imported
from governance.models.tenancy import of_one_project, parent_of
from uat.choices import OPEN_STATES, DefectState, Severity, Triage
from uat.models.scenarios import Scenario
from uat.querysets import DefectEventQuerySet, DefectQuerySet


class Defect(Imported, Fact):
    """Something that does not work; `state` is the newest event's, kept with it."""

    process_paths = ("process__accountable", "scenario__process__accountable")

    code = models.CharField(max_length=100)
    title = models.CharField(max_length=500)
    scenario = models.ForeignKey(
        Scenario, null=True, blank=True, on_delete=models.PROTECT, related_name="defects"
    )
    process = models.ForeignKey(
        BusinessProcess, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    severity = models.CharField(max_length=12, choices=Severity)
    triage = models.CharField(max_length=14, choices=Triage, default=Triage.UNTRIAGED)
    triaged_affiliation = models.CharField(max_length=8, choices=Affiliation, blank=True)
    state = models.CharField(max_length=12, choices=DefectState, default=DefectState.OPEN)
    was_reopened = models.BooleanField(default=False)
    raised_by = models.CharField(max_length=200, blank=True)
    raised_affiliation = models.CharField(
        max_length=8, choices=Affiliation, default=Affiliation.UNKNOWN
    )
    raised_at = models.DateTimeField()
    owner_name = models.CharField(max_length=200, blank=True)
    fix_due_date = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)

    objects = DefectQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("defect"),
            *of_one_project("defect", "scenario", "process", clients=("import_run",)),
            models.UniqueConstraint(
                fields=["project", "code", "edition"], name="a_project_names_a_defect_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def is_open(self) -> bool:
        """Say whether it is neither closed nor rejected."""
        return self.state in OPEN_STATES


class DefectEvent(AppendOnly, Imported, Fact):
    """One change of a defect's state."""

    process_paths = (
        "defect__process__accountable",
        "defect__scenario__process__accountable",
    )

    defect = models.ForeignKey(Defect, on_delete=models.PROTECT, related_name="events")
    state = models.CharField(max_length=12, choices=DefectState)
    actor_name = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    happened_at = models.DateTimeField()

    objects = DefectEventQuerySet.as_manager()

    class Meta:
        constraints = [
            *of_one_project("defect_event", "defect", clients=("import_run",)),
            models.UniqueConstraint(
                fields=["defect", "state", "happened_at", "edition"],
                name="a_defect_changes_once_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.defect_id} {self.state}"
