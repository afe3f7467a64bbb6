"""The scenarios of a project, as a list that can be searched and one by one."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.urls import reverse

from governance.choices import Affiliation
from governance.models import Project
from governance.pages.trail import Step, trail_of
from uat.choices import ExecutionResult
from uat.forms.search import Wanted
from uat.models import Defect, Execution, Scenario
from uat.pages.states import Look, look_of, state_of
from uat.querysets import ScenarioQuerySet

ROWS_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One scenario of the list."""

    scenario: Scenario
    href: str
    process: str
    scenario_class: str
    look: Look


@dataclass(frozen=True, slots=True)
class ScenarioList:
    """One page of scenarios, with the line that answers first."""

    rows: list[ScenarioRow]
    page: "Page[Scenario]"
    answer: str
    trail: list[Step]


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run: by the business and counted, or recorded and never counted."""

    run: Execution
    look: Look
    counted: bool
    whose: str


@dataclass(frozen=True, slots=True)
class ScenarioPage:
    """A scenario with its runs, newest first, and its open defects."""

    scenario: Scenario
    look: Look
    scenario_class: str
    runs: list[RunRow]
    defects: list[Defect]
    trail: list[Step]


def scenario_list(project: Project, *, wanted: Wanted, number: str) -> ScenarioList:
    """Return a page of the scenarios in scope that fit, by code, with the open ones counted."""
    scope = Scenario.objects.filter(project=project).in_scope()
    found = _matching(scope, wanted).select_related("process__accountable").order_by("code", "pk")
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(number)
    total, open_count = scope.count(), scope.untested().count()
    answer = f"{total - open_count:,} of {total:,} scenarios have a valid run by the business."
    return ScenarioList(
        rows=[_row(scenario, project) for scenario in page],
        page=page,
        answer=answer if total else "No scenario is in scope yet.",
        trail=trail_of(project, "Scenarios"),
    )


def scenario_page(scenario: Scenario, *, project: Project) -> ScenarioPage:
    """Return a scenario with every run of it."""
    above = Step("Scenarios", reverse("uat:scenario-list", args=[project.public_id]))
    runs = Execution.objects.filter(scenario=scenario).select_related("tester__organisation")
    return ScenarioPage(
        scenario=scenario,
        look=state_of(scenario),
        scenario_class=str(scenario.get_scenario_class_display()),
        runs=[_run_row(run) for run in runs.order_by("-executed_at", "-pk")[:ROWS_ON_A_PAGE]],
        defects=list(Defect.objects.filter(scenario=scenario).open().worst_first()),
        trail=trail_of(project, above, scenario.code),
    )


def _matching(scope: ScenarioQuerySet, wanted: Wanted) -> ScenarioQuerySet:
    found = scope
    if wanted.words:
        found = found.filter(Q(code__icontains=wanted.words) | Q(title__icontains=wanted.words))
    if wanted.process:
        found = found.filter(process__accountable=wanted.process)
    if wanted.scenario_class:
        found = found.filter(scenario_class=wanted.scenario_class)
    return _in_state(found, wanted.state)


def _in_state(found: ScenarioQuerySet, state: str) -> ScenarioQuerySet:
    if state == "open":
        return found.untested()
    if state == "passed":
        return found.passed()
    if state == "failed":
        return found.tested().filter(latest_result=ExecutionResult.FAILED)
    if state == "blocked":
        return found.filter(latest_result=ExecutionResult.BLOCKED)
    return found


def _row(scenario: Scenario, project: Project) -> ScenarioRow:
    owned = scenario.process.accountable or scenario.process if scenario.process else None
    return ScenarioRow(
        scenario=scenario,
        href=reverse("uat:scenario-detail", args=[project.public_id, scenario.public_id]),
        process=str(owned) if owned else "No process",
        scenario_class=str(scenario.get_scenario_class_display()),
        look=state_of(scenario),
    )


def _run_row(run: Execution) -> RunRow:
    counted = run.affiliation == Affiliation.CLIENT
    whose = run.tester.organisation.name if run.tester else str(Affiliation(run.affiliation).label)
    return RunRow(run=run, look=look_of(run, counted=counted), counted=counted, whose=whose)


def newest_build(project: Project) -> str:
    """Return the build of the newest run on record: the one most testers are on."""
    runs = Execution.objects.filter(project=project).exclude(build="")
    return runs.order_by("-executed_at").values_list("build", flat=True).first() or ""
