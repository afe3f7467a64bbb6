"""The house rule for every tenant's table: its rows lead nowhere else; the database holds it."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Field, ForeignKey, Model

from governance.models import Organisation, Project, User
from governance.models.tenancy import SameTenant
from tests.house.sources import APPS

MODELS = [model for app in APPS for model in apps.get_app_config(app).get_models()]
# Links over which a row may lead to an account or a project of another organisation.
LINKS_ACROSS = {
    "governance.Participation.user": "a consultant takes part; a trigger says in which role",
    "governance.SecurityEvent.project": "an event of a partner's account in a client's project",
}


def tenant_keys(model: type[Model]) -> dict[str, str]:
    """Return link → tenant of every key over two columns."""
    found = [key for key in model._meta.constraints if isinstance(key, SameTenant)]
    return {key.link: key.tenant for key in found}


def columns_of(model: type[Model]) -> set[str]:
    """Return the names of a model's own fields."""
    return {field.name for field in model._meta.concrete_fields}


def missing_keys(model: type[Model]) -> list[str]:
    """Return the links of a tenant's table to another one that no key over two columns holds."""
    own, held = columns_of(model), tenant_keys(model)
    absent = []
    for field in model._meta.concrete_fields:
        if not isinstance(field, ForeignKey) or f"{model._meta.label}.{field.name}" in LINKS_ACROSS:
            continue
        target = field.remote_field.model
        if target in (Organisation, User):  # accounts: a trigger, or a key where it must be own
            continue
        shared = {"project", "organisation"} & own & (columns_of(target) | {"organisation"})
        tied = "project" in columns_of(target) or target is Project
        if tied and shared and field.name not in held:
            absent.append(field.name)
    return absent


def label(model: type[Model]) -> str:
    """Return app.Model."""
    return str(model._meta.label)


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_every_link_of_a_tenants_row_stays_with_the_tenant(model: type[Model]) -> None:
    assert not missing_keys(model)


@pytest.mark.django_db
@pytest.mark.parametrize("model", [model for model in MODELS if tenant_keys(model)], ids=label)
def test_the_database_holds_every_key_over_two_columns(model: type[Model]) -> None:
    wanted = {
        (column_of(model, link), column_of(model, tenant))
        for link, tenant in tenant_keys(model).items()
    }
    assert wanted <= keys_in_the_database(model._meta.db_table)


def column_of(model: type[Model], name: str) -> str:
    """Return the column of one of a model's own fields."""
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return str(field.column)


def keys_in_the_database(table: str) -> set[tuple[str, ...]]:
    """Return the columns of every foreign key of a table, as the engine knows them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT c.oid, a.attname FROM pg_constraint c"
                " CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS k(number, place)"
                " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number"
                " WHERE c.contype = 'f' AND c.convalidated AND c.conrelid = %s::regclass"
                " ORDER BY c.oid, k.place",
                [table],
            )
            rows = cursor.fetchall()
        else:
            cursor.execute(
                'SELECT id, "from" FROM pragma_foreign_key_list(%s) ORDER BY id, seq', [table]
            )
            rows = cursor.fetchall()
    keys: dict[int, list[str]] = {}
    for key, column in rows:
        keys.setdefault(key, []).append(column)
    return {tuple(columns) for columns in keys.values()}
