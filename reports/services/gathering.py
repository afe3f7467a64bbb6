"""Gather what a report prints beside its snapshot: rows that were on record at that moment."""

from dataclasses import dataclass
from datetime import timedelta

from governance.models import Signoff
from readiness.models import Snapshot
from readiness.pages.history import days_of
from reports.models import Report

COMPARED_DAYS = 7


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold one snapshot and what belongs to it, all as known at its moment.

    `history` is one snapshot a local day, oldest first, the printed one last; `earlier`
    is what it is compared with: the last reported judgement, else (`was_reported` False)
    the one a week before, or the oldest there is. `signoffs` maps a process, by its public
    identifier, to its newest act; `partners` are the names of the organisations that help.
    """

    snapshot: Snapshot
    history: tuple[Snapshot, ...]
    earlier: Snapshot | None
    was_reported: bool
    signoffs: dict[str, Signoff]
    partners: tuple[str, ...]


def gather_evidence(*, snapshot: Snapshot) -> Evidence:
    """Return what the report of a snapshot is printed from."""
    history = tuple(days_of(snapshot))
    report = Report.objects.before(snapshot).select_related("snapshot").newest_first().first()
    return Evidence(
        snapshot=snapshot,
        history=history,
        earlier=report.snapshot if report else _week_before(history),
        was_reported=report is not None,
        signoffs=_signoffs(snapshot),
        partners=_partners(snapshot),
    )


def _week_before(history: tuple[Snapshot, ...]) -> Snapshot | None:
    """Return the newest judgement that is at least a week older than the last, or the oldest."""
    *earlier, last = history
    border = last.as_of - timedelta(days=COMPARED_DAYS)
    old_enough = [row for row in earlier if row.as_of <= border]
    return old_enough[-1] if old_enough else next(iter(earlier), None)


def _signoffs(snapshot: Snapshot) -> dict[str, Signoff]:
    acts = Signoff.objects.of_projects([snapshot.project_id]).known_at(snapshot.as_of)
    in_order = acts.defer("evidence").select_related("process").order_by("signed_at", "id")
    return {str(act.process.public_id): act for act in in_order}


def _partners(snapshot: Snapshot) -> tuple[str, ...]:
    partners = snapshot.project.partners.order_by("name")
    return tuple(partners.values_list("name", flat=True))
