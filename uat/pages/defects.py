"""The defects of a project, the worst and oldest first."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from governance.models import Project
from governance.pages.trail import Step, trail_of
from uat.choices import Severity
from uat.models import Defect

ROWS_ON_A_PAGE = 50
SEVERITY_TONES = {
    Severity.SHOWSTOPPER: ("alert-octagon", "bad"),
    Severity.HIGH: ("alert-triangle", "bad"),
    Severity.MEDIUM: ("alert-triangle", "warn"),
    Severity.LOW: ("info-circle", "quiet"),
}


@dataclass(frozen=True, slots=True)
class DefectRow:
    """One defect of the list."""

    defect: Defect
    shape: str
    tone: str
    process: str


@dataclass(frozen=True, slots=True)
class DefectList:
    """One page of defects, with the line that answers first."""

    rows: list[DefectRow]
    page: "Page[Defect]"
    kept: dict[str, str]
    answer: str
    trail: list[Step]


def defect_list(project: Project, *, process: str, show: str, number: str) -> DefectList:
    """Return the project's open defects, or all of them, by severity and age."""
    defects = Defect.objects.filter(project=project)
    waiting = defects.open()
    serious = waiting.filter(severity__in=[Severity.SHOWSTOPPER, Severity.HIGH]).count()
    shown = defects if show == "all" else waiting
    if process:
        shown = shown.of_owned_process(process)
    worst = shown.worst_first().select_related("scenario__process", "process")
    page = Paginator(worst, ROWS_ON_A_PAGE).get_page(number)
    pairs = {"process": process, "show": show}
    return DefectList(
        rows=[_row(defect) for defect in page],
        page=page,
        kept={key: value for key, value in pairs.items() if value},
        answer=_answer(waiting.count(), serious),
        trail=trail_of(project, "Defects"),
    )


def _answer(waiting: int, serious: int) -> str:
    defects = "defect is" if waiting == 1 else "defects are"
    return f"{waiting:,} {defects} open, {serious:,} of them showstopper or high."


def _row(defect: Defect) -> DefectRow:
    shape, tone = SEVERITY_TONES[Severity(defect.severity)]
    process = defect.process or (defect.scenario.process if defect.scenario else None)
    return DefectRow(defect, shape, tone, str(process) if process else "")
