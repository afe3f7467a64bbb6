"""Triggers that keep append-only tables append-only, on SQLite and on PostgreSQL.

They refuse UPDATE, DELETE, TRUNCATE and REPLACE, and an insert that names a partner's
account (or another client's) where only the client's own business may act. They stop the
application and its bugs; an administrator of the database is beyond them. The bounds of
`governance.record.bounds` are put back and taken away together with them.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from governance.models import AppendOnly, Kept
from governance.record.bounds import bounds, statements

_REFUSE_FUNCTION = """
CREATE OR REPLACE FUNCTION readiness_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def guarded_models() -> list[type[AppendOnly]]:
    """Return every append-only model, in a stable order."""
    found = [model for model in apps.get_models() if issubclass(model, AppendOnly)]
    return sorted(found, key=lambda model: model._meta.db_table)


def kept_tables() -> list[str]:
    """Return every table whose rows stay for good and may change otherwise, in a stable order."""
    found = [model._meta.db_table for model in apps.get_models() if issubclass(model, Kept)]
    return sorted(found)


def put_back(connection: BaseDatabaseWrapper) -> None:
    """Install every trigger anew; run after each migration."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def take_away(connection: BaseDatabaseWrapper) -> None:
    """Remove every trigger: the one bypass, for migrations and the teardown of tests."""
    with connection.cursor() as cursor:
        for model in guarded_models():
            table = model._meta.db_table
            for name in _names(model):
                cursor.execute(_drop(name, table, vendor=connection.vendor))
        for bound in bounds():
            cursor.execute(_drop(bound.name, bound.table, vendor=connection.vendor))
        for table in kept_tables():
            cursor.execute(_drop(_no_truncate(table), table, vendor=connection.vendor))


def lay_aside(connection: BaseDatabaseWrapper) -> list[tuple[str, str, str]]:
    """Take away SQLite's triggers and return each as name, table and statement.

    SQLite builds a table anew to add a column, and cannot give it its name back while a
    trigger names it.
    """
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = [(name, table, sql) for name, table, sql in cursor.fetchall()]
        for name, _, _ in found:
            cursor.execute(f'DROP TRIGGER "{name}"')
    return found


def bring_back(connection: BaseDatabaseWrapper, laid_aside: list[tuple[str, str, str]]) -> None:
    """Install again what was laid aside, where its table still is."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name, table, statement in laid_aside:
            if table in tables:
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
                cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of triggers that ought to be there and are not, or are switched off."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    wanted = [
        name for model in guarded_models() for name in _names(model, vendor=connection.vendor)
    ]
    wanted += [bound.name for bound in bounds()]
    if connection.vendor == "postgresql":
        wanted += [_no_truncate(table) for table in kept_tables()]
    return [name for name in wanted if name not in present]


def _names(model: type[AppendOnly], *, vendor: str = "") -> list[str]:
    table = model._meta.db_table
    names = [f"{table}_no_update", f"{table}_no_delete"]
    if vendor != "sqlite":
        names.append(_no_truncate(table))
    if vendor != "postgresql":
        names += [f"{table}_no_replace_{'_'.join(key)}" for key in _unique_keys(model)]
    names += [f"{table}_by_client_{field}" for field in model.business_actor_fields]
    return [name for name in names if vendor or name]


def _statements(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield _REFUSE_FUNCTION
    for model in guarded_models():
        table = model._meta.db_table
        build = _postgresql if vendor == "postgresql" else _sqlite
        for name, body in build(model):
            yield _drop(name, table, vendor=vendor)
            yield body
    for bound in bounds():
        yield _drop(bound.name, bound.table, vendor=vendor)
        yield statements(bound, vendor=vendor)
    if vendor == "postgresql":  # SQLite has no TRUNCATE
        for table in kept_tables():
            yield _drop(_no_truncate(table), table, vendor=vendor)
            yield (
                f"CREATE TRIGGER {_no_truncate(table)} BEFORE TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION readiness_refuse_change()"
            )


def _no_truncate(table: str) -> str:
    return f"{table}_no_truncate"


def _drop(name: str, table: str, *, vendor: str) -> str:
    suffix = f" ON {table}" if vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {name}{suffix}"


def _postgresql(model: type[AppendOnly]) -> Iterator[tuple[str, str]]:
    table = model._meta.db_table
    for verb, level in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
        name = f"{table}_no_{verb}"
        yield (
            name,
            f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} FOR EACH {level}"
            " EXECUTE FUNCTION readiness_refuse_change()",
        )
    for field in model.business_actor_fields:
        name = f"{table}_by_client_{field}"
        column = f"NEW.{field}_id"
        yield (
            name,
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {_foreign(column)} THEN RAISE EXCEPTION '{_foreign_message(table, field)}'"
            " USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;"
            f" CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW"
            f" EXECUTE FUNCTION {name}()",
        )


def _sqlite(model: type[AppendOnly]) -> Iterator[tuple[str, str]]:
    table = model._meta.db_table
    for verb in ("update", "delete"):
        name = f"{table}_no_{verb}"
        yield (
            name,
            f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} BEGIN"
            f" SELECT RAISE(ABORT, '{table} is append-only: {verb.upper()} refused'); END",
        )
    for key in _unique_keys(model):
        name = f"{table}_no_replace_{'_'.join(key)}"
        same = " AND ".join(f"{column} = NEW.{column}" for column in key)
        yield (
            name,
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table}"  # noqa: S608 - our own names
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) BEGIN"
            f" SELECT RAISE(ABORT, '{table}: UNIQUE row is there already, REPLACE refused'); END",
        )
    for field in model.business_actor_fields:
        name = f"{table}_by_client_{field}"
        yield (
            name,
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN {_foreign(f'NEW.{field}_id')}"
            f" BEGIN SELECT RAISE(ABORT, '{_foreign_message(table, field)}'); END",
        )


def _foreign(column: str) -> str:
    return (
        f"{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM governance_user AS u"  # noqa: S608
        f" WHERE u.id = {column} AND u.kind = 'CLIENT'"
        " AND u.organisation_id = NEW.organisation_id)"
    )


def _foreign_message(table: str, field: str) -> str:
    return f"{table}.{field}: only an account of the client itself may act"


def _unique_keys(model: type[AppendOnly]) -> list[tuple[str, ...]]:
    """Return the column tuples that are unique without condition, the primary key first."""
    columns = {field.name: str(field.column) for field in model._meta.local_concrete_fields}
    single = [
        (str(field.column),)
        for field in model._meta.local_concrete_fields
        if field.primary_key or field.unique
    ]
    together = [
        tuple(columns[name] for name in constraint.fields)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None
    ]
    # a key that holds a unique column refuses nothing that the column does not
    return single + [key for key in together if key and not any((c,) in single for c in key)]
