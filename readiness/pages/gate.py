"""One project's gate: the verdict first, why second, who must act third.

`GatePage` is what every reader asks anew and costs little. `GateStory` is the judgement as a
page: it is the same for everybody until the next judgement or the next day, so the template
keeps it by `GatePage.stored_as` and nothing of it is prepared while it is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from governance.models import Project, User
from governance.pages.places import place_of
from readiness.choices import Verdict
from readiness.models import Snapshot
from readiness.pages.actions import Agenda, agenda_of
from readiness.pages.authority import Matter, matters_of
from readiness.pages.findings import Setting, criterion_href
from readiness.pages.heads import Freshness, Head, freshness_of, head_of, newest_snapshot
from readiness.pages.heat import heat_columns, heat_rows
from readiness.pages.history import (
    Findings,
    Judged,
    earlier_figures,
    findings_of,
    judgements_of,
    last_of_each_day,
    lines_of,
    weekly,
)
from readiness.pages.layout import edition
from readiness.pages.moves import naming_of
from readiness.pages.opened import opened_text
from readiness.pages.recorded import Body, body_of, findings_in, moment_of
from readiness.pages.rows import GateStep, HeatRow
from readiness.pages.sections import GateSection, rail_of, sections_of
from readiness.pages.turns import Turn, turning_points, turns_of
from readiness.pages.visits import SinceVisit, since_visit
from readiness.pages.words import countdown_text, moment_text

SHOWN_TURNS = 3


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
    """A caveat somebody wrote down, the row whose note it is, and who has opened it."""

    text: str
    who: str
    when: str
    source: str
    opened: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GateStory:
    """What the newest judgement says, down to the words."""

    head: Head
    agenda: Agenda
    risks: list[Risk]
    caveats: list[Reservation]
    rail: list[GateStep]
    sections: list[GateSection]
    heat_columns: list[str]
    heat_rows: list[HeatRow]
    turns: list[Turn]
    matters: list[Matter]
    imprint: str


@dataclass(frozen=True, kw_only=True)
class GatePage:
    """Everything the gate page shows; `judged` is False before the first judgement."""

    project: Project
    snapshot: Snapshot | None
    now: datetime
    fresh: Freshness
    since: SinceVisit | None
    upgrade: str

    @property
    def judged(self) -> bool:
        """Say whether the project has been judged."""
        return self.snapshot is not None

    @property
    def verdict(self) -> str:
        """Return the verdict; NOT_OPEN before the first judgement."""
        return self.snapshot.verdict if self.snapshot else Verdict.NOT_OPEN

    @property
    def version(self) -> str:
        """Return a few characters that change with the judgement."""
        return self.snapshot.etag[:12] if self.snapshot else ""

    @property
    def zone(self) -> ZoneInfo:
        """Return the project's own time zone."""
        return ZoneInfo(self.project.time_zone)

    @property
    def stored_as(self) -> str:
        """Return what the story is kept by: the judgement, the day it is read on, the layout."""
        today = self.now.astimezone(self.zone).date()
        judged = self.snapshot.etag if self.snapshot else "none"
        return f"{self.project.pk}-{judged}-{today}-{edition()}"

    @cached_property
    def story(self) -> GateStory:
        """Return the judgement as a page; asked for only when it is not kept."""
        return _story(self.project, self.snapshot, now=self.now, zone=self.zone)


def gate_page(project: Project, *, now: datetime, reader: User | None = None) -> GatePage:
    """Return what the newest judgement of a project says, and what is new to its reader."""
    snapshot = newest_snapshot(project, as_of=now, light=True)
    zone = ZoneInfo(project.time_zone)
    since = None
    if reader is not None and snapshot is not None:
        since = since_visit(reader, project, shown=snapshot, now=now, zone=zone)
    return GatePage(
        project=project,
        snapshot=snapshot,
        now=now,
        fresh=freshness_of(project, snapshot, now=now, zone=zone),
        since=since,
        upgrade=upgrade_text(project),
    )


def upgrade_text(project: Project) -> str:
    """Return from what to what the project goes; empty when neither is known."""
    platforms = {"old": project.from_platform, "new": project.to_platform}
    if all(platforms.values()):
        return _("%(old)s to %(new)s") % platforms
    return project.from_platform or project.to_platform


def _story(
    project: Project, snapshot: Snapshot | None, *, now: datetime, zone: tzinfo
) -> GateStory:
    body = body_of(snapshot)
    judgements = judgements_of(snapshot) if snapshot else []
    pairs = turning_points(judgements)[:SHOWN_TURNS]
    samples = weekly(last_of_each_day(judgements))
    found = findings_of({each.pk for each in [*samples, *(one for pair in pairs for one in pair)]})
    setting = setting_of(project, snapshot=snapshot, body=body, samples=samples, found=found)
    return GateStory(
        head=head_of(project, snapshot, body, zone=zone),
        agenda=agenda_of(body, project),
        risks=[_risk(each, project, zone, now) for each in body.get("accepted_risks", ())],
        caveats=[_reservation(each, project, zone) for each in body.get("caveats", ())],
        rail=rail_of(body),
        sections=sections_of(body, setting),
        heat_columns=heat_columns(body),
        heat_rows=heat_rows(body, project),
        turns=turns_of(pairs, found, naming=naming_of(project, body), zone=zone),
        matters=list(matters_of(body, project)),
        imprint=imprint_of(body),
    )


def setting_of(
    project: Project,
    *,
    snapshot: Snapshot | None,
    body: Body,
    samples: list[Judged],
    found: Mapping[int, Findings],
) -> Setting:
    """Return what the findings of a snapshot are read with: their own past, week by week."""
    zone = ZoneInfo(project.time_zone)
    kinds = {finding["criterion"]: finding["kind"] for _gate, finding in findings_in(body)}
    return Setting(
        project=project,
        zone=zone,
        counted_at=moment_text(snapshot.as_of, zone=zone) if snapshot else "",
        earlier=earlier_figures(samples, found, kinds),
        lines=lines_of(samples, found, kinds),
    )


def imprint_of(body: Body) -> str:
    """Return by what a judgement can be found and checked again."""
    policy = body.get("policy")
    if not policy:
        return _("No policy has been adopted.")
    told = {
        "policy": policy["key"],
        "version": policy["version"],
        "code": body["code_version"],
        "inputs": body["inputs_hash"][:16],
        "judgement": body["id"],
    }
    return (
        _(
            "Judged by policy %(policy)s version %(version)s, %(code)s."
            " Inputs %(inputs)s, judgement %(judgement)s."
        )
        % told
    )


def _risk(recorded: Mapping[str, Any], project: Project, zone: tzinfo, now: datetime) -> Risk:
    expires_at = moment_of(recorded["expires_at"]) or now
    days = (expires_at.astimezone(zone).date() - now.astimezone(zone).date()).days
    return Risk(
        key=recorded["criterion"],
        wording=recorded["wording"],
        who=f"{recorded['approver']} ({recorded['approver_role']})",
        until=moment_text(expires_at, zone=zone),
        left=_left(countdown_text(days), ended=expires_at <= now, needed=recorded["is_needed"]),
        reason=recorded["reason"],
        control=recorded["control"],
        href=criterion_href(project, recorded["gate"] or "-", recorded["criterion"]),
    )


def _left(when: str, *, ended: bool, needed: bool) -> str:
    """Return when an acceptance ends, and whether anything hangs on it."""
    if ended:
        said = _("ended %(when)s; no miss hangs on it now") if not needed else _("ended %(when)s")
    elif needed:
        said = _("ends %(when)s")
    else:
        said = _("ends %(when)s; no miss hangs on it now")
    return said % {"when": when}


def _reservation(recorded: Mapping[str, Any], project: Project, zone: tzinfo) -> Reservation:
    moment = moment_of(recorded["at"])
    return Reservation(
        text=recorded["text"],
        who=recorded["by"],
        when=moment_text(moment, zone=zone) if moment else "",
        source=recorded.get("source", ""),
        opened=opened_text(recorded),
        href=place_of(project, noun="caveat", subject_id=recorded.get("id", "")),
    )
