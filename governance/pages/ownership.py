"""Who owns which process, and how the go-live date came to be."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import Criticality
from governance.forms.decisions import owned_processes
from governance.models import BusinessProcess, GoLiveDate, Ownership, Project
from governance.pages.trail import Step, trail_of

CRITICALITIES = list(Criticality.values)


@dataclass(frozen=True, slots=True)
class OwnedRow:
    """One process with its owner and deputy; an empty name is a gap."""

    process: BusinessProcess
    owner: str
    deputy: str

    @property
    def is_complete(self) -> bool:
        """Say whether both places are filled."""
        return bool(self.owner and self.deputy)

    @property
    def weight(self) -> int:
        """Return the place of the criticality, the most critical first."""
        return CRITICALITIES.index(self.process.criticality)

    @property
    def urgency(self) -> tuple[bool, bool, int, str]:
        """Return what orders the list: without owner, without deputy, critical, by code."""
        return bool(self.owner), bool(self.deputy), self.weight, self.process.code


@dataclass(frozen=True, slots=True)
class OwnerList:
    """Every process that has to be owned, with the line that answers first."""

    rows: list[OwnedRow]
    answer: str
    trail: list[Step]


@dataclass(frozen=True, slots=True)
class DateStep:
    """One go-live date that was decided, and the move it made in days."""

    go_live_date: date
    reason: str
    decision: str
    decision_href: str
    decided_by: str
    decided_at: datetime
    moved_days: int | None

    @property
    def moved(self) -> str:
        """Return by how much the date moved, in words; empty for the first date."""
        days = self.moved_days or 0
        if days > 0:
            return ngettext("%(n)d day later", "%(n)d days later", days) % {"n": days}
        if days < 0:
            return ngettext("%(n)d day earlier", "%(n)d days earlier", -days) % {"n": -days}
        return ""


@dataclass(frozen=True, slots=True)
class GoLivePage:
    """The go-live date and how it came to be."""

    answer: str
    history: list[DateStep]
    trail: list[Step]


def owner_list(project: Project) -> OwnerList:
    """Return the processes that are owned and signed, with the gaps counted."""
    processes = owned_processes(project).select_related("owner", "deputy")
    rows = [
        OwnedRow(
            process,
            process.owner.name if process.owner else "",
            process.deputy.name if process.deputy else "",
        )
        for process in processes
    ]
    rows.sort(key=lambda row: row.urgency)
    return OwnerList(rows, _owner_answer(rows), trail_of(project, _("Owners")))


def _owner_answer(rows: list[OwnedRow]) -> str:
    """Return how many processes are owned, and how many nobody owns."""
    if not rows:
        return _("No process is in scope yet.")
    complete = sum(row.is_complete for row in rows)
    terms = {"complete": complete, "all": len(rows)}
    first = _("%(complete)d of %(all)d processes have an owner and a deputy.") % terms
    empty = sum(not row.owner for row in rows)
    second = ngettext(
        "%(n)d has no owner: start there.", "%(n)d have no owner: start there.", empty
    ) % {"n": empty}
    return f"{first} {second}" if empty else first


def ownership_history(process: BusinessProcess) -> list[Ownership]:
    """Return who owned a process, the newest first."""
    rows = Ownership.objects.filter(process=process)
    return list(
        rows.select_related("owner", "deputy", "assigned_by").order_by("-assigned_at", "-pk")
    )


def go_live_page(project: Project) -> GoLivePage:
    """Return the go-live date with every date before it, the newest first."""
    steps = _date_history(project)
    if not steps:
        trail = trail_of(project, _("Go-live date"))
        return GoLivePage(_("No date has been set."), steps, trail)
    moves = len(steps) - 1
    terms = {"day": formats.date_format(steps[0].go_live_date, "l j F Y"), "n": moves}
    answer = _("%(day)s, never moved.")
    if moves:
        answer = ngettext("%(day)s, moved once.", "%(day)s, moved %(n)d times.", moves)
    return GoLivePage(answer % terms, steps, trail_of(project, _("Go-live date")))


def _date_history(project: Project) -> list[DateStep]:
    rows = list(
        GoLiveDate.objects.filter(project=project)
        .select_related("decision", "decided_by", "project")
        .order_by("decided_at", "pk")
    )
    earlier: list[GoLiveDate | None] = [None, *rows[:-1]]
    return [_date_step(row, before) for row, before in zip(rows, earlier, strict=False)][::-1]


def _date_step(row: GoLiveDate, before: GoLiveDate | None) -> DateStep:
    return DateStep(
        go_live_date=row.go_live_date,
        reason=_("First date of the project") if row.is_first else row.reason,
        decision=row.decision.code if row.decision else "",
        decision_href=_decision_href(row),
        decided_by=row.decided_by.name if row.decided_by else "",
        decided_at=row.decided_at,
        moved_days=(row.go_live_date - before.go_live_date).days if before else None,
    )


def _decision_href(row: GoLiveDate) -> str:
    if row.decision is None:
        return ""
    names = [row.project.public_id, row.decision.public_id]
    return reverse("governance:decision-detail", args=names)
