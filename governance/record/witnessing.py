"""Tell a row that is a governance act as its entry has it, and append that entry.

Which rows are such acts stands in the tuples that settings.WITNESSED names; a row is told from
itself alone, so that it can be told again later and compared with its entry.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Model, QuerySet
from django.db.models.expressions import DatabaseDefault
from django.utils.module_loading import import_string

from governance.choices import RecordKind
from governance.models import Project, User
from governance.record.log import About, Appended, Deed, append_together


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry says of a row: terms that stay, and texts that can be erased."""

    terms: Mapping[str, Any]
    texts: Mapping[str, str] = field(default_factory=dict)


def public_id_of(row: Any) -> UUID:
    """Return by what the record knows a row."""
    known: UUID = row.public_id
    return known


def id_of(row: Any) -> UUID | None:
    """Return the public identifier of what a row points to; None where it points to nothing."""
    return None if row is None else row.public_id


def ids_of(rows: Any) -> list[str]:
    """Return the public identifiers of what a row points to, in order."""
    return sorted(str(row.public_id) for row in rows.all())


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """How rows of one model are told in the record, as acts of one kind.

    `moment` names the column that says when, `by` the one that says who; `related` what is read
    along with the rows; `only` the rows that are such acts. `of_account` rows belong to no
    project: they are written into the record of each project that the account takes part in.
    `beside` are terms of the moment that no row keeps.
    """

    kind: RecordKind
    model: type[Model]
    noun: str
    tell: Callable[[Any], Told]
    moment: str = "recorded_at"
    by: str = ""
    related: tuple[str, ...] = ()
    only: Mapping[str, Any] = field(default_factory=dict)
    of_account: bool = False
    beside: frozenset[str] = frozenset()
    subject: Callable[[Any], UUID] = public_id_of
    by_subjects: Callable[[QuerySet[Any], Iterable[UUID]], QuerySet[Any]] | None = None

    def rows_of(self, project: Project) -> QuerySet[Any]:
        """Return the rows of a project that are such acts, with all that telling them needs."""
        found = self.model._base_manager.filter(project=project, **self.only)
        return found.prefetch_related(*self.related).order_by("pk")

    def rows_named(self, subjects: Iterable[UUID]) -> QuerySet[Any]:
        """Return the rows of accounts by what the record knows them by."""
        found = self.model._base_manager.filter(**self.only).prefetch_related(*self.related)
        if self.by_subjects is not None:
            return self.by_subjects(found, subjects)
        return found.filter(public_id__in=list(subjects))

    def deed(self, row: Any, *, actor: User | None) -> Deed:
        """Return the entry that a row makes."""
        told = self.tell(row)
        about = About(self.noun, self.subject(row))
        return Deed(
            kind=self.kind, actor=actor, about=about, terms=told.terms, texts=given(told.texts)
        )


def given(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts that say something."""
    return {name: text for name, text in texts.items() if text}


@cache
def witnesses() -> tuple[Witness, ...]:
    """Return every witness of settings.WITNESSED."""
    return tuple(witness for name in settings.WITNESSED for witness in import_string(name))


def witness_of(model: type[Model], *, kind: RecordKind | None = None) -> Witness:
    """Return how rows of a model are told.

    :raises LookupError: none tells them, or there are several and no kind is named.
    """
    found = [each for each in witnesses() if each.model is model and kind in (None, each.kind)]
    if len(found) != 1:
        raise LookupError(f"{len(found)} witnesses tell {model.__name__} as {kind}")
    return found[0]


def witness(row: Model, *, actor: User | None, kind: RecordKind | None = None) -> Appended:
    """Append a row to the record of its project; call it last in the row's transaction."""
    return witness_all([row], actor=actor, kind=kind)[0]


def witness_all(
    rows: Iterable[Model], *, actor: User | None, kind: RecordKind | None = None
) -> list[Appended]:
    """Append rows to the records of their projects, in the same few queries for any number."""
    return append_together([deed_of(row, actor=actor, kind=kind) for row in rows])


def deed_of(
    row: Any, *, actor: User | None, kind: RecordKind | None = None
) -> tuple[Project, Deed]:
    """Return the project in whose record a row stands, and the entry that it makes."""
    found = witness_of(type(row), kind=kind)
    if isinstance(getattr(row, found.moment), DatabaseDefault):
        row.refresh_from_db(fields=[found.moment])
    return row.project, found.deed(row, actor=actor)
