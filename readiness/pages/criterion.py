"""One criterion: how it came out, why, what to do, and the rows behind its number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from governance.models import Project
from governance.pages.trail import Step, trail_of
from readiness.models import Criterion, Finding, Snapshot
from readiness.pages.findings import criterion_row
from readiness.pages.gate import setting_of
from readiness.pages.heads import newest_snapshot
from readiness.pages.history import days_of, figure_of
from readiness.pages.recorded import Body, body_of
from readiness.pages.rows import CriterionRow
from readiness.pages.words import day_text

MOST_CHANGES = 30
Shown = tuple[str, dict[str, str], str]
SHOWN_BY_METRIC: dict[str, Shown] = {
    "uat.exec_pct": ("uat:scenario-list", {"state": "open"}, "Scenarios the business has to run"),
    "uat.unsigned_untested": (
        "uat:scenario-list",
        {"state": "open"},
        "Scenarios the business has to run",
    ),
    "uat.pass_pct": ("uat:scenario-list", {"state": "failed"}, "Scenarios that failed"),
}
SHOWN_BY_KIND: dict[str, Shown] = {
    "uat": ("uat:scenario-list", {}, "Scenarios in scope"),
    "eng": ("uat:scenario-list", {}, "Scenarios in scope"),
    "def": ("uat:defect-list", {}, "Defects, the worst first"),
    "trn": ("training:roster-list", {}, "People and their training"),
    "own": ("governance:owner-list", {}, "Processes and their owners"),
    "scope": ("readiness:process-list", {}, "Processes and their sign-off"),
    "sign": ("readiness:process-list", {}, "Processes and their sign-off"),
    "dec": ("governance:decision-list", {}, "Decisions"),
    "asm": ("governance:assumption-list", {}, "Assumptions of the partner"),
    "wvr": ("readiness:risk-list", {}, "Accepted risks"),
    "rep": ("readiness:status-show", {}, "Reported beside computed status"),
    "gate": ("readiness:gate-show", {}, "The gates before this one"),
}
"""Where the rows behind a metric are: address, what is asked there, title."""

TABLE_PART = ".table-box"
REPORTED_PART = "[aria-labelledby=m-history] .plain-list, [aria-labelledby=m-history] > .soft"
WITHOUT_A_TABLE = ("readiness:gate-show", "readiness:risk-list")


@dataclass(frozen=True, slots=True)
class PastState:
    """How a criterion stood from one day on."""

    day: str
    state: str
    figure: str


@dataclass(frozen=True, slots=True)
class Behind:
    """Where the rows behind a number are; `part` selects them there, empty: only a link."""

    title: str
    href: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class CriterionPage:
    """Everything the page of one criterion shows."""

    trail: list[Step]
    row: CriterionRow
    sentence: str
    todo: str
    why: str
    is_reported: bool
    behind: Behind
    past: list[PastState]


def criterion_page(
    project: Project, *, gate_key: str, key: str, now: datetime
) -> CriterionPage | None:
    """Return a criterion as the newest judgement found it; None when it found no such one."""
    snapshot = newest_snapshot(project, as_of=now)
    body = body_of(snapshot)
    finding = _finding(body, gate_key, key)
    if snapshot is None or finding is None:
        return None
    days = days_of(snapshot)
    setting = setting_of(project, snapshot, body, days=days)
    terms = Criterion.objects.filter(policy_id=snapshot.policy_id or 0, key=key).first()
    return CriterionPage(
        trail=trail_of(project, f"{gate_key} {key}"),
        row=criterion_row(finding, gate_key=gate_key, setting=setting),
        sentence=finding["sentence"],
        todo=finding["todo"],
        why=terms.why if terms else "",
        is_reported=finding["report"] is not None or not _is_counted(finding["metric"]),
        behind=behind(project, finding["metric"]),
        past=_past(days, gate_key, key, finding["kind"]),
    )


def behind(project: Project, metric: str) -> Behind:
    """Return where the rows behind a metric are; what nobody counts here was reported."""
    found = SHOWN_BY_METRIC.get(metric) or SHOWN_BY_KIND.get(metric.partition(".")[0])
    if found is None:
        address = reverse("readiness:reported-detail", args=[project.public_id, metric])
        return Behind("Everything reported for this figure", address, REPORTED_PART)
    name, asked, title = found
    address = reverse(name, args=[project.public_id])
    part = "" if name in WITHOUT_A_TABLE else TABLE_PART
    return Behind(title, f"{address}?{urlencode(asked)}" if asked else address, part)


def _is_counted(metric: str) -> bool:
    return metric.partition(".")[0] in SHOWN_BY_KIND


def _finding(body: Body, gate_key: str, key: str) -> Mapping[str, Any] | None:
    found: Iterable[Mapping[str, Any]] = (
        finding
        for gate in body.get("gates", ())
        if gate["key"] == gate_key
        for finding in gate["findings"]
        if finding["criterion"] == key
    )
    return next(iter(found), None)


def _past(days: Sequence[Snapshot], gate_key: str, key: str, kind: str) -> list[PastState]:
    """Return the days on which the criterion changed, newest first."""
    by_id = {day.pk: day for day in days}
    findings = Finding.objects.filter(
        snapshot_id__in=by_id, gate_key=gate_key, criterion_key=key
    ).order_by("snapshot__as_of")
    past: list[PastState] = []
    for finding in findings:
        figure = figure_of(finding, kind)
        if not past or (past[-1].state, past[-1].figure) != (finding.state, figure):
            day = by_id[finding.snapshot_id].local_date
            past.append(PastState(day_text(day), finding.state, figure))
    return past[::-1][:MOST_CHANGES]
