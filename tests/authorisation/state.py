"""What a request changed: every row of every table before and after."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

# Rows that say when somebody was here, not what was done: they may move on any request.
BOOKKEEPING = {
    "governance.SignedInSession": "says when a session was seen last",
    "governance.SecurityEvent": "tells of refusals, so it grows with them",
}
LAST_USED = {"governance.ApiToken": {"last_used_at"}}


@dataclass(frozen=True, slots=True)
class Change:
    """One row that is new, other than before, or gone."""

    model: type[models.Model]
    pk: Any
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def label(self) -> str:
        """Return the name of the table."""
        return str(self.model._meta.label)

    @property
    def row(self) -> dict[str, Any]:
        """Return the row as it is, or as it was before it went."""
        return self.after or self.before or {}

    @property
    def moved(self) -> dict[str, Any]:
        """Return the columns that are new or other than before, with what they hold now."""
        if self.after is None:
            return {}
        if self.before is None:
            return self.after
        return {name: held for name, held in self.after.items() if held != self.before[name]}

    @property
    def is_bookkeeping(self) -> bool:
        """Say whether the change only says that somebody was here."""
        if self.label in BOOKKEEPING:
            return True
        return self.before is not None and set(self.moved) <= LAST_USED.get(self.label, set())

    def __str__(self) -> str:
        """Name the row and what became of it."""
        what = "gone" if self.after is None else "new" if self.before is None else "changed"
        return f"{self.label} {self.pk} {what} {sorted(self.moved)[:6] if self.before else ''}"


class State:
    """Every row of every table, as a question found it."""

    def __init__(self) -> None:
        """Read them all."""
        self.tables = [
            (model, _columns(model))
            for model in apps.get_models(include_auto_created=True)
            if model._meta.managed and not model._meta.proxy
        ]
        self._rows = {model: self._read(model, names) for model, names in self.tables}

    def changes(self) -> list[Change]:
        """Return what is other than it was."""
        found = []
        for model, names in self.tables:
            before, after = self._rows[model], self._read(model, names)
            if before == after:
                continue
            for pk in before.keys() | after.keys():
                old, new = before.get(pk), after.get(pk)
                if old != new:
                    found.append(Change(model, pk, _named(names, old), _named(names, new)))
        return found

    def _read(self, model: type[models.Model], names: list[str]) -> dict[Any, tuple[Any, ...]]:
        quoted = ", ".join(f'"{name}"' for name in names)
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT {quoted} FROM "{model._meta.db_table}"')  # noqa: S608
            return {row[0]: row for row in cursor.fetchall()}


def _columns(model: type[models.Model]) -> list[str]:
    key = model._meta.pk
    fields = [field for field in model._meta.local_concrete_fields if field is not key]
    return [str(key.column), *(str(field.column) for field in fields)]


def _named(names: list[str], row: tuple[Any, ...] | None) -> dict[str, Any] | None:
    return dict(zip(names, row, strict=True)) if row is not None else None
