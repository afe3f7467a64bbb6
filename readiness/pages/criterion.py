"""One criterion: how it came out, why, what to do, and the rows behind its number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse

from governance.pages.trail import Step, trail_of
from governance.permissions import Seat, may_ask_for_acceptance, may_report_metric
from governance.readings import ReadingKind
from readiness.charts.progress import burn_up_chart
from readiness.choices import MetricOrigin
from readiness.models import Criterion
from readiness.pages.behind import Behind, behind
from readiness.pages.findings import criterion_row
from readiness.pages.gate import setting_of
from readiness.pages.heads import Freshness, freshness_of, newest_snapshot
from readiness.pages.history import (
    Found,
    Judged,
    due_of,
    figure_of,
    history_of,
    judgements_of,
    last_of_each_day,
    point_of,
    weekly,
)
from readiness.pages.listing import roles_behind
from readiness.pages.pictures import ChartPicture, picture_of
from readiness.pages.recorded import Body, body_of, findings_in
from readiness.pages.risks import NOT_TO_BE_ASKED
from readiness.pages.rows import CriterionRow
from readiness.pages.spoken import policy_text
from readiness.pages.words import day_text, moment_text

MOST_CHANGES = 30


@dataclass(frozen=True, slots=True)
class PastState:
    """How a criterion stood from one day on."""

    day: str
    state: str
    figure: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionPage:
    """Everything the page of one criterion shows."""

    trail: list[Step]
    row: CriterionRow
    sentence: str
    todo: str
    why: str
    is_reported: bool
    report_href: str
    ask_href: str
    as_of: str
    fresh: Freshness
    behind: Behind
    picture: ChartPicture | None
    past: list[PastState]


def criterion_page(seat: Seat, *, gate_key: str, key: str, now: datetime) -> CriterionPage | None:
    """Return a criterion as the newest judgement found it; None when it found no such one."""
    project = seat.project
    snapshot, zone = newest_snapshot(project, as_of=now), ZoneInfo(project.time_zone)
    body = body_of(snapshot)
    finding = _finding(body, gate_key, key)
    if snapshot is None or finding is None:
        return None
    days = last_of_each_day(judgements_of(snapshot))
    history = history_of(days, key, gate_key=gate_key)
    samples = weekly(days)
    found = {day.pk: {key: each} for day, each in history}
    terms = Criterion.objects.filter(policy_id=snapshot.policy_id or 0, key=key).first()
    is_reported = terms is None or terms.origin == MetricOrigin.REPORTED
    return CriterionPage(
        trail=trail_of(project, f"{gate_key} {key}"),
        row=criterion_row(
            finding,
            gate_key=gate_key,
            setting=setting_of(project, snapshot=snapshot, body=body, samples=samples, found=found),
        ),
        sentence=finding["sentence"],
        todo=finding["todo"],
        why=policy_text(terms.why) if terms else "",
        is_reported=is_reported,
        report_href=_report_href(seat, finding["metric"]) if is_reported else "",
        ask_href=_ask_href(seat, f"{gate_key} {key}", state=finding["state"]),
        as_of=moment_text(snapshot.as_of, zone=zone),
        fresh=freshness_of(project, snapshot, now=now, zone=zone),
        behind=behind(project, finding["metric"], is_reported=is_reported),
        picture=_picture(history, finding),
        past=_past(history, finding["kind"]),
    )


def _report_href(seat: Seat, metric: str) -> str:
    """Return where the figure is reported; empty for those who may not."""
    if not may_report_metric(seat, roles_behind(seat.project, metric=metric)):
        return ""
    return reverse("readiness:reported-detail", args=[seat.project.public_id, metric])


def _ask_href(seat: Seat, criterion: str, *, state: str) -> str:
    """Return where the risk of a miss can be put before an executive; empty where it cannot."""
    if state in NOT_TO_BE_ASKED or not may_ask_for_acceptance(seat):
        return ""
    address = reverse("readiness:request-add", args=[seat.project.public_id])
    return f"{address}?{urlencode({'criterion': criterion})}"


def _finding(body: Body, gate_key: str, key: str) -> Mapping[str, Any] | None:
    found = (
        finding
        for gate, finding in findings_in(body)
        if gate["key"] == gate_key and finding["criterion"] == key
    )
    return next(found, None)


def _picture(
    history: Sequence[tuple[Judged, Found]], finding: Mapping[str, Any]
) -> ChartPicture | None:
    """Return a share against its glide path; other figures have the table of changes alone."""
    if finding["kind"] != ReadingKind.SHARE:
        return None
    points = [point_of(found, finding["kind"], day=day.local_date) for day, found in history]
    chart = burn_up_chart(points, title=finding["wording"].rstrip("."))
    return picture_of(chart, newest_first=True)


def _past(history: Sequence[tuple[Judged, Found]], kind: str) -> list[PastState]:
    """Return the days on which the criterion changed, newest first."""
    past: list[PastState] = []
    for day, found in history:
        figure = figure_of(found, kind)
        if not past or (past[-1].state, past[-1].figure) != (found.state, figure):
            due = due_of(found, kind)
            past.append(PastState(day_text(day.local_date), found.state, figure, due))
    return past[::-1][:MOST_CHANGES]
