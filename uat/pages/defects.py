"""The defects of a project, the worst and oldest first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Project
from governance.pages.amounts import amount_text
from governance.pages.trail import Step, trail_of
from uat.choices import Severity
from uat.forms.defects import REOPENED, WantedDefects
from uat.models import Defect
from uat.querysets import DefectQuerySet

ROWS_ON_A_PAGE = 50
DAY = timedelta(days=1)
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
    age: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class DefectList:
    """One page of defects, with the line that answers first."""

    rows: list[DefectRow]
    page: "Page[Defect]"
    found: str
    answer: str
    trail: list[Step]
    any_at_all: bool


def defect_list(
    project: Project, *, wanted: WantedDefects, number: str, now: datetime
) -> DefectList:
    """Return the defects that fit, by severity and age; of the open ones, unless all are asked."""
    defects = Defect.objects.filter(project=project)
    waiting = defects.open()
    serious = waiting.filter(severity__in=[Severity.SHOWSTOPPER, Severity.HIGH]).count()
    shown = _matching(defects if wanted.everything else waiting, wanted, now)
    worst = shown.worst_first().select_related("scenario__process", "process")
    page = Paginator(worst, ROWS_ON_A_PAGE).get_page(number)
    count = page.paginator.count
    return DefectList(
        rows=[_row(defect, now) for defect in page],
        page=page,
        found=ngettext("%(number)s found", "%(number)s found", count)
        % {"number": amount_text(count)},
        answer=_answer(waiting.count(), serious),
        trail=trail_of(project, _("Defects")),
        any_at_all=bool(count) or defects.exists(),
    )


def _matching(shown: DefectQuerySet, wanted: WantedDefects, now: datetime) -> DefectQuerySet:
    found = shown
    if wanted.severities:
        found = found.filter(severity__in=wanted.severities)
    if wanted.state == REOPENED:
        found = found.filter(was_reopened=True)
    elif wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.youngest:
        found = found.filter(raised_at__lte=now - wanted.youngest)
    if wanted.oldest:
        found = found.filter(raised_at__gt=now - wanted.oldest)
    if wanted.triage:
        found = found.filter(triage=wanted.triage)
    return _of_place(found, wanted)


def _of_place(shown: DefectQuerySet, wanted: WantedDefects) -> DefectQuerySet:
    found = shown
    if wanted.process:
        found = found.of_owned_process(str(wanted.process.public_id))
    if wanted.without_process:
        found = found.of_no_process()
    return found.not_cared_for() if wanted.not_cared_for else found


def _answer(waiting: int, serious: int) -> str:
    return ngettext(
        "%(waiting)s defect is open, %(serious)s of them showstopper or high.",
        "%(waiting)s defects are open, %(serious)s of them showstopper or high.",
        waiting,
    ) % {"waiting": amount_text(waiting), "serious": amount_text(serious)}


def _row(defect: Defect, now: datetime) -> DefectRow:
    shape, tone = SEVERITY_TONES[Severity(defect.severity)]
    process = defect.process or (defect.scenario.process if defect.scenario else None)
    days = max((now - defect.raised_at) // DAY, 0)
    return DefectRow(
        defect,
        shape,
        tone,
        str(process) if process else "",
        ngettext("%(days)s day", "%(days)s days", days) % {"days": amount_text(days)},
        is_late=bool(defect.is_open and defect.fix_due_date and defect.fix_due_date < now.date()),
    )
