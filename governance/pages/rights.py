"""Who owns and who decides what: the matrix of processes and kinds of decision, and its gaps."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.choices import DecisionKind
from governance.forms.decisions import owned_processes
from governance.metrics.rights import MOST_PROCESSES, KindRights, covered_kinds
from governance.models import BusinessProcess, Project, User
from governance.pages.trail import Step, trail_of
from governance.querysets.rights import HeldRight
from governance.services.rights import lost_now, rights_now

LOST = {
    "ACCOUNT": gettext_lazy("account closed"),
    "ROLE": gettext_lazy("no role in the project"),
    "ROSTER": gettext_lazy("left the roster"),
}


class CellState(TextChoices):
    """Say how one kind of decision is covered in one process."""

    OWN = "OWN", gettext_lazy("Own decider")
    FOR_ALL = "FOR_ALL", gettext_lazy("The one for all processes")
    GAP = "GAP", gettext_lazy("Nobody")
    DOUBLE = "DOUBLE", gettext_lazy("Two deciders")
    EMPTY = "EMPTY", gettext_lazy("Left to each process")


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of decision in one process: who, and where that is changed."""

    kind: str
    names: str
    state: CellState
    href: str

    @property
    def is_bad(self) -> bool:
        """Say whether exactly one decider is missing."""
        return self.state in (CellState.GAP, CellState.DOUBLE)


@dataclass(frozen=True, slots=True)
class MapRow:
    """One process (None: all of them) with owner, deputy and a cell for each kind."""

    process: BusinessProcess | None
    owner: str
    deputy: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing to put right: what, about whom, and where."""

    text: str
    href: str
    action: str


@dataclass(frozen=True, slots=True)
class OwnershipMap:
    """The matrix, and everything in it that is not one owner and one decider."""

    answer: str
    kinds: list[str]
    rows: list[MapRow]
    gaps: list[Trouble]
    doubles: list[Trouble]
    people: list[Trouble]
    trail: list[Step]


@dataclass(slots=True)
class _Sheet:
    """Hold what the parts of one map have in common."""

    project: Project
    may_give: bool
    address: str
    processes: list[BusinessProcess]
    rights: list[HeldRight]
    people: Mapping[int, User]
    lost: Mapping[int, str]
    held: dict[tuple[int | None, str], list[HeldRight]] = field(default_factory=dict)


def ownership_map(project: Project, *, may_give: bool, as_of: datetime) -> OwnershipMap:
    """Return who owns and who decides what now, for a reader who may give rights or not."""
    sheet = _sheet(project, may_give=may_give, as_of=as_of)
    kinds = covered_kinds(_counts(sheet), size=len(sheet.processes))
    return OwnershipMap(
        answer=_answer(sheet, kinds),
        kinds=[str(kind.label) for kind in DecisionKind],
        rows=list(_rows(sheet)) if sheet.processes else [],
        gaps=list(_gaps(sheet)),
        doubles=list(_doubles(sheet)),
        people=list(_people(sheet)),
        trail=trail_of(project, _("Ownership map")),
    )


def _sheet(project: Project, *, may_give: bool, as_of: datetime) -> _Sheet:
    processes = list(owned_processes(project).select_related("owner", "deputy"))
    rights = rights_now(project, as_of=as_of)
    owning = {key for each in processes for key in (each.owner_id, each.deputy_id) if key}
    people = owning | {row.decider_id for row in rights}
    sheet = _Sheet(
        project=project,
        may_give=may_give,
        address=reverse("governance:right-give", args=[project.public_id]),
        processes=processes,
        rights=rights,
        people=User.objects.filter(organisation_id=project.organisation_id).in_bulk(people),
        lost=lost_now(project, accounts=people, as_of=as_of),
    )
    for row in rights:
        sheet.held.setdefault((row.process_id, row.kind), []).append(row)
    return sheet


def _counts(sheet: _Sheet) -> Counter[tuple[int | None, str]]:
    return Counter((row.process_id, row.kind) for row in sheet.rights if not row.lost)


def _rows(sheet: _Sheet) -> Iterator[MapRow]:
    yield MapRow(None, "", "", [_cell(sheet, None, kind) for kind in DecisionKind])
    for process in sheet.processes:
        owner, deputy = _name(sheet, process.owner_id), _name(sheet, process.deputy_id)
        cells = [_cell(sheet, process, kind) for kind in DecisionKind]
        yield MapRow(process, owner, deputy, cells)


def _name(sheet: _Sheet, key: int | None) -> str:
    if key is None:
        return ""
    name = sheet.people[key].name
    return f"{name} ({LOST[sheet.lost[key]]})" if key in sheet.lost else name


def _cell(sheet: _Sheet, process: BusinessProcess | None, kind: DecisionKind) -> Cell:
    own = sheet.held.get((process.pk if process else None, kind), [])
    shown = own or (sheet.held.get((None, kind), []) if process else [])
    able = {row.decider_id for row in shown if not row.lost}
    href = _give_href(sheet, process, kind) if sheet.may_give else ""
    names = ", ".join(_name(sheet, row.decider_id) for row in shown)
    return Cell(str(kind.label), names, _state(process, own, able), href)


def _state(process: BusinessProcess | None, own: list[HeldRight], able: set[int]) -> CellState:
    if len(able) > 1:
        return CellState.DOUBLE
    if not able:
        return CellState.EMPTY if process is None else CellState.GAP
    return CellState.OWN if own else CellState.FOR_ALL


def _give_href(sheet: _Sheet, process: BusinessProcess | None, kind: DecisionKind) -> str:
    asked = {"kind": str(kind)} | ({"process": str(process.public_id)} if process else {})
    return f"{sheet.address}?{urlencode(asked)}"


def _gaps(sheet: _Sheet) -> Iterator[Trouble]:
    """Yield each kind that nobody decides somewhere, and each process without an owner."""
    for kind in DecisionKind:
        empty = [
            process
            for process in sheet.processes
            if _cell(sheet, process, kind).state == CellState.GAP
        ]
        if empty:
            where = _in_words(empty, of=len(sheet.processes))
            text = _("%(kind)s: nobody decides in %(where)s")
            told = {"kind": kind.label, "where": where}
            place = empty[0] if len(empty) == 1 else None
            yield Trouble(text % told, _give_href(sheet, place, kind), _("Name the decider"))
    for process in sheet.processes:
        if process.owner_id is None:
            names = [sheet.project.public_id, process.public_id]
            address = reverse("governance:owner-change", args=names)
            text = _("%(process)s has no owner") % {"process": process}
            yield Trouble(text, address, _("Name the owner"))


def _in_words(processes: list[BusinessProcess], *, of: int) -> str:
    if len(processes) == of:
        return _("every process")
    if len(processes) == 1:
        return str(processes[0])
    return ngettext("%(number)d process", "%(number)d processes", len(processes)) % {
        "number": len(processes)
    }


def _doubles(sheet: _Sheet) -> Iterator[Trouble]:
    """Yield every claim where more than one person claims the same decision."""
    codes = {process.pk: str(process) for process in sheet.processes}
    for (process_id, kind), rows in sheet.held.items():
        able = [row for row in rows if not row.lost]
        if len({row.decider_id for row in able}) < 2:  # noqa: PLR2004 - one decider each
            continue
        for row in able:
            told = {
                "name": sheet.people[row.decider_id].name,
                "kind": DecisionKind(kind).label,
                "where": codes[process_id] if process_id else _("every process"),
            }
            text = _("%(kind)s in %(where)s: %(name)s is one of several") % told
            names = [sheet.project.public_id, row.public_id]
            address = reverse("governance:right-end", args=names)
            yield Trouble(text, address, _("End this claim"))


def _people(sheet: _Sheet) -> Iterator[Trouble]:
    """Yield who is named and no longer there, and who owns too many processes."""
    owned = Counter(each.owner_id for each in sheet.processes if each.owner_id)
    holds: defaultdict[int, int] = defaultdict(int)
    for row in sheet.rights:
        holds[row.decider_id] += 1
    for process in sheet.processes:
        for key in (process.owner_id, process.deputy_id):
            if key:
                holds[key] += 1
    for key, why in sorted(sheet.lost.items(), key=lambda pair: sheet.people[pair[0]].name):
        told = {"name": sheet.people[key].name, "why": LOST[why], "number": holds[key]}
        text = ngettext(
            "%(name)s (%(why)s) still holds %(number)d place",
            "%(name)s (%(why)s) still holds %(number)d places",
            holds[key],
        )
        yield _to_hand_over(sheet, key, text % told)
    for key, number in owned.most_common():
        if number > MOST_PROCESSES and key not in sheet.lost:
            told = {"name": sheet.people[key].name, "number": number, "most": MOST_PROCESSES}
            text = _("%(name)s owns %(number)d processes; more than %(most)d is too many") % told
            yield _to_hand_over(sheet, key, text)


def _to_hand_over(sheet: _Sheet, key: int, text: str) -> Trouble:
    address = reverse("governance:ownership-hand-over", args=[sheet.project.public_id])
    return Trouble(text, f"{address}?account={sheet.people[key].public_id}", _("Hand over"))


def _answer(sheet: _Sheet, kinds: Mapping[str, KindRights]) -> str:
    if not sheet.processes:
        return _("No process is in scope yet.")
    told = {"clear": sum(each.is_clear for each in kinds.values()), "all": len(kinds)}
    first = _("%(clear)d of %(all)d kinds of decision have exactly one decider everywhere.") % told
    unowned = sum(process.owner_id is None for process in sheet.processes)
    if not unowned:
        return first
    second = ngettext("%(n)d process has no owner.", "%(n)d processes have no owner.", unowned) % {
        "n": unowned
    }
    return f"{first} {second}"
