"""Runs of scenarios, and the changes that make them old."""

from django.db import models

from governance.choices import Affiliation
from governance.models import AppendOnly, BusinessProcess, Fact, Imported, Person, User
from governance.models.tenancy import of_one_project, parent_of
from uat.choices import ExecutionResult
from uat.models.scenarios import Scenario
from uat.querysets import ChangeQuerySet, ExecutionQuerySet


class Execution(AppendOnly, Imported, Fact):
    """One run of a scenario; only a run by the client's business is counted."""

    process_paths = ("scenario__process__accountable",)

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="executions")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    tester = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    tester_name = models.CharField(max_length=200)
    affiliation = models.CharField(max_length=8, choices=Affiliation)
    result = models.CharField(max_length=20, choices=ExecutionResult)
    build = models.CharField(max_length=60, blank=True)
    comment = models.TextField(blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    defect_code = models.CharField(max_length=100, blank=True)
    executed_at = models.DateTimeField()
    source = models.CharField(max_length=60)
    external_id = models.CharField(max_length=200)

    objects = ExecutionQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("run"),
            *of_one_project("run", "scenario", "person", clients=("import_run",)),
            models.UniqueConstraint(
                fields=["project", "source", "external_id", "edition"],
                name="a_source_names_an_execution_once",
            ),
        ]
        indexes = [
            models.Index(fields=["scenario", "executed_at"], name="execution_by_scenario"),
            models.Index(fields=["project", "executed_at"], name="execution_by_project"),
        ]

    def __str__(self) -> str:
        return f"{self.scenario_id} {self.result}"


class Change(AppendOnly, Fact):
    """A change of the system under test; runs before it, in its process, are old."""

    process = models.ForeignKey(
        BusinessProcess,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: it touches every process, or the scenario alone that is named.",
    )
    scenario = models.ForeignKey(
        Scenario, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    build = models.CharField(max_length=60)
    summary = models.CharField(max_length=500, blank=True)
    changed_at = models.DateTimeField()

    objects = ChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            *of_one_project("change", "process", "scenario"),
        ]

    def __str__(self) -> str:
        return self.build
