"""Hand everything that somebody owns or decides in a project to somebody else, in one act."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import DecisionKind
from governance.models import BusinessProcess, DecisionRight, Project, User
from governance.services.ownership import Appointment, appoint
from governance.services.rights import (
    Before,
    Grant,
    RightRefused,
    check_decider,
    end_right,
    give_right,
    lost_now,
)
from governance.services.seating import holds_executive_seat


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How many processes and decision rights went over."""

    processes: int
    rights: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """From whom to whom, and why."""

    giver: User
    taker: User
    reason: str


@transaction.atomic
def hand_over(
    *, project: Project, handing: Handing, handed_by: User, handed_at: datetime
) -> HandedOver:
    """Let somebody take every process and decision right of somebody else; what was, stays.

    Where the taker was the deputy, the place is left empty; a right that the taker has already
    ends without a successor.

    :raises RightRefused: not an executive, the taker cannot decide here, the two are one
        person, no reason, or there is nothing to hand over.
    :raises OwnershipRefused: the taker cannot own.
    """
    held = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    _check(handing, held, by=handed_by)
    processes = BusinessProcess.objects.filter(project=held).accountable()
    owned = list(processes.owned_by(handing.giver).select_related("owner", "deputy"))
    rights = list(
        DecisionRight.objects.filter(project=held, decider=handing.giver, end__isnull=True)
        .select_related("process", "project")
        .order_by("pk")
    )
    if not (owned or rights):
        message = _("%(name)s holds nothing here.") % {"name": handing.giver.name}
        raise RightRefused(message, field="giver")
    gone = _gone(owned, project=held, at=handed_at)
    for process in owned:
        named = _appointment(process, handing, gone=gone)
        appoint(process=process, appointment=named, assigned_by=handed_by, assigned_at=handed_at)
    _pass_rights(rights, handing, by=handed_by, at=handed_at)
    return HandedOver(len(owned), len(rights))


def _check(handing: Handing, project: Project, *, by: User) -> None:
    """Let only an executive pass, with two different people and a reason.

    :raises RightRefused: it is otherwise, or the taker cannot decide here.
    """
    if not holds_executive_seat(by, project=project):
        raise RightRefused(_("The client's sponsor or steering hands over who decides."))
    if handing.giver.pk == handing.taker.pk:
        raise RightRefused(_("Choose somebody else to take it."), field="taker")
    if not handing.reason.strip():
        raise RightRefused(_("Give the reason; it stands on record."), field="reason")
    _check_taker(handing.taker, project)


def _gone(owned: Iterable[BusinessProcess], *, project: Project, at: datetime) -> set[int]:
    """Return which owners and deputies have no account or no role here any more."""
    people = {key for each in owned for key in (each.owner_id, each.deputy_id) if key}
    lost = lost_now(project, accounts=people, as_of=at)
    return {key for key, why in lost.items() if why != "ROSTER"}


def _check_taker(taker: User, project: Project) -> None:
    try:
        check_decider(taker, project=project)
    except RightRefused as refusal:
        raise RightRefused(str(refusal), field="taker") from refusal


def _appointment(
    process: BusinessProcess, handing: Handing, *, gone: Collection[int]
) -> Appointment:
    """Return who owns from now on; a deputy who is gone leaves the place empty."""
    giver, taker = handing.giver, handing.taker
    if process.owner_id == giver.pk:
        is_free = process.deputy_id == taker.pk or process.deputy_id in gone
        return Appointment(taker, None if is_free else process.deputy)
    return Appointment(process.owner, None if process.owner_id == taker.pk else taker)


def _pass_rights(
    rights: Iterable[DecisionRight], handing: Handing, *, by: User, at: datetime
) -> None:
    """End each right, with the taker's as its successor unless the taker has it already."""
    for right in rights:
        same = DecisionRight.objects.filter(
            project=right.project, process=right.process, kind=right.kind, end__isnull=True
        )
        if same.filter(decider=handing.taker).exists():
            end_right(right=right, ended_by=by, reason=handing.reason, ended_at=at)
            continue
        grant = Grant(
            kind=DecisionKind(right.kind),
            decider=handing.taker,
            process=right.process,
            before=Before.ENDS,
            reason=handing.reason,
            instead_of=handing.giver,
        )
        give_right(project=right.project, grant=grant, given_by=by, given_at=at)
