"""How people see the project and its gates, beside what is computed, and what they said before."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Project
from governance.pages.trail import Step, trail_of
from readiness.choices import ReportedColour
from readiness.models import Gate, ReportedStatus, Snapshot
from readiness.pages.caveats import CaveatList, caveat_list
from readiness.pages.recorded import body_of, is_rosier
from readiness.pages.spoken import policy_text
from readiness.pages.words import number_text

PROJECT = ""
ROWS_ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class StatusRow:
    """The project or one gate: the computed verdict, and the colour somebody gave it."""

    item: str
    verdict: str
    colour: str
    status: ReportedStatus | None
    is_rosier: bool


@dataclass(frozen=True, slots=True)
class PastStatus:
    """A colour that was given once; `verdict` is what was computed for the project then."""

    status: ReportedStatus
    item: str
    verdict: str


@dataclass(frozen=True, slots=True)
class StatusPage:
    """Reported beside computed, the caveats, and every colour that was given, newest first."""

    rows: list[StatusRow]
    history: list[PastStatus]
    page: "Page[Any]"
    caveats: CaveatList
    gates: list[tuple[str, str]]
    answer: str
    trail: list[Step]


def status_page(project: Project, *, number: str = "1") -> StatusPage:
    """Return how people see the project and its gates beside what was computed."""
    gates = list(Gate.objects.filter(project=project).order_by("position"))
    names = [(gate.key, f"{gate.key} {policy_text(gate.name)}") for gate in gates]
    statuses = ReportedStatus.objects.filter(project=project)
    newest = {row.gate_key: row for row in statuses.newest_of_items()}
    computed = _computed_verdicts(project)
    whole = (PROJECT, _("The whole project"))
    rows = [
        _status_row(name, computed.get(key, ""), newest.get(key)) for key, name in [whole, *names]
    ]
    given = statuses.with_verdict_then().order_by("-reported_at", "-pk")
    page = Paginator(given, ROWS_ON_A_PAGE).get_page(number)
    return StatusPage(
        rows=rows,
        history=[_past(status, dict([whole, *names])) for status in page],
        page=page,
        caveats=caveat_list(project),
        gates=names,
        answer=_answer(sum(row.is_rosier for row in rows)),
        trail=trail_of(project, _("Status")),
    )


def _answer(rosier: int) -> str:
    if not rosier:
        return _("Nobody reports better than the evidence says.")
    said = ngettext(
        "%(number)s item is reported better than the evidence says.",
        "%(number)s items are reported better than the evidence says.",
        rosier,
    )
    return said % {"number": number_text(rosier)}


def _computed_verdicts(project: Project) -> dict[str, str]:
    snapshot = Snapshot.objects.filter(project=project).newest_first().first()
    if snapshot is None:
        return {}
    gates = body_of(snapshot).get("gates", ())
    return {PROJECT: snapshot.verdict, **{gate["key"]: gate["verdict"] for gate in gates}}


def _status_row(item: str, verdict: str, status: ReportedStatus | None) -> StatusRow:
    colour = status.colour if status else ReportedColour.NOT_REPORTED
    return StatusRow(item, verdict, colour, status, is_rosier(colour, verdict=verdict))


def _past(status: Any, names: dict[str, str]) -> PastStatus:
    verdict = status.verdict_then if status.gate_key == PROJECT else ""
    return PastStatus(status, names.get(status.gate_key, status.gate_key), verdict or "")
