"""Gather what a report prints beside its snapshot: rows that were on record at that moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from governance.models import Signoff
from governance.pages.holds import holds_in
from readiness.models import Acceptance, Snapshot
from readiness.pages.history import (
    Findings,
    Judged,
    findings_of,
    judgements_of,
    last_of_each_day,
    weekly,
)
from readiness.pages.turns import turning_points
from reports.models import Report

COMPARED_DAYS = 7
SHOWN_TURNS = 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold one snapshot and what belongs to it, all as known at its moment.

    `judgements` are those of the last months, oldest first, the printed one last; `findings`
    are those of the judgements that a line or a turning point needs. `earlier` is what the
    snapshot is compared with: the last reported judgement, else (`was_reported` False) the
    one a week before, or the oldest there is. `signoffs` maps a process, by its public
    identifier, to its newest act; `partners` are the names of the organisations that help;
    `previous` is the report it is compared with, None where there was none.
    `approver_resets` maps an acceptance, by its public identifier, to when its approver's
    second factor was reset shortly before; `holds` tell of every such reset of that week.
    """

    snapshot: Snapshot
    judgements: tuple[Judged, ...]
    findings: Mapping[int, Findings]
    earlier: Snapshot | None
    was_reported: bool
    signoffs: dict[str, Signoff]
    partners: tuple[str, ...]
    previous: Report | None = None
    approver_resets: Mapping[str, datetime] = field(default_factory=dict)
    holds: tuple[str, ...] = ()

    @property
    def days(self) -> list[Judged]:
        """Return one judgement a local day, oldest first."""
        return last_of_each_day(self.judgements)

    @property
    def weeks(self) -> list[Judged]:
        """Return about one judgement a week, oldest first."""
        return weekly(self.days)

    @property
    def turns(self) -> list[tuple[Judged, Judged]]:
        """Return the newest judgements that differ from the one before, each with that one."""
        return turning_points(self.judgements)[:SHOWN_TURNS]

    def needed(self) -> set[int]:
        """Return the judgements whose findings are shown."""
        turned = (each.pk for pair in self.turns for each in pair)
        return {*(each.pk for each in self.weeks), *turned}


def gather_evidence(*, snapshot: Snapshot) -> Evidence:
    """Return what the report of a snapshot is printed from."""
    judgements = tuple(judgements_of(snapshot))
    report = previous_report(snapshot)
    outline = Evidence(
        snapshot=snapshot,
        judgements=judgements,
        findings={},
        earlier=report.snapshot if report else _week_before(judgements),
        was_reported=report is not None,
        signoffs=_signoffs(snapshot),
        partners=_partners(snapshot),
        previous=report,
        approver_resets=_approver_resets(snapshot),
        holds=holds_in(snapshot.project, at=snapshot.as_of),
    )
    return replace(outline, findings=findings_of(outline.needed()))


def previous_report(snapshot: Snapshot) -> Report | None:
    """Return the report a snapshot is compared with; what was printed first decides for good."""
    first = Report.objects.of_snapshot(snapshot).select_related("previous__snapshot").first()
    if first is not None:
        return first.previous
    reports = Report.objects.before(snapshot).select_related("snapshot")
    return reports.newest_first().first()


def _week_before(judgements: Sequence[Judged]) -> Snapshot | None:
    """Return the newest judgement that is at least a week older than the last, or the oldest."""
    *earlier, last = last_of_each_day(judgements)
    border = last.as_of - timedelta(days=COMPARED_DAYS)
    old_enough = [each for each in earlier if each.as_of <= border]
    found = old_enough[-1] if old_enough else next(iter(earlier), None)
    return Snapshot.objects.get(pk=found.pk) if found else None


def _signoffs(snapshot: Snapshot) -> dict[str, Signoff]:
    acts = Signoff.objects.of_projects([snapshot.project_id]).known_at(snapshot.as_of)
    told = acts.of_evidence().with_resets().defer("evidence").select_related("process")
    return {
        str(act.process.public_id): act
        for act in told.order_by("signed_at", "id")
        if act.process is not None
    }


def _approver_resets(snapshot: Snapshot) -> dict[str, datetime]:
    accepted = Acceptance.objects.of_projects([snapshot.project_id]).known_at(snapshot.as_of)
    found = {
        str(row.public_id): getattr(row, "authenticator_reset_at", None)
        for row in accepted.with_resets()
    }
    return {public_id: reset_at for public_id, reset_at in found.items() if reset_at}


def _partners(snapshot: Snapshot) -> tuple[str, ...]:
    partners = snapshot.project.partners.order_by("name")
    return tuple(partners.values_list("name", flat=True))
