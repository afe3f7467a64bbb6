"""Bring tables that may change in step with a file: add, change or leave each row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from governance.imports.importers import Tally
from governance.models import Project, ProjectScoped

RowT = TypeVar("RowT", bound=ProjectScoped)
BATCH = 500
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
    project: Project,
    key: tuple[str, ...],
    wanted: Mapping[Key, dict[str, Any]],
) -> Settled[RowT]:
    """Add the rows whose key is new and change those whose values differ.

    `wanted` maps the values of `key` to the fields a file states. What it leaves empty
    never overwrites what is there.
    """
    settled: Settled[RowT] = Settled()
    present = model._default_manager.filter(project=project)
    settled.rows = {tuple(getattr(row, name) for name in key): row for row in present}
    fresh: list[RowT] = []
    stale: list[RowT] = []
    touched: set[str] = set()
    for values, fields in wanted.items():
        row = settled.rows.get(values)
        if row is None:
            row = settled.rows[values] = _new(model, project, dict(zip(key, values, strict=True)))
            _set(row, fields)
            fresh.append(row)
            settled.added.add(values)
        elif names := _differing(row, fields):
            _set(row, {name: fields[name] for name in names})
            touched |= names
            stale.append(row)
            settled.changed.add(values)
    model._default_manager.bulk_create(fresh, batch_size=BATCH)
    if stale:
        model._default_manager.bulk_update(stale, sorted(touched), batch_size=BATCH)
    return settled


def _new(model: type[RowT], project: Project, values: dict[str, Any]) -> RowT:
    return model(organisation_id=project.organisation_id, project=project, **values)


def _set(row: ProjectScoped, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        if value is not None and value != "":
            setattr(row, name, value)


def _differing(row: ProjectScoped, fields: Mapping[str, Any]) -> set[str]:
    return {
        name
        for name, value in fields.items()
        if value is not None and value != "" and getattr(row, name) != value
    }
