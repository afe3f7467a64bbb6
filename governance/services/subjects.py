"""Find what somebody escalates: a row of any floor, by its noun and its identifier."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from governance.models import (
    Assumption,
    BusinessProcess,
    Decision,
    Department,
    ParticipationRequest,
    Project,
    RaidItem,
)

LONGEST_TITLE = 400
NOBODYS = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A row that can be escalated: what it is called, and whose it is.

    `processes` are the accountable ones that it touches, `department` the one it asks.
    """

    noun: str
    id: str
    title: str
    processes: tuple[BusinessProcess, ...] = ()
    department: Department | None = None


class Finder(Protocol):
    """Find one row of a project by its identifier."""

    def __call__(self, project: Project, *, subject_id: str) -> Subject | None:
        """Return the row as what is escalated; None where it is not there."""


def subject_of(project: Project, *, noun: str, subject_id: str) -> Subject | None:
    """Return a row of a project by its noun; None where it is not there or is not escalated."""
    name = settings.ESCALATED.get(noun)
    if name is None:
        return None
    find: Finder = import_string(name)
    return find(project, subject_id=subject_id)


def uuid_of(text: str) -> UUID:
    """Return a public identifier; one that no row has where a text is none."""
    try:
        return UUID(text)
    except ValueError:
        return NOBODYS


def decision(project: Project, *, subject_id: str) -> Subject | None:
    """Return a decision."""
    rows = Decision.objects.filter(project=project, public_id=uuid_of(subject_id))
    row = rows.prefetch_related("blocked_processes__accountable").first()
    return (
        None
        if row is None
        else Subject(
            noun="decision",
            id=str(row.public_id),
            title=_short(row),
            processes=_accountable(row.blocked_processes.all()),
        )
    )


def assumption(project: Project, *, subject_id: str) -> Subject | None:
    """Return an assumption."""
    rows = Assumption.objects.filter(project=project, public_id=uuid_of(subject_id))
    row = rows.prefetch_related("blocked_processes__accountable").first()
    return (
        None
        if row is None
        else Subject(
            noun="assumption",
            id=str(row.public_id),
            title=_short(row),
            processes=_accountable(row.blocked_processes.all()),
        )
    )


def process(project: Project, *, subject_id: str) -> Subject | None:
    """Return a process."""
    rows = BusinessProcess.objects.filter(project=project, public_id=uuid_of(subject_id))
    row = rows.select_related("accountable").first()
    return (
        None
        if row is None
        else Subject(
            noun="process", id=str(row.public_id), title=_short(row), processes=_accountable([row])
        )
    )


def raid(project: Project, *, subject_id: str) -> Subject | None:
    """Return a risk, an issue or a dependency."""
    row = RaidItem.objects.filter(project=project, public_id=uuid_of(subject_id)).first()
    return None if row is None else Subject(noun="raid", id=str(row.public_id), title=_short(row))


def people_request(project: Project, *, subject_id: str) -> Subject | None:
    """Return a request for people."""
    rows = ParticipationRequest.objects.filter(project=project, public_id=uuid_of(subject_id))
    row = rows.select_related("department").first()
    return (
        None
        if row is None
        else Subject(
            noun="people_request",
            id=str(row.public_id),
            title=f"{row.department}: {_days(row)}",
            department=row.department,
        )
    )


def accountable(row: BusinessProcess | None) -> tuple[BusinessProcess, ...]:
    """Return whoever answers for a process, as a subject has it."""
    return _accountable([row]) if row else ()


def _accountable(rows: Iterable[BusinessProcess]) -> tuple[BusinessProcess, ...]:
    found = {each.accountable for each in rows if each.accountable}
    return tuple(sorted(found, key=lambda each: each.code))


def _short(row: object) -> str:
    return str(row)[:LONGEST_TITLE]


def _days(row: ParticipationRequest) -> str:
    """Return the days people are asked for, in English as every stored title."""
    first, last = row.from_date, row.to_date
    return f"{first.day} {first:%b %Y} to {last.day} {last:%b %Y}"
