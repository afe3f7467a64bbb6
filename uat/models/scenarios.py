"""What has to be tested, and who is to test it."""

from django.db import models
from django.db.models import F, Q

from governance.choices import Criticality
from governance.models import BusinessProcess, Fact, Imported, Person
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import ImportedQuerySet
from uat.choices import ExecutionResult, ScenarioClass
from uat.querysets import ScenarioQuerySet


class Scenario(Imported, Fact):
    """A case of real work that the business has to see working.

    The `latest_…` columns are the newest run by the client's business (by executed_at,
    then id), kept in the transaction that adds the run and checked every night;
    `changed_at` is the last change of the system that touches the scenario's process.
    """

    process_paths = ("process__accountable",)

    process = models.ForeignKey(
        BusinessProcess, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    code = models.CharField(max_length=100)
    title = models.CharField(max_length=500)
    scenario_class = models.CharField(
        max_length=12, choices=ScenarioClass, default=ScenarioClass.UNCLASSIFIED
    )
    criticality = models.CharField(max_length=8, choices=Criticality, default=Criticality.MEDIUM)
    in_scope = models.BooleanField(default=True)
    origin = models.CharField(max_length=200, blank=True)
    entry_criteria = models.TextField(blank=True)
    steps = models.TextField(blank=True)
    expected_result = models.TextField(blank=True)
    source = models.CharField(max_length=60, blank=True)

    latest_execution = models.ForeignKey(
        "uat.Execution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    latest_result = models.CharField(max_length=20, choices=ExecutionResult, blank=True)
    latest_executed_at = models.DateTimeField(null=True, blank=True)
    first_result = models.CharField(max_length=20, choices=ExecutionResult, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("scenario"),
            *of_one_project("scenario", "process", "latest_execution", clients=("import_run",)),
            models.UniqueConstraint(
                fields=["project", "code", "edition"], name="a_project_names_a_scenario_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class TesterAssignment(Imported, Fact):
    """A person who is to test a process (or everything) in a window of time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    process = models.ForeignKey(
        BusinessProcess, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)
    scenarios_due = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)

    objects = ImportedQuerySet["TesterAssignment"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("tester", "person", "process", clients=("import_run",)),
            models.UniqueConstraint(
                fields=["person", "process", "edition"],
                name="a_tester_is_assigned_a_process_once",
            ),
            models.UniqueConstraint(
                fields=["person", "edition"],
                condition=Q(process__isnull=True),
                name="a_tester_is_assigned_everything_once",
            ),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True)
                | Q(from_date__isnull=True)
                | Q(to_date__gte=F("from_date")),
                name="an_assignment_does_not_end_before_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.process_id}"
