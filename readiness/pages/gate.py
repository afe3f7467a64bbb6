"""One project's gate: the verdict first, why second, who must act third."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from governance.models import Project
from readiness.models import Snapshot
from readiness.pages.findings import Setting, criterion_href
from readiness.pages.heads import Freshness, Head, freshness_of, head_of, newest_snapshot
from readiness.pages.heat import heat_columns, heat_rows
from readiness.pages.history import (
    TrendPicture,
    days_of,
    measured_a_week_before,
    trend_of_days,
)
from readiness.pages.recorded import Body, body_of, moment_of, people
from readiness.pages.rows import GateStep, HeatRow
from readiness.pages.sections import GateSection, rail_of, sections_of
from readiness.pages.words import countdown_text, moment_text

FIRST_ACTIONS = 5
"""So many actions stand above the fold; the others are one click away."""


@dataclass(frozen=True, slots=True)
class Action:
    """What has to happen, by whom, and which criterion asks for it."""

    text: str
    why: str
    who: str
    gate: str
    key: str
    state: str
    href: str


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk somebody accepted, until when, why, and what is done instead."""

    key: str
    wording: str
    who: str
    until: str
    left: str
    reason: str
    control: str
    href: str


@dataclass(frozen=True, slots=True)
class Reservation:
    """A caveat somebody wrote down."""

    text: str
    who: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePage:
    """Everything the gate page shows; `judged` is False before the first judgement."""

    public_id: str
    judged: bool
    head: Head
    fresh: Freshness
    actions: list[Action]
    more_actions: list[Action]
    risks: list[Risk]
    caveats: list[Reservation]
    rail: list[GateStep]
    sections: list[GateSection]
    heat_columns: list[str]
    heat_rows: list[HeatRow]
    trend: TrendPicture | None
    imprint: str


def gate_page(project: Project, *, now: datetime) -> GatePage:
    """Return what the newest judgement of a project says, down to the words."""
    snapshot = newest_snapshot(project, as_of=now)
    body, zone = body_of(snapshot), ZoneInfo(project.time_zone)
    days = days_of(snapshot) if snapshot else []
    actions = [_action(each, project) for each in body.get("actions", ())]
    return GatePage(
        public_id=str(project.public_id),
        judged=snapshot is not None,
        head=head_of(project, snapshot, body, zone=zone),
        fresh=freshness_of(project, snapshot, now=now, zone=zone),
        actions=actions[:FIRST_ACTIONS],
        more_actions=actions[FIRST_ACTIONS:],
        risks=[_risk(each, project, zone, now) for each in body.get("accepted_risks", ())],
        caveats=[_reservation(each, zone) for each in body.get("caveats", ())],
        rail=rail_of(body),
        sections=sections_of(body, setting_of(project, snapshot, body, days=days)),
        heat_columns=heat_columns(body),
        heat_rows=heat_rows(body, project),
        trend=trend_of_days(days),
        imprint=imprint_of(body),
    )


def setting_of(
    project: Project, snapshot: Snapshot | None, body: Body, *, days: Sequence[Snapshot]
) -> Setting:
    """Return what the findings of a snapshot are read with."""
    zone = ZoneInfo(project.time_zone)
    kinds = {
        finding["criterion"]: finding["kind"]
        for gate in body.get("gates", ())
        for finding in gate["findings"]
    }
    return Setting(
        project=project,
        zone=zone,
        counted_at=moment_text(snapshot.as_of, zone=zone) if snapshot else "",
        earlier=measured_a_week_before(days, kinds),
    )


def imprint_of(body: Body) -> str:
    """Return by what a judgement can be found and checked again."""
    policy = body.get("policy")
    if not policy:
        return "No policy has been adopted."
    return (
        f"Judged by policy {policy['key']} version {policy['version']}, {body['code_version']}."
        f" Inputs {body['inputs_hash'][:16]}, judgement {body['id']}."
    )


def _action(recorded: Mapping[str, Any], project: Project) -> Action:
    gate, key = recorded["gate"], recorded["criterion"]
    return Action(
        text=recorded["todo"] or recorded["sentence"],
        why=recorded["sentence"],
        who=people(recorded["who"]),
        gate=gate,
        key=key,
        state=recorded["state"],
        href=criterion_href(project, gate, key),
    )


def _risk(recorded: Mapping[str, Any], project: Project, zone: tzinfo, now: datetime) -> Risk:
    expires_at = moment_of(recorded["expires_at"]) or now
    days = (expires_at.astimezone(zone).date() - now.astimezone(zone).date()).days
    spare = "" if recorded["is_needed"] else "; no miss hangs on it now"
    return Risk(
        key=recorded["criterion"],
        wording=recorded["wording"],
        who=f"{recorded['approver']} ({recorded['approver_role']})",
        until=moment_text(expires_at, zone=zone),
        left=f"{'ended' if expires_at <= now else 'ends'} {countdown_text(days)}{spare}",
        reason=recorded["reason"],
        control=recorded["control"],
        href=criterion_href(project, recorded["gate"] or "-", recorded["criterion"]),
    )


def _reservation(recorded: Mapping[str, Any], zone: tzinfo) -> Reservation:
    moment = moment_of(recorded["at"])
    when = moment_text(moment, zone=zone) if moment else ""
    return Reservation(recorded["text"], recorded["by"], when)
