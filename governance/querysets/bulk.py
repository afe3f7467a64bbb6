"""Write many rows at once: COPY on PostgreSQL, bulk_create elsewhere, behind one function."""

import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models

BATCH = 2_000


def insert_rows(
    model: type[models.Model], *, fields: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Insert rows of values under these fields and return how many there were.

    Foreign keys are named by their column (`person_id`). A random public identifier is
    added where the model has one; columns left out take the database's default. A row
    that is there already is an IntegrityError: filter before.
    """
    names = list(fields)
    has_public_id = any(field.name == "public_id" for field in model._meta.concrete_fields)
    if has_public_id:
        names.append("public_id")
        rows = ((*row, public_id) for row, public_id in zip(rows, _public_ids(), strict=False))
    if connection.vendor == "postgresql":
        return _copy(model, names=names, rows=rows)
    objects = [model(**dict(zip(names, row, strict=True))) for row in rows]
    model._default_manager.bulk_create(objects, batch_size=BATCH)
    return len(objects)


def _public_ids() -> Iterator[str]:
    """Yield random UUIDs as text, drawn many at a time."""
    while True:
        drawn = os.urandom(16 * BATCH)
        for start in range(0, len(drawn), 16):
            yield str(uuid.UUID(bytes=drawn[start : start + 16], version=4))


def _copy(model: type[models.Model], *, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Stream rows through COPY; text columns that nobody names are empty, as Django has them."""
    columns = {field.attname: field for field in model._meta.concrete_fields}
    defaults = {
        field.attname: field.get_default()
        for field in columns.values()
        if field.attname not in names and not field.primary_key and not _by_database(field)
    }
    quote = connection.ops.quote_name
    listed = ", ".join(quote(columns[name].column or name) for name in [*names, *defaults])
    rest = tuple(defaults.values())
    number = 0
    statement = f"COPY {quote(model._meta.db_table)} ({listed}) FROM STDIN"
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row((*row, *rest))
            number += 1
    return number


def _by_database(field: "models.Field[Any, Any]") -> bool:
    return bool(field.has_db_default())
