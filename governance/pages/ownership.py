"""Who owns which process, and how the go-live date came to be."""

from dataclasses import dataclass
from datetime import date, datetime

from governance.forms.decisions import owned_processes
from governance.models import BusinessProcess, GoLiveDate, Ownership, Project
from governance.pages.trail import Step, trail_of


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
    decided_by: str
    decided_at: datetime
    moved_days: int | None


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
    complete = sum(row.is_complete for row in rows)
    answer = f"{complete} of {len(rows)} processes have an owner and a deputy."
    return OwnerList(
        rows, answer if rows else "No process is in scope yet.", trail_of(project, "Owners")
    )


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
        return GoLivePage("No date has been set.", steps, trail_of(project, "Go-live date"))
    moves = len(steps) - 1
    times = {0: "never moved", 1: "moved once"}.get(moves, f"moved {moves} times")
    day = steps[0].go_live_date
    answer = f"{day:%A} {day.day} {day:%B %Y}, {times}."
    return GoLivePage(answer, steps, trail_of(project, "Go-live date"))


def _date_history(project: Project) -> list[DateStep]:
    rows = list(
        GoLiveDate.objects.filter(project=project)
        .select_related("decision", "decided_by")
        .order_by("decided_at", "pk")
    )
    earlier: list[GoLiveDate | None] = [None, *rows[:-1]]
    return [_date_step(row, before) for row, before in zip(rows, earlier, strict=False)][::-1]


def _date_step(row: GoLiveDate, before: GoLiveDate | None) -> DateStep:
    return DateStep(
        go_live_date=row.go_live_date,
        reason=row.reason,
        decision=row.decision.code if row.decision else "",
        decided_by=row.decided_by.name if row.decided_by else "",
        decided_at=row.decided_at,
        moved_days=(row.go_live_date - before.go_live_date).days if before else None,
    )
