"""Write many rows at once: COPY on PostgreSQL, bulk_create elsewhere, behind one function."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.db import connection, models
from psycopg import Cursor, sql

AT_ONCE = 2000
Row = tuple[Any, ...]


def write_rows(*, model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows whose values stand in the order of `columns` (attnames, such as project_id).

    A column that is left out takes its database default. Words are plain `str`, no enums.
    """
    if connection.vendor == "postgresql":
        _copy(model, columns, rows)
        return
    manager = model._default_manager
    manager.bulk_create(
        (model(**dict(zip(columns, row, strict=True))) for row in rows), batch_size=AT_ONCE
    )


def new_ids(*, model: type[models.Model], number: int) -> list[int]:
    """Return so many identifiers that nobody else gets; call it inside the transaction."""
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, number],
            )
            return [row[0] for row in cursor.fetchall()]
    newest = model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
    return list(range(newest + 1, newest + number + 1))


def _copy(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    names = {field.attname: str(field.column) for field in model._meta.concrete_fields}
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(names[column]) for column in columns),
    )
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cast("Cursor[Any]", cursor).copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)
