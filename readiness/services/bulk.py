"""Write many rows at once: COPY on PostgreSQL, one prepared INSERT elsewhere, one function."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from django.db import connection, models
from psycopg import Cursor, sql

Row = tuple[Any, ...]
Fields = Sequence["models.Field[Any, Any]"]
_AS_THEY_ARE = (
    models.BooleanField,
    models.CharField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
)


def write_rows(*, model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows whose values stand in the order of `columns` (attnames, such as project_id).

    A column that is left out takes its database default. Words are plain `str`, no enums.
    """
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[column] for column in columns]
    write = _copy if connection.vendor == "postgresql" else _insert
    write(model._meta.db_table, fields, rows)


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


def _copy(table: str, fields: Fields, rows: Iterable[Row]) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table),
        sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields),
    )
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cast("Cursor[Any]", cursor).copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _insert(table: str, fields: Fields, rows: Iterable[Row]) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(table)} ({names}) VALUES ({places})"  # noqa: S608 - our own names
    adapters = [_adapter(field) for field in fields]
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [
                [
                    adapt(value) if adapt else value
                    for adapt, value in zip(adapters, row, strict=True)
                ]
                for row in rows
            ],
        )


def _adapter(field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    """Return what turns a value into the engine's own; None where it may stay as it is."""
    if isinstance(field, _AS_THEY_ARE):
        return None
    return lambda value: None if value is None else field.get_db_prep_save(value, connection)
