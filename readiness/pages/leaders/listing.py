"""The leaders of a project side by side, and one of them with everything that is open."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.models import Department, Project
from governance.pages.trail import Step, trail_of
from readiness.pages.leaders.asking import Asking, count_questions
from readiness.pages.leaders.duties import EXECUTIVE, HEADS, MANAGER, OWNER, Duty, Leader
from readiness.pages.leaders.gathering import count_figures, leaders_of, owned_in

KINDS = {
    MANAGER: gettext_lazy("Department managers"),
    OWNER: gettext_lazy("Process owners"),
    EXECUTIVE: gettext_lazy("Sponsor and steering"),
}


@dataclass(frozen=True, slots=True)
class LeaderRow:
    """One leader in the list: what for, and how much of each duty is done."""

    leader: Leader
    href: str
    what_for: str

    @property
    def duties(self) -> list[Duty]:
        """Return the duties in which something is due."""
        return self.leader.shown


@dataclass(frozen=True, slots=True)
class LeaderKind:
    """One sort of leader to look at alone."""

    code: str
    word: str
    number: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class LeaderList:
    """Everybody who leads, who has most overdue first, and what nobody leads."""

    rows: list[LeaderRow]
    kinds: list[LeaderKind]
    gaps: list[str]
    answer: str
    trail: list[Step]

    @property
    def heads(self) -> list[str]:
        """Return the heads of the columns."""
        return [str(head) for head in HEADS.values()]

    @property
    def is_narrowed(self) -> bool:
        """Say whether one kind of leader alone is shown."""
        return any(kind.is_chosen for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class LeaderPage:
    """One leader with everything that is open."""

    row: LeaderRow
    answer: str
    trail: list[Step]


def leader_list(project: Project, *, at: datetime, kind: str = "") -> LeaderList:
    """Return who answers for what, and how far it is; of one kind of leader, or of all."""
    everybody = _counted(project, at=at)
    chosen = [row for row in everybody if kind in {"", *row.leader.kinds}]
    return LeaderList(
        rows=chosen,
        kinds=[
            LeaderKind(
                code, str(word), sum(code in row.leader.kinds for row in everybody), code == kind
            )
            for code, word in KINDS.items()
        ],
        gaps=_gaps(project),
        answer=_answer(everybody),
        trail=trail_of(project, _("Leaders")),
    )


def leader_page(project: Project, *, account_id: int, at: datetime) -> LeaderPage | None:
    """Return one leader of a project; None where the account leads nothing there."""
    found = [row for row in _counted(project, at=at) if row.leader.account.pk == account_id]
    if not found:
        return None
    row = found[0]
    above = Step(_("Leaders"), reverse("readiness:leader-list", args=[project.public_id]))
    return LeaderPage(row, _page_answer(row), trail_of(project, above, row.leader.account.name))


def _counted(project: Project, *, at: datetime) -> list[LeaderRow]:
    leaders = leaders_of(project)
    count_figures(leaders.values(), project=project, at=at)
    count_questions(Asking(project, leaders, at))
    rows = [
        LeaderRow(
            leader,
            reverse("readiness:leader-show", args=[project.public_id, leader.account.public_id]),
            what_for(leader),
        )
        for leader in leaders.values()
    ]
    return sorted(
        rows, key=lambda row: (-row.leader.late, -row.leader.undone, row.leader.account.name)
    )


def what_for(leader: Leader) -> str:
    """Return what somebody leads: roles, departments, processes."""
    parts = [*leader.roles]
    if leader.departments:
        names = ", ".join(row.name for row in leader.departments)
        parts.append(_("manages %(names)s") % {"names": names})
    if leader.processes:
        names = ", ".join(str(row) for row in leader.processes)
        parts.append(_("owns %(names)s") % {"names": names})
    return "; ".join(parts)


def _gaps(project: Project) -> list[str]:
    """Return what nobody answers for."""
    departments = Department.objects.filter(project=project).select_related("manager")
    without = [row for row in departments if row.manager is None or not row.manager.is_active]
    unowned = [row for row in owned_in(project) if row.owner is None or not row.owner.is_active]
    return [
        *(_("Nobody manages %(name)s") % {"name": row.name} for row in without),
        *(_("Nobody owns %(name)s") % {"name": row} for row in unowned),
    ]


def _answer(rows: list[LeaderRow]) -> str:
    if not rows:
        return _("Nobody leads anything here yet.")
    late = [row for row in rows if row.leader.late]
    if not late:
        return _("No leader has anything overdue.")
    first = late[0].leader
    said = ngettext(
        "%(number)d of %(all)d leaders has something overdue.",
        "%(number)d of %(all)d leaders have something overdue.",
        len(late),
    ) % {"number": len(late), "all": len(rows)}
    if first.late == 1:
        return said
    most = _("Most waits for %(name)s: %(late)d.")
    return f"{said} {most % {'name': first.account.name, 'late': first.late}}"


def _page_answer(row: LeaderRow) -> str:
    late = row.leader.late
    if late:
        said = ngettext("%(number)d thing is overdue.", "%(number)d things are overdue.", late)
        return said % {"number": late}
    if row.leader.undone:
        return _("Nothing is overdue, and not everything is done.")
    return _("Everything is done.") if row.duties else _("Nothing is due yet.")
