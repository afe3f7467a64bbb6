"""Ask the same question again without compiling it again.

Django compiles a query each time it is asked, which costs several times what the database
needs for a row found by its key. The few questions that every REST request asks are
compiled once, from the same named querysets as everywhere else, and asked with new values.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A compiled query: each slot is a fixed value, or the name of one that changes."""

    sql: str
    slots: list[tuple[str, Any]]
    converters: dict[int, Any]


class Prepared:
    """A `values_list` query whose values change; `build` takes them by name.

    The examples stand for the values while compiling, so they must be unlike anything
    else in the query; no value may change the shape of the query.
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, Any]"], **examples: int | str | UUID):
        """Remember how to build the query; it is compiled when it is first asked."""
        self._build = build
        self._examples = examples
        self._plans: dict[str, _Plan] = {}

    def rows(self, **values: int | str | UUID) -> list[Row]:
        """Return the rows as `values_list` would."""
        plan = self._plans.get(connection.vendor)
        if plan is None:
            plan = self._plans[connection.vendor] = self._compiled()
        stored = {name: _stored(value) for name, value in values.items()}
        with connection.cursor() as cursor:
            cursor.execute(
                plan.sql, [stored[name] if name else fixed for name, fixed in plan.slots]
            )
            found = cursor.fetchall()
        return [_converted(row, plan) for row in found] if plan.converters else found

    def _compiled(self) -> _Plan:
        compiler = self._build(**self._examples).query.get_compiler(connection.alias)
        sql, parameters = compiler.as_sql()
        names = {_stored(value): name for name, value in self._examples.items()}
        slots = [(names.get(each, ""), each) for each in parameters]
        missing = set(self._examples) - {name for name, _ in slots}
        if missing:
            raise ValueError(f"The query has no place for {sorted(missing)}.")
        selected = [expression for expression, _, _ in compiler.select]
        return _Plan(sql, slots, compiler.get_converters(selected))


def _converted(row: Row, plan: _Plan) -> Row:
    values = list(row)
    for position, (converters, expression) in plan.converters.items():
        for convert in converters:
            values[position] = convert(values[position], expression, connection)
    return tuple(values)


def _stored(value: Any) -> Any:
    """Return a value as the database stores it: SQLite keeps an id as its 32 digits."""
    is_text = isinstance(value, UUID) and not connection.features.has_native_uuid_field
    return value.hex if is_text else value
