"""The first thing a project's page says: the verdict, its date, and how sure we are."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Project, ProjectMark
from readiness.charts.looks import number_words
from readiness.choices import Verdict
from readiness.models import Snapshot
from readiness.pages.listing import JudgedProject
from readiness.pages.nights import night_line
from readiness.pages.recorded import (
    Body,
    gap_words,
    reported_colour,
    sentence_after_verdict,
    untested_in,
)
from readiness.pages.rows import NightLine
from readiness.pages.words import (
    ago_text,
    countdown_text,
    day_text,
    moment_text,
    t_minus_text,
)
from readiness.querysets import SnapshotQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One project's verdict in one sentence, with the dates it stands on."""

    name: str
    client: str
    verdict: str
    sentence: str
    is_frozen: bool
    go_live: str
    countdown: str
    t_minus: str
    reported: str
    gap: str
    hard_misses: int
    accepted_risks: int
    not_applicable: int
    caveats: int
    untested: str
    untested_href: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Freshness:
    """Say whether the judgement is still the newest word, and when the last night ran."""

    being_judged: bool
    changed_ago: str
    night: NightLine
    version_href: str
    as_of: str = ""


def newest_snapshot(project: Project, *, as_of: datetime, light: bool = False) -> Snapshot | None:
    """Return the judgement that counts at a moment; a light one reads its body when asked."""
    judged = _judged(project, as_of=as_of)
    return (judged.defer("body") if light else judged).first()


def _judged(project: Project, *, as_of: datetime) -> SnapshotQuerySet:
    return Snapshot.objects.of_projects([project.pk]).made_by(as_of).newest_first()


def head_of(project: Project, snapshot: Snapshot | None, body: Body, *, zone: tzinfo) -> Head:
    """Return the head of a project's page."""
    date = snapshot.go_live_date if snapshot else project.go_live_date
    left = body.get("days_left")
    return Head(
        name=project.name,
        client=project.organisation.name,
        verdict=snapshot.verdict if snapshot else Verdict.NOT_OPEN,
        sentence=sentence_after_verdict(body["headline"]) if snapshot else _("Not judged yet"),
        is_frozen=bool(body.get("freeze")),
        go_live=day_text(date) if date else _("no date set"),
        countdown="" if left is None else countdown_text(left),
        t_minus="" if left is None else t_minus_text(left),
        reported=reported_colour(body),
        gap=gap_words(body, zone=zone),
        hard_misses=snapshot.hard_misses if snapshot else 0,
        accepted_risks=snapshot.accepted_risks if snapshot else 0,
        not_applicable=len(body.get("exempted", ())),
        caveats=len(body.get("caveats", ())),
        untested=untested_text(untested_in(body)),
        untested_href=untested_href(project),
        as_of=moment_text(snapshot.as_of, zone=zone) if snapshot else "",
    )


def untested_text(number: int) -> str:
    """Return how many scenarios nobody tested; empty when none is left."""
    if not number:
        return ""
    text = ngettext(
        "%(number)s scenario nobody tested", "%(number)s scenarios nobody tested", number
    )
    return text % {"number": number_words(number)}


def untested_href(project: Project) -> str:
    """Return where the scenarios are that nobody tested."""
    return f"{reverse('uat:scenario-list', args=[project.public_id])}?state=open"


def freshness_of(
    project: Project, snapshot: Snapshot | None, *, now: datetime, zone: tzinfo
) -> Freshness:
    """Return how fresh the judgement is; before the first one nothing is being judged again."""
    mark = getattr(project, "mark", None)
    return Freshness(
        being_judged=snapshot is not None and JudgedProject(project, snapshot).being_judged,
        changed_ago=ago_text(mark.marked_at, now=now) if mark else "",
        night=night_line(project.pk, opened_at=project.created_at, now=now, zone=zone),
        version_href=version_href(project, version_of(snapshot, mark)),
        as_of=moment_text(snapshot.as_of, zone=zone) if snapshot else "",
    )


def version_of(snapshot: Snapshot | None, mark: ProjectMark | None) -> str:
    """Return what changes whenever the page would: the judgement, or a change after it."""
    return f"{snapshot.etag[:16] if snapshot else 'none'}-{mark.version if mark else 0}"


def version_href(project: Project, version: str) -> str:
    """Return where an open page asks whether it is still the newest."""
    address = reverse("readiness:gate-version", args=[project.public_id])
    return f"{address}?have={version}"


def current_version(project: Project, *, as_of: datetime) -> str:
    """Return the version an open page of this project should have."""
    snapshot = _judged(project, as_of=as_of).only("etag").first()
    return version_of(snapshot, getattr(project, "mark", None))
