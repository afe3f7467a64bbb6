"""The scenarios of a project, as a list that can be searched and one by one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import Affiliation
from governance.models import Project
from governance.pages.amounts import amount_text
from governance.pages.looks import Look
from governance.pages.trail import Step, trail_of
from uat.forms.search import Wanted
from uat.models import Defect, Execution, Photo, Scenario, StepResult, TesterAssignment
from uat.pages.resting import GroundRow, grounds_of
from uat.pages.states import look_of, state_of
from uat.policy import steps_of
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
    found: str
    answer: str
    trail: list[Step]


@dataclass(frozen=True, slots=True)
class StepRow:
    """How one step of a run ended."""

    step: StepResult
    look: Look


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photo of a run and where it is given out."""

    photo: Photo
    href: str


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run: by the business and counted, or recorded and never counted."""

    run: Execution
    look: Look
    counted: bool
    whose: str
    steps: list[StepRow]
    photos: list[PhotoRow]


@dataclass(frozen=True, slots=True)
class ScenarioPage:
    """A scenario with its runs, newest first, and its open defects."""

    scenario: Scenario
    look: Look
    scenario_class: str
    steps: list[str]
    runs: list[RunRow]
    defects: list[Defect]
    grounds: list[GroundRow]
    trail: list[Step]


def scenario_list(project: Project, *, wanted: Wanted, number: str) -> ScenarioList:
    """Return a page of the scenarios in scope that fit, by code, with the open ones counted."""
    scope = Scenario.objects.filter(project=project).in_scope()
    found = _matching(scope, wanted).select_related("process__accountable").order_by("code", "pk")
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(number)
    count = page.paginator.count
    return ScenarioList(
        rows=[_row(scenario, project) for scenario in page],
        page=page,
        found=ngettext("%(number)s found", "%(number)s found", count)
        % {"number": amount_text(count)},
        answer=_answer(scope.tested().count(), scope.count()),
        trail=trail_of(project, _("Scenarios")),
    )


def _answer(done: int, total: int) -> str:
    if not total:
        return _("No scenario is in scope yet.")
    return ngettext(
        "%(done)s of %(total)s scenario has a valid run by the business.",
        "%(done)s of %(total)s scenarios have a valid run by the business.",
        total,
    ) % {"done": amount_text(done), "total": amount_text(total)}


def scenario_page(
    scenario: Scenario, *, project: Project, below: str | None = None
) -> ScenarioPage:
    """Return a scenario with every run of it; `below` names the page under it, if that is shown."""
    above = Step(_("Scenarios"), reverse("uat:scenario-list", args=[project.public_id]))
    address = reverse("uat:scenario-detail", args=[project.public_id, scenario.public_id])
    here = [Step(scenario.code, address), *([Step(below)] if below else [])]
    runs = Execution.objects.filter(scenario=scenario).select_related("tester__organisation")
    newest = runs.prefetch_related("steps", "photos__attachment").order_by("-executed_at", "-pk")
    return ScenarioPage(
        scenario=scenario,
        look=state_of(scenario),
        scenario_class=str(scenario.get_scenario_class_display()),
        steps=steps_of(scenario.steps),
        runs=[_run_row(run, project) for run in newest[:ROWS_ON_A_PAGE]],
        defects=list(Defect.objects.filter(scenario=scenario).open().worst_first()),
        grounds=grounds_of(scenario),
        trail=trail_of(project, above, *here),
    )


def _matching(scope: ScenarioQuerySet, wanted: Wanted) -> ScenarioQuerySet:
    found = scope
    if wanted.words:
        found = found.filter(Q(code__icontains=wanted.words) | Q(title__icontains=wanted.words))
    if wanted.process or wanted.without_process:
        found = found.of_accountable([wanted.process.pk if wanted.process else None])
    if wanted.scenario_class:
        found = found.filter(scenario_class=wanted.scenario_class)
    if wanted.criticality:
        found = found.filter(criticality=wanted.criticality)
    if wanted.tester:
        found = _given_to(found, wanted)
    return found.in_state(wanted.state)


def _given_to(found: ScenarioQuerySet, wanted: Wanted) -> ScenarioQuerySet:
    """Keep what a person is to test: everything, where one assignment names no process."""
    assigned = TesterAssignment.objects.filter(person=wanted.tester)
    rows = list(assigned.values_list("process", "process__accountable"))
    if any(process is None for process, _accountable in rows):
        return found
    return found.of_accountable([accountable or process for process, accountable in rows])


def _row(scenario: Scenario, project: Project) -> ScenarioRow:
    owned = scenario.process.accountable or scenario.process if scenario.process else None
    return ScenarioRow(
        scenario=scenario,
        href=reverse("uat:scenario-detail", args=[project.public_id, scenario.public_id]),
        process=str(owned) if owned else _("No process"),
        scenario_class=str(scenario.get_scenario_class_display()),
        look=state_of(scenario),
    )


def _run_row(run: Execution, project: Project) -> RunRow:
    counted = run.affiliation == Affiliation.CLIENT
    whose = run.tester.organisation.name if run.tester else str(Affiliation(run.affiliation).label)
    steps = sorted(run.steps.all(), key=lambda step: step.number)
    return RunRow(
        run=run,
        look=look_of(run, counted=counted),
        counted=counted,
        whose=whose,
        steps=[StepRow(step, look_of(step, counted=counted)) for step in steps],
        photos=_photo_rows(run.photos.all(), project),
    )


def _photo_rows(photos: Iterable[Photo], project: Project) -> list[PhotoRow]:
    return [
        PhotoRow(photo, reverse("uat:photo-download", args=[project.public_id, photo.public_id]))
        for photo in photos
    ]


def newest_build(project: Project) -> str:
    """Return the build of the newest run on record: the one most testers are on."""
    runs = Execution.objects.filter(project=project).exclude(build="")
    return runs.order_by("-executed_at").values_list("build", flat=True).first() or ""
