"""Build the paper of one snapshot: recorded values in, words out; nothing is computed anew."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from governance.readings import ReadingKind
from readiness.charts.progress import burn_up_chart
from readiness.choices import SnapshotTrigger
from readiness.models import Snapshot
from readiness.pages.actions import agenda_of
from readiness.pages.authority import matters_of
from readiness.pages.findings import Setting
from readiness.pages.gate import setting_of
from readiness.pages.heat import heat_columns, heat_rows
from readiness.pages.history import point_of, trend_of_days
from readiness.pages.moves import naming_of
from readiness.pages.pictures import ChartPicture, picture_of
from readiness.pages.recorded import Body, body_of, findings_in
from readiness.pages.turns import turns_of
from reports.rendering.answering import actions_of, answer_of, caveats_of, masthead_of, risks_of
from reports.rendering.changes import changes_between
from reports.rendering.contents import Drawing, Exempted, Imprint, Paper
from reports.rendering.gates import gate_line
from reports.rendering.signatures import signature_lines
from reports.services.gathering import Evidence

DRAWN_METRICS = ("uat.exec_pct", "trn.complete_pct", "uat.pass_pct", "trn.prof_pct")
"""Shares that are drawn as they grew, two of them at most: testing first, then training."""
MOST_DRAWN = 2
DRAWN_WIDTH, DRAWN_HEIGHT = 300, 100


def paper_of(evidence: Evidence, *, template_version: str) -> Paper:
    """Return everything the report of a snapshot prints."""
    snapshot = evidence.snapshot
    body = body_of(snapshot)
    project, zone = snapshot.project, ZoneInfo(body["project"]["time_zone"])
    today = date.fromisoformat(body["local_date"])
    signatures, meanings = signature_lines(body["heat_map"], evidence.signoffs, zone=zone)
    earlier = None if evidence.earlier is None else body_of(evidence.earlier)
    agenda, naming = agenda_of(body, project), naming_of(project, body)
    setting = _setting(evidence, body)
    return Paper(
        masthead=masthead_of(body, partners=evidence.partners, zone=zone),
        answer=answer_of(body, zone=zone),
        agenda=agenda.sentence,
        actions=actions_of(agenda, body),
        shares=agenda.shares,
        risks=tuple(risks_of(body, zone=zone, today=today, resets=evidence.approver_resets)),
        caveats=tuple(caveats_of(body, zone=zone)),
        gates=tuple(gate_line(gate, setting, today=today) for gate in body["gates"]),
        trend=_trend(trend_of_days(evidence.days)),
        burn_ups=tuple(_burn_ups(evidence, body))[:MOST_DRAWN],
        turns=tuple(turns_of(evidence.turns, evidence.findings, naming=naming, zone=zone)),
        changes=changes_between(earlier, body, was_reported=evidence.was_reported),
        matters=tuple(matters_of(body, project)),
        heat_columns=tuple(heat_columns(body)),
        heat_rows=tuple(heat_rows(body, project)),
        signatures=signatures,
        meanings=meanings,
        exempted=tuple(_exempted(body)),
        imprint=replace(_imprint(snapshot, body, template_version), holds=evidence.holds),
    )


def _setting(evidence: Evidence, body: Body) -> Setting:
    snapshot = evidence.snapshot
    return setting_of(
        snapshot.project,
        snapshot=snapshot,
        body=body,
        samples=evidence.weeks,
        found=evidence.findings,
    )


def _trend(picture: ChartPicture | None) -> Drawing:
    if picture is None:
        words = _("This is the first judgement; the trend starts tomorrow.")
        return Drawing(_("Trend"), words, SafeString(""))
    return Drawing(picture.title, picture.words, picture.drawing)


def _burn_ups(evidence: Evidence, body: Body) -> Iterator[Drawing]:
    """Yield how the shares that matter most grew against what was due, week by week."""
    shares = {
        finding["metric"]: finding
        for _gate, finding in findings_in(body)
        if finding["kind"] == ReadingKind.SHARE
    }
    for metric in DRAWN_METRICS:
        if metric in shares:
            yield from _burn_up(evidence, shares[metric])


def _burn_up(evidence: Evidence, finding: Mapping[str, Any]) -> Iterator[Drawing]:
    pairs = [
        (week, evidence.findings[week.pk].get(finding["criterion"])) for week in evidence.weeks
    ]
    points = [
        point_of(found, ReadingKind.SHARE, day=week.local_date) for week, found in pairs if found
    ]
    chart = burn_up_chart(points, title=finding["wording"].rstrip("."))
    if chart is not None:
        size = {"width": DRAWN_WIDTH, "height": DRAWN_HEIGHT}
        picture = picture_of(replace(chart, spec=chart.spec | size))
        yield from () if picture is None else (_trend(picture),)


def _exempted(body: Body) -> Iterator[Exempted]:
    for each in body["exempted"]:
        told = {"reason": each["reason"], "approver": each["approver"]}
        sentence = _("%(reason)s (approved by %(approver)s)") % told
        yield Exempted(f"{each['gate']} {each['criterion']}", each["wording"], sentence)


def _imprint(snapshot: Snapshot, body: Body, template_version: str) -> Imprint:
    policy = body["policy"]
    return Imprint(
        policy=_policy(policy) if policy else _("none adopted"),
        policy_hash=policy["hash"] if policy else _("none"),
        inputs_hash=body["inputs_hash"],
        snapshot=body["id"],
        body_hash=snapshot.etag,
        code_version=body["code_version"],
        template_version=template_version,
        trigger=_trigger(body),
    )


def _policy(policy: Mapping[str, Any]) -> str:
    return _("%(policy)s, version %(version)s") % {
        "policy": policy["key"],
        "version": policy["version"],
    }


def _trigger(body: Body) -> str:
    trigger = str(SnapshotTrigger(body["trigger"]).label)
    return _("%(trigger)s, late") % {"trigger": trigger} if body["is_late"] else trigger
