"""Bring tables that may change in step with a file: add, change or leave each row.

What an import adds names it, and what it changes is written down with the values before,
so that the import can be undone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.db import models

from governance.imports.importers import Context, Tally
from governance.models import ImportChange, ImportUndo, ProjectScoped

RowT = TypeVar("RowT", bound=ProjectScoped)
BATCH = 500
NAMED = ("import_run_id", "edition")
Key = tuple[Any, ...]


@dataclass(slots=True)
class Settled(Generic[RowT]):
    """The rows of a project by key, and which keys were added or changed."""

    rows: dict[Key, RowT] = field(default_factory=dict)
    added: set[Key] = field(default_factory=set)
    changed: set[Key] = field(default_factory=set)

    def tally(self, noun: str, *, of: Mapping[Key, object]) -> Tally:
        """Count the wanted rows as taken or there already."""
        taken = len(self.added) + len(self.changed)
        tally = Tally(taken=taken, unchanged=len(of) - taken)
        tally.counts[noun] = taken
        return tally


def settle(
    model: type[RowT],
    *,
    context: Context,
    key: tuple[str, ...],
    wanted: Mapping[Key, dict[str, Any]],
) -> Settled[RowT]:
    """Add the rows whose key is new and change those whose values differ.

    `wanted` maps the values of `key` to the fields a file states. What it leaves empty
    never overwrites what is there.
    """
    settled: Settled[RowT] = Settled()
    present = model._default_manager.filter(project=context.project)
    settled.rows = {tuple(getattr(row, name) for name in key): row for row in present}
    fresh: list[RowT] = []
    stale: list[RowT] = []
    changes: list[ImportChange] = []
    earlier = editions(model, context=context, key=key)
    for values, fields in wanted.items():
        stated = {name: value for name, value in fields.items() if value not in (None, "")}
        row = settled.rows.get(values)
        if row is None:
            named = dict(zip(key, values, strict=True))
            row = _new(model, context, {**named, **stated, "edition": earlier.get(values, 0)})
            settled.rows[values] = row
            fresh.append(row)
            settled.added.add(values)
        elif differing := _differing(row, stated):
            changes.append(_change(row, differing, context))
            stale.append(row)
            settled.changed.add(values)
    model._default_manager.bulk_create(fresh, batch_size=BATCH)
    if stale:
        touched = sorted({name for change in changes for name in change.after})
        model._default_manager.bulk_update(stale, touched, batch_size=BATCH)
    remember(changes, context=context)
    return settled


def _change(row: ProjectScoped, fields: dict[str, Any], context: Context) -> ImportChange:
    """Set the fields and return what was changed."""
    before = {name: getattr(row, name) for name in fields}
    for name, value in fields.items():
        setattr(row, name, value)
    return change_of(row, before=before, context=context)


def editions(
    model: type[models.Model], *, context: Context, key: tuple[str, ...]
) -> dict[Key, int]:
    """Return the edition of what is brought again after an undone import had brought it."""
    if not ImportUndo.objects.filter(project=context.project).exists():
        return {}
    voided = model._base_manager.filter(
        project=context.project, import_run__undo__isnull=False
    ).values_list(*key, "edition")
    found: dict[Key, int] = {}
    for *values, edition in voided:
        found[tuple(values)] = max(found.get(tuple(values), 0), edition + 1)
    return found


def told_again(
    model: type[models.Model],
    rows: Iterable[tuple[Any, ...]],
    *,
    fields: tuple[str, ...],
    context: Context,
) -> Iterator[tuple[Any, ...]]:
    """Return rows of values, each with its import and its edition at the end (NAMED).

    What makes a row one of a kind is read from the table's own constraint. The database is
    asked at once, not with the first row: by then a COPY may have the connection to itself.
    """
    unique = next(each for each in model._meta.constraints if "edition" in _names(each))
    columns = (getattr(model._meta.get_field(name), "attname", "") for name in _names(unique))
    key = tuple(column for column in columns if column in fields)
    earlier = editions(model, context=context, key=key)
    places = [fields.index(name) for name in key]
    run = context.run.pk if context.run else None
    if not earlier:
        return ((*row, run, 0) for row in rows)
    return ((*row, run, earlier.get(tuple(row[place] for place in places), 0)) for row in rows)


def _names(constraint: models.BaseConstraint) -> tuple[str, ...]:
    return tuple(constraint.fields) if isinstance(constraint, models.UniqueConstraint) else ()


def change_of(row: ProjectScoped, *, before: Mapping[str, Any], context: Context) -> ImportChange:
    """Return what is written down of a changed row; the row has its new values already."""
    return ImportChange(
        organisation_id=row.organisation_id,
        project_id=row.project_id,
        import_run=context.run,
        table=row._meta.label,
        row_id=row.pk,
        before={name: _plain(value) for name, value in before.items()},
        after={name: _plain(getattr(row, name)) for name in before},
    )


def remember(changes: list[ImportChange], *, context: Context) -> None:
    """Write down what was changed, where an import changed it."""
    if context.run is not None:
        ImportChange.objects.bulk_create(changes, batch_size=BATCH)


def _plain(value: Any) -> Any:
    """Return a value as JSON keeps it, exact to the last digit."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | str) else value


def _new(model: type[RowT], context: Context, values: dict[str, Any]) -> RowT:
    project = context.project
    return model(
        organisation_id=project.organisation_id,
        project=project,
        import_run=context.run,
        **values,
    )


def _differing(row: ProjectScoped, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if getattr(row, name) != value}
