"""Triggers for what is kept for good, who may take part, and lines between two rows.

They are declared here as conditions that must not hold, and written in each engine's own
words by `statements`; guards puts them back after every migration.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from governance.choices import OrganisationKind, Role
from governance.models import Kept, Participation, RecordText

PAIR = 2


@dataclass(frozen=True, slots=True)
class Bound:
    """What a table refuses: `event` (INSERT, DELETE, UPDATE OF …) while `condition` holds.

    `condition` is SQL over NEW and OLD, the same on both engines; empty: always.
    """

    name: str
    table: str
    event: str
    sentence: str
    condition: str = ""


def bounds() -> list[Bound]:
    """Return every bound of the house, in a stable order."""
    every = [*_kept(), *_erasures(), *_participations(), *_lines()]
    return sorted(every, key=lambda bound: bound.name)


def statements(bound: Bound, *, vendor: str) -> str:
    """Return the statement that installs a bound on an engine."""
    return _postgresql(bound) if vendor == "postgresql" else _sqlite(bound)


def _kept() -> Iterator[Bound]:
    for model in apps.get_models():
        if not issubclass(model, Kept):
            continue
        table = model._meta.db_table
        yield Bound(f"{table}_is_kept", table, "DELETE", f"{table}: a row stays, DELETE refused")
        for name in model.fixed_fields:
            column = str(model._meta.get_field(name).column)  # type: ignore[union-attr]
            yield Bound(
                f"{table}_fixes_{name}",
                table,
                f"UPDATE OF {column}",
                f"{table}.{name} is fixed for good",
                f"NEW.{column} <> OLD.{column}",
            )


def _erasures() -> Iterator[Bound]:
    """A text of the record may be erased, and never be another one."""
    table = RecordText._meta.db_table
    yield Bound(
        f"{table}_only_erased",
        table,
        "UPDATE OF text, nonce",
        f"{table}: a text may be erased, not changed",
        "NEW.text <> '' OR NEW.nonce <> ''",
    )


def _participations() -> Iterator[Bound]:
    table = Participation._meta.db_table
    allowed = (
        "SELECT 1 FROM governance_user AS u WHERE u.id = NEW.user_id AND ("  # noqa: S608
        f"(u.kind = '{OrganisationKind.CLIENT}' AND u.organisation_id = NEW.organisation_id"
        f" AND NEW.role <> '{Role.CONSULTANT}')"
        f" OR (u.kind = '{OrganisationKind.PARTNER}' AND NEW.role = '{Role.CONSULTANT}'))"
    )
    yield Bound(
        f"{table}_fits_account",
        table,
        "INSERT",
        f"{table}: a partner takes part as consultant, the client's own in every other role",
        f"NOT EXISTS ({allowed})",
    )


def _lines() -> Iterator[Bound]:
    """Yield a bound for each table of lines between two rows that belong to projects."""
    for model in apps.get_models(include_auto_created=True):
        links = [field for field in model._meta.concrete_fields if _leads_to_project(field)]
        if len(links) != PAIR or _has_project(model):
            continue
        table, (one, other) = model._meta.db_table, links
        pair = (
            f"SELECT 1 FROM {_parent(one)} AS a JOIN {_parent(other)} AS b"  # noqa: S608
            f" ON a.project_id = b.project_id"
            f" WHERE a.id = NEW.{one.column} AND b.id = NEW.{other.column}"
        )
        for event in ("INSERT", f"UPDATE OF {one.column}, {other.column}"):
            yield Bound(
                f"{table}_one_project_{event.partition(' ')[0].lower()}",
                table,
                event,
                f"{table}: both rows must be of one project",
                f"NOT EXISTS ({pair})",
            )


def _leads_to_project(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.ForeignKey) and _has_project(field.remote_field.model)


def _has_project(model: type[models.Model]) -> bool:
    return any(field.name == "project" for field in model._meta.concrete_fields)


def _parent(field: "models.Field[Any, Any]") -> str:
    assert isinstance(field, models.ForeignKey)  # noqa: S101 - narrows: it leads somewhere
    return str(field.remote_field.model._meta.db_table)


def _sqlite(bound: Bound) -> str:
    when = f" WHEN {bound.condition}" if bound.condition else ""
    return (
        f"CREATE TRIGGER {bound.name} BEFORE {bound.event} ON {bound.table}{when}"
        f" BEGIN SELECT RAISE(ABORT, '{_quoted(bound.sentence)}'); END"
    )


def _postgresql(bound: Bound) -> str:
    returned = "OLD" if bound.event == "DELETE" else "NEW"
    return (
        f"CREATE OR REPLACE FUNCTION {bound.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {bound.condition or 'TRUE'} THEN RAISE EXCEPTION '{_quoted(bound.sentence)}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        f" RETURN {returned}; END $$;"
        f" CREATE TRIGGER {bound.name} BEFORE {bound.event} ON {bound.table}"
        f" FOR EACH ROW EXECUTE FUNCTION {bound.name}()"
    )


def _quoted(sentence: str) -> str:
    return sentence.replace("'", "''")
