"""Measure how much of the client's work a partner does, side by side and month by month."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from governance.models import Project
from governance.querysets.batches import batches
from governance.querysets.parties import (
    OpenAssumption,
    PartTally,
    assumption_parts,
    open_assumptions,
    outcome_parts,
)
from governance.querysets.windows import EVERYTHING, Windows, windows_of
from readiness.choices import PartnerArea, PartnerBand
from readiness.policy.dependence import band_of, worst_band
from readiness.querysets.support import support_parts
from uat.querysets.parties import run_parts, triage_parts
from uat.querysets.retests import retests

MONTHS = 12
Ask = Callable[[Windows], Iterator[PartTally]]
ASKED: dict[PartnerArea, Ask] = {
    PartnerArea.DECISIONS: outcome_parts,
    PartnerArea.ASSUMPTIONS: assumption_parts,
    PartnerArea.RUNS: run_parts,
    PartnerArea.TRIAGE: triage_parts,
    PartnerArea.SUPPORT: support_parts,
}


@dataclass(frozen=True, slots=True)
class Part:
    """What a partner did of one thing; of `unknown` nobody knows who did it."""

    area: PartnerArea
    done: int = 0
    due: int = 0
    unknown: int = 0

    @property
    def band(self) -> PartnerBand:
        """Return how much that is."""
        return band_of(self.area, done=self.done, due=self.due)


@dataclass(frozen=True, slots=True)
class Dependence:
    """How much hangs on a partner: everything so far, and the months up to now."""

    parts: Mapping[PartnerArea, Part]
    months: Mapping[date, Mapping[PartnerArea, Part]] = field(default_factory=dict)

    @property
    def band(self) -> PartnerBand:
        """Return the worst band; there is no average."""
        return worst_band(part.band for part in self.parts.values())


def dependence_of(project: Project, *, as_of: datetime) -> Dependence:
    """Return how much hangs on the partner, by one query for each area."""
    zones = {project.pk: ZoneInfo(project.time_zone)}
    windows = windows_of(zones, as_of=as_of, months=MONTHS)
    found = _parts(windows, tuple(ASKED))
    months = {
        window.month: _of_place(found, project.pk, window.place)
        for window in windows.each
        if window.month is not None
    }
    return Dependence(_of_place(found, project.pk, EVERYTHING), months)


_Found = Mapping[tuple[int, int], Mapping[PartnerArea, Part]]


def _parts(windows: Windows, areas: Collection[PartnerArea]) -> _Found:
    found: dict[tuple[int, int], dict[PartnerArea, Part]] = {}
    for area in areas:
        for row in ASKED[area](windows):
            part = Part(area, done=row.by_partner, due=row.everything, unknown=row.unknown)
            found.setdefault((row.project_id, row.place), {})[area] = part
    return found


def _of_place(found: _Found, project_id: int, place: int) -> dict[PartnerArea, Part]:
    known = found.get((project_id, place), {})
    return {area: known.get(area, Part(area)) for area in PartnerArea}


def waiting_assumptions(
    *, project_ids: Collection[int], as_of: datetime
) -> dict[int, list[OpenAssumption]]:
    """Return project id -> the assumptions that wait for an owner's word, the oldest first."""
    found: dict[int, list[OpenAssumption]] = {}
    for batch in batches(project_ids=project_ids, as_of=as_of):
        for row in open_assumptions(batch):
            found.setdefault(row.project_id, []).append(row)
    return found


# Runs are a criterion of their own on the same page (eng.client_exec_share).
ON_PAPER = (
    PartnerArea.DECISIONS,
    PartnerArea.ASSUMPTIONS,
    PartnerArea.TRIAGE,
    PartnerArea.SUPPORT,
)


def partner_paper(*, project_ids: Collection[int], as_of: datetime) -> dict[int, dict[str, Any]]:
    """Return project id -> what page one says of the partner; nothing where there is none."""
    windows = windows_of(dict.fromkeys(project_ids, ZoneInfo("UTC")), as_of=as_of)
    parts = _parts(windows, ON_PAPER)
    waiting = waiting_assumptions(project_ids=project_ids, as_of=as_of)
    anew: dict[int, set[str]] = {}
    for row in retests(project_ids=project_ids, as_of=as_of):
        anew.setdefault(row.project_id, set()).add(row.scenario_id)
    found = {}
    for project_id in project_ids:
        known = parts.get((project_id, EVERYTHING), {})
        if known or project_id in waiting or project_id in anew:
            found[project_id] = {
                "assumptions": len(waiting.get(project_id, ())),
                "debt": sum(row.debt for row in waiting.get(project_id, ())),
                "rework": len(anew.get(project_id, ())),
                "shares": [_share(known[area]) for area in ON_PAPER if area in known],
            }
    return found


def _share(part: Part) -> dict[str, Any]:
    return {
        "area": str(part.area),
        "done": part.done,
        "due": part.due,
        "band": str(part.band),
    }
