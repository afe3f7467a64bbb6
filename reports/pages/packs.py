"""What the page of packs shows: the reader's own exports of the record, and how to verify one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import JobState
from governance.models import Job, Project
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat
from governance.permissions.acts import EXPORT_RECORD
from readiness.pages.words import ago_text, moment_text
from reports.services.packing import packs_of

SHOWN = 20
PATIENCE = timedelta(minutes=2)
"""A job nobody took for so long means that no worker runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRow:
    """One export: when, how much it covers, and where its two files are; or why there are none."""

    title: str
    facts: str
    sha256: str
    checkpoint: str
    href: str
    checkpoint_href: str
    failed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackList:
    """The reader's exports; `waits` while one is on its way, `is_stuck` when no worker took it."""

    trail: list[Step]
    answer: str
    rows: list[PackRow]
    waits: bool
    is_stuck: bool
    asked: str
    may_export: bool
    href: str
    request_href: str


def pack_list(seat: Seat, *, now: datetime) -> PackList:
    """Return a reader's own exports of a record, the newest first."""
    project = seat.project
    jobs = list(packs_of(project, exported_by=seat.user)[:SHOWN])
    waiting = [job for job in jobs if job.state in (JobState.PENDING, JobState.RUNNING)]
    rows = [_row(job, project) for job in jobs if job not in waiting]
    return PackList(
        trail=trail_of(project, _("Export of the record")),
        answer=_("A pack proves the whole record, without this server and years from now."),
        rows=rows,
        waits=bool(waiting),
        is_stuck=any(_is_stuck(job, now) for job in waiting),
        asked=ago_text(waiting[0].created_at, now=now) if waiting else "",
        may_export=EXPORT_RECORD.allows(seat),
        href=reverse("reports:pack-list", args=[project.public_id]),
        request_href=reverse("reports:pack-request", args=[project.public_id]),
    )


def pack_name(job: Job) -> str:
    """Return the name a downloaded pack carries: the project's slug, and how much it covers."""
    slug = job.project.slug if job.project else "project"
    return f"{slug}-record-{job.payload.get('size', 0)}.zip"


def _is_stuck(job: Job, now: datetime) -> bool:
    return job.state == JobState.PENDING and now - job.created_at > PATIENCE


def _row(job: Job, project: Project) -> PackRow:
    told: dict[str, Any] = job.payload
    at = moment_text(job.created_at, zone=ZoneInfo(project.time_zone))
    names = [project.public_id, job.public_id]
    is_there = bool(told.get("file"))
    return PackRow(
        title=_("Exported %(moment)s") % {"moment": at},
        facts=_facts(int(told.get("size", 0))) if is_there else "",
        sha256=str(told.get("sha256", "")),
        checkpoint=str(told.get("checkpoint", "")),
        href=reverse("reports:pack-download", args=names) if is_there else "",
        checkpoint_href=reverse("reports:checkpoint-download", args=names) if is_there else "",
        failed="" if is_there else job.error,
    )


def _facts(size: int) -> str:
    words = ngettext("%(number)s entry", "%(number)s entries", size)
    return words % {"number": number_format(size, force_grouping=True)}
