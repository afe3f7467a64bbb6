"""What a process has to show: its scenarios by class, its runs, its training."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import Affiliation
from governance.models import BusinessProcess, Project
from readiness.charts.looks import number_words
from training.models import Course
from training.pages.matrix import Share
from training.querysets.matrix import course_tallies
from uat.choices import PASS_RESULTS, ExecutionResult, ScenarioClass
from uat.models import Execution, Scenario
from uat.pages.states import is_out_of_date


@dataclass(slots=True)
class ClassRow:
    """The scenarios of one class: how many are in scope, and how each stands for the business."""

    label: str
    kind: str = ""
    due: int = 0
    passed: int = 0
    failed: int = 0
    blocked: int = 0
    old: int = 0
    partner_runs: int = 0

    @property
    def tested(self) -> int:
        """Return those with a valid run by the business."""
        return self.passed + self.failed

    @property
    def not_run(self) -> int:
        """Return those the business has never run."""
        return self.due - self.tested - self.blocked - self.old

    def count(self, scenario: Scenario) -> None:
        """Count one scenario in."""
        self.due += 1
        if not scenario.latest_result:
            return
        if is_out_of_date(scenario):
            self.old += 1
        elif scenario.latest_result in PASS_RESULTS:
            self.passed += 1
        elif scenario.latest_result == ExecutionResult.FAILED:
            self.failed += 1
        else:
            self.blocked += 1


@dataclass(frozen=True, slots=True)
class PartnerRuns:
    """What people of one organisation recorded; it is shown and never counted."""

    organisation: str
    runs: int
    scenarios: int

    @property
    def runs_words(self) -> str:
        """Return how many runs: '3 runs'."""
        return runs_text(self.runs)

    @property
    def scenarios_words(self) -> str:
        """Return of how many scenarios: '1 scenario'."""
        return scenarios_text(self.scenarios)


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """One course of the process with everybody who needs it."""

    course: Course
    href: str
    completed: Share
    passed: Share | None


def runs_text(number: int) -> str:
    """Return a number of runs in words."""
    text = ngettext("%(number)s run", "%(number)s runs", number)
    return text % {"number": number_words(number)}


def scenarios_text(number: int) -> str:
    """Return a number of scenarios in words."""
    text = ngettext("%(number)s scenario", "%(number)s scenarios", number)
    return text % {"number": number_words(number)}


def class_rows(process: BusinessProcess, *, partner: Counter[str]) -> list[ClassRow]:
    """Return the classes that the process has scenarios of, and all of them together last."""
    rows = {
        kind: ClassRow(str(kind.label), kind=kind.value, partner_runs=partner[kind])
        for kind in ScenarioClass
    }
    together = ClassRow(_("All classes"), partner_runs=partner.total())
    scenarios = Scenario.objects.filter(process__accountable=process).in_scope()
    for scenario in scenarios:
        rows[ScenarioClass(scenario.scenario_class)].count(scenario)
        together.count(scenario)
    shown = [row for row in rows.values() if row.due or row.partner_runs]
    return [*shown, together]


def partner_runs(process: BusinessProcess) -> tuple[Counter[str], list[PartnerRuns]]:
    """Return the runs nobody of the business made: by class, and by who recorded them."""
    runs = Execution.objects.filter(
        scenario__process__accountable=process, scenario__in_scope=True
    ).exclude(affiliation=Affiliation.CLIENT)
    rows = list(
        runs.values_list("scenario_id", "scenario__scenario_class", "tester__organisation__name")
    )
    by_class = Counter(kind for _scenario, kind, _organisation in rows)
    by_organisation: defaultdict[str, list[int]] = defaultdict(list)
    for scenario_id, _kind, organisation in rows:
        by_organisation[organisation or _("Somebody outside the business")].append(scenario_id)
    return by_class, _by_organisation(by_organisation.items())


def _by_organisation(groups: Iterable[tuple[str, list[int]]]) -> list[PartnerRuns]:
    return [PartnerRuns(name, len(ids), len(set(ids))) for name, ids in sorted(groups)]


def training_rows(process: BusinessProcess, *, project: Project, today: date) -> list[TrainingRow]:
    """Return the courses of the process that somebody has to take."""
    courses = {course.pk: course for course in Course.objects.filter(process__accountable=process)}
    if not courses:
        return []
    tallies = course_tallies(project_id=project.pk, today=today)
    return [
        TrainingRow(
            course=course,
            href=reverse("training:course-people", args=[project.public_id, course.public_id]),
            completed=Share(tally.completed, tally.due),
            passed=Share(tally.passed, tally.due) if course.has_check else None,
        )
        for tally in tallies
        if (course := courses.get(tally.course_id))
    ]
