"""Take over into a project's record what is older than the record itself."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from governance.choices import RecordKind
from governance.models import Project
from governance.record.log import Deed, append_all, begin_log
from governance.record.signed import CARRIED_SIGNATURES
from governance.record.stated import Key, read_log
from governance.record.witnessing import Witness, witnesses

AT_ONCE = 1_000


class Act(NamedTuple):
    """A row that is a governance act, and how it is told."""

    at: datetime
    row: Any
    witness: Witness

    @property
    def key(self) -> Key:
        """Return what an entry of it is about."""
        subject = str(self.witness.subject(self.row))
        return Key(self.witness.kind, self.witness.noun, subject)


def carry_over() -> int:
    """Begin the record of every project that has none; say how many there were.

    What is older than a record stands right behind its beginning, marked as carried over. A
    record that has begun is left alone: nobody adds to the past of it.
    """
    found = list(Project.objects.without_record().select_related("organisation"))
    return sum(_carry(project) for project in found)


@transaction.atomic
def _carry(project: Project) -> bool:
    """Begin one record with what is older than it; leave it alone where it has begun."""
    if not begin_log(project):
        return False
    told = (*witnesses(), *CARRIED_SIGNATURES)
    _append([_carried(act) for act in _acts_of(project, told=told)], project=project)
    return True


@transaction.atomic
def record_rows(project: Project) -> int:
    """Append the acts of a project that its record does not tell yet; say how many.

    This is for rows that were written without their service: those of a demo, or of a test.
    """
    told = witnesses()
    log = read_log(project, kinds={str(each.kind) for each in told})
    fresh = [act for act in _acts_of(project, told=told) if act.key not in log.stated]
    _append([_own(act) for act in fresh], project=project)
    return len(fresh)


def _acts_of(project: Project, *, told: Collection[Witness]) -> list[Act]:
    """Return every row of a project that is a governance act, the oldest first."""
    return sorted(_unsorted(project, told), key=lambda act: act.at)


def _unsorted(project: Project, told: Collection[Witness]) -> Iterator[Act]:
    for witness in told:
        if not witness.of_account:
            for row in witness.rows_of(project).iterator(chunk_size=AT_ONCE):
                yield Act(getattr(row, witness.moment), row, witness)


def _carried(act: Act) -> Deed:
    deed = act.witness.deed(act.row, actor=None)
    terms = {**deed.terms, "kind": deed.kind}
    return replace(deed, kind=RecordKind.CARRIED_OVER, terms=terms)


def _own(act: Act) -> Deed:
    by = act.witness.by
    return act.witness.deed(act.row, actor=getattr(act.row, by) if by else None)


def _append(deeds: list[Deed], *, project: Project) -> None:
    for start in range(0, len(deeds), AT_ONCE):
        append_all(deeds[start : start + AT_ONCE], project=project)
