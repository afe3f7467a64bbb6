"""Say who takes which kind of decision in which process, end it, and ask who does."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum, auto

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import DecisionKind, NoticeKind, Role
from governance.models import (
    BusinessProcess,
    DecisionRight,
    DecisionRightEnd,
    Participation,
    Project,
    User,
)
from governance.outbox import News, settle, tell
from governance.querysets.batches import batches
from governance.querysets.rights import HeldRight, held_rights, lost_accounts
from governance.record.witnessing import witness
from governance.services.marks import mark_projects
from governance.services.seating import holds_executive_seat

FOR_GOOD = datetime(9000, 1, 1, tzinfo=UTC)
"""A moment after every row: what holds now has no end row, whenever it was recorded."""
ADVISING_ROLES = (Role.AUDITOR, Role.CONSULTANT)
"""Roles that see and advise, and decide nothing."""


class RightRefused(Exception):
    """Say why a decision right was not given or ended, and which field to mend."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence for the user and the name of the field it belongs to."""
        super().__init__(message)
        self.field = field


class Before(Enum):
    """Say what becomes of somebody who holds the right already."""

    UNSAID = auto()
    ENDS = auto()
    STAYS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Who is to take one kind of decision: in a process, or in all without a decider.

    `instead_of` names the one of several claims that ends; without it all of them do.
    """

    kind: DecisionKind
    decider: User
    process: BusinessProcess | None = None
    before: Before = Before.UNSAID
    reason: str = ""
    instead_of: User | None = None

    def ends(self, right: DecisionRight) -> bool:
        """Say whether a right that is held already ends by this."""
        if self.before is not Before.ENDS:
            return False
        return self.instead_of is None or right.decider_id == self.instead_of.pk


@dataclass(frozen=True, slots=True)
class RightOf:
    """Who may take a decision of one kind over some processes.

    One account is the decider. None is a gap: nobody was given the right, or whoever was has
    gone. Several are double deciders, of whom none counts.
    """

    accounts: tuple[int, ...]

    @property
    def decider_id(self) -> int | None:
        """Return the one account that decides; None in a gap and where several claim it."""
        return self.accounts[0] if len(self.accounts) == 1 else None

    @property
    def is_double(self) -> bool:
        """Say whether several people claim the same decision."""
        return len(self.accounts) > 1

    def lets(self, account: User) -> bool:
        """Say whether an account is the decider."""
        return self.decider_id == account.pk


@transaction.atomic
def give_right(
    *, project: Project, grant: Grant, given_by: User, given_at: datetime
) -> DecisionRight:
    """Write who takes a kind of decision from now on.

    Where somebody does already, the grant has to say what becomes of that: it ends with a
    reason, or it stays, and both are double deciders until one is ended.

    :raises RightRefused: not an executive, nobody who decides here, held already, or nothing
        said about whoever holds it.
    """
    held = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    _check_giver(given_by, held)
    _check_place(grant.process, held)
    check_decider(grant.decider, project=held)
    standing = list(
        DecisionRight.objects.filter(
            project=held, process=grant.process, kind=grant.kind, end__isnull=True
        ).select_related("decider")
    )
    _check_standing(standing, grant)
    row = DecisionRight.objects.create(
        organisation_id=held.organisation_id,
        project=held,
        process=grant.process,
        kind=grant.kind,
        decider=grant.decider,
        given_by=given_by,
        given_at=given_at,
    )
    mark_projects(project_ids=[held.pk])
    _tell(row)
    for each in standing:
        if grant.ends(each):
            _end(each, ended_by=given_by, ended_at=given_at, reason=grant.reason, successor=row)
    witness(row, actor=given_by)
    return row


@transaction.atomic
def end_right(
    *, right: DecisionRight, ended_by: User, reason: str, ended_at: datetime
) -> DecisionRightEnd:
    """End a decision right; what was decided under it stays.

    :raises RightRefused: not an executive, no reason, or it has ended already.
    """
    Project.objects.select_for_update(of=("self",)).get(pk=right.project_id)
    held = DecisionRight.objects.select_related("project").get(pk=right.pk)
    _check_giver(ended_by, held.project)
    if DecisionRightEnd.objects.filter(right=held).exists():
        raise RightRefused(_("This right has ended already."))
    if not reason.strip():
        raise RightRefused(_("Give the reason; it stands on record."), field="reason")
    mark_projects(project_ids=[held.project_id])
    return _end(held, ended_by=ended_by, ended_at=ended_at, reason=reason)


def right_of(
    project: Project,
    *,
    kind: str,
    processes: Collection[BusinessProcess] = (),
    as_of: datetime,
) -> RightOf:
    """Return who takes a kind of decision over some processes now, `as_of` being the clock.

    In a process its own decider counts before the one for all processes. Over several
    processes it is whoever decides in each of them; where they differ, the one for all.
    """
    return right_among(rights_now(project, as_of=as_of), kind=kind, processes=processes)


def rights_now(project: Project, *, as_of: datetime) -> list[HeldRight]:
    """Return the rights of a project that hold now, by one query after the batch's."""
    found = batches(project_ids=[project.pk], as_of=as_of)
    return [row for batch in found for row in held_rights(replace(batch, as_of=FOR_GOOD))]


def lost_now(project: Project, *, accounts: Collection[int], as_of: datetime) -> dict[int, str]:
    """Return account -> ACCOUNT, ROLE or ROSTER, where it no longer has that in a project."""
    found = batches(project_ids=[project.pk], as_of=as_of)
    lost = [lost_accounts(replace(each, as_of=FOR_GOOD), accounts=accounts) for each in found]
    return {key: why for each in lost for key, why in each.items()}


def right_among(
    rights: Collection[HeldRight], *, kind: str, processes: Collection[BusinessProcess] = ()
) -> RightOf:
    """Return the same out of rights that were fetched before; runs no query."""
    able = [row for row in rights if row.kind == kind and not row.lost]
    for_all = {row.decider_id for row in able if row.process_id is None}
    places = {process.accountable_id or process.pk for process in processes}
    each = [
        {row.decider_id for row in able if row.process_id == place} or for_all for place in places
    ]
    if any(len(deciders) > 1 for deciders in each):
        return RightOf(tuple(sorted(set().union(*each))))
    common = set.intersection(*each) if each else for_all
    return RightOf(tuple(sorted(common or for_all)))


def check_decider(account: User, *, project: Project) -> None:
    """Accept only an active account of the client's own business that works in the project.

    :raises RightRefused: it is a partner's, another client's, closed, or only looks on.
    """
    told = {"name": account.name, "organisation": account.organisation.name}
    if account.is_partner:
        message = _("%(name)s works for %(organisation)s. A partner advises and never decides.")
        raise RightRefused(message % told, field="decider")
    if account.organisation_id != project.organisation_id or not account.is_active:
        raise RightRefused(_("Choose an active account of the client."), field="decider")
    seats = Participation.objects.filter(user=account, project=project, ended_at__isnull=True)
    if not seats.exclude(role__in=ADVISING_ROLES).exists():
        message = _("%(name)s does not work in this project.") % told
        raise RightRefused(message, field="decider")


def _check_giver(account: User, project: Project) -> None:
    if not holds_executive_seat(account, project=project):
        raise RightRefused(_("The client's sponsor or steering says who decides what."))


def _check_place(process: BusinessProcess | None, project: Project) -> None:
    """Accept only a process in scope that is owned and signed, or none.

    :raises RightRefused: it is another.
    """
    if process is None:
        return
    own = BusinessProcess.objects.filter(project=project, pk=process.pk).accountable()
    if not own.exists():
        raise RightRefused(_("Choose a process in scope of this project."), field="process")


def _check_standing(standing: Collection[DecisionRight], grant: Grant) -> None:
    """Accept a second decider only where it is said what becomes of the first.

    :raises RightRefused: it is not, or it is the same person.
    """
    if any(each.decider_id == grant.decider.pk for each in standing):
        message = _("%(name)s decides this already.") % {"name": grant.decider.name}
        raise RightRefused(message, field="decider")
    if not standing:
        return
    names = ", ".join(each.decider.name for each in standing)
    if grant.before is Before.UNSAID:
        message = _("%(names)s decides this already. Say what becomes of that.")
        raise RightRefused(message % {"names": names}, field="before")
    if grant.before is Before.ENDS and not grant.reason.strip():
        message = _("Say why %(names)s no longer decides this.")
        raise RightRefused(message % {"names": names}, field="reason")


def _end(
    right: DecisionRight,
    *,
    ended_by: User,
    ended_at: datetime,
    reason: str,
    successor: DecisionRight | None = None,
) -> DecisionRightEnd:
    row = DecisionRightEnd.objects.create(
        organisation_id=right.organisation_id,
        project_id=right.project_id,
        right=right,
        successor=successor,
        reason=reason.strip(),
        ended_by=ended_by,
        ended_at=ended_at,
    )
    settle(project=row.project, noun="right", subject_id=right.public_id, settled_at=ended_at)
    witness(row, actor=ended_by)
    return row


def _tell(row: DecisionRight) -> None:
    """Tell the decider, unless it is who gave it."""
    if row.decider_id == row.given_by_id:
        return
    where = str(row.process) if row.process else row.project.name
    news = News(
        kind=NoticeKind.RIGHT_GIVEN,
        noun="right",
        subject_id=row.public_id,
        title=where,
        key=f"right:{row.public_id}",
        happened_at=row.given_at,
        terms={"decides": row.kind},
    )
    tell(news, accounts=[row.decider], project=row.project)
