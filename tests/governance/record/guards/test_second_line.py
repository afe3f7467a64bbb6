"""The database refuses to rewrite the record and the signatures, whatever is said to it."""
# ruff: noqa: S608 - the tables are our own

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from governance.choices import AnchorKind, RecordKind
from governance.models import (
    Anchor,
    AppendOnly,
    Delegation,
    DelegationEnd,
    RecordCheck,
    RecordText,
    SignatureAgreement,
)
from governance.record import guards
from governance.record.checkpoints import checkpoint_of
from governance.record.log import Deed, append
from tests.factories import NOW
from tests.signing import Desk, make_desk

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
TABLES = (
    "governance.recordentry",
    "governance.checkpoint",
    "governance.anchor",
    "governance.recordcheck",
    "governance.signoff",
    "governance.delegation",
    "governance.delegationend",
    "governance.signatureagreement",
    "readiness.policyadoption",
)


@pytest.fixture
def desk() -> Desk:
    """Return a project with a row in every table of the record and of signatures."""
    desk = make_desk()
    cast, project = desk.cast, desk.cast.project
    owner = {"organisation": cast.client, "project": project}
    SignatureAgreement.objects.get_or_create(
        account=cast.process_owner, defaults={"organisation": cast.client, "wording": "It binds."}
    )
    desk.sign(cast.process_owner)
    head = append(
        Deed(kind=RecordKind.EXPORTED, actor=None, texts={"note": "For the auditor"}),
        project=project,
    ).head
    Anchor.objects.create(**owner, checkpoint=checkpoint_of(head), kind=AnchorKind.MAIL)
    RecordCheck.objects.create(**owner, is_sound=True, size=1)
    delegation = Delegation.objects.create(
        **owner, process=desk.process, delegate=cast.business_user, appointed_by=cast.sponsor,
        starts_at=NOW, ends_at=NOW + timedelta(days=7), reason="Leave", appointed_at=NOW,
    )  # fmt: skip
    DelegationEnd.objects.create(
        **owner, delegation=delegation, reason="Back", ended_by=cast.sponsor, ended_at=NOW
    )
    return desk


def refused(statement: str) -> None:
    """Say something to the database that it refuses."""
    with (
        pytest.raises(DatabaseError, match=r"append-only|REPLACE refused|DELETE refused|fixed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def table_of(label: str) -> tuple[str, int]:
    """Return the table of a model, and how many rows it has."""
    model: type[Model] = apps.get_model(label)
    assert issubclass(model, AppendOnly)
    number = model._default_manager.count()
    assert number, label
    return model._meta.db_table, number


REWRITES: dict[str, Callable[[str], str]] = {
    "UPDATE": lambda table: f"UPDATE {table} SET public_id = public_id",
    "DELETE": lambda table: f"DELETE FROM {table}",
    "ON CONFLICT": lambda table: (
        f"INSERT INTO {table} SELECT * FROM {table} WHERE TRUE"
        " ON CONFLICT (id) DO UPDATE SET id = excluded.id"
    ),
}


class TestTheSecondLine:
    @pytest.mark.parametrize("label", TABLES)
    def test_refuses_every_way_to_rewrite_a_row(self, desk: Desk, label: str) -> None:
        table, number = table_of(label)
        model = apps.get_model(label)
        column = "wording" if label.endswith("agreement") else "public_id"
        connection.check_constraints()
        for rewrite in REWRITES.values():
            refused(rewrite(table).replace("public_id", column))
        if connection.vendor == "sqlite":
            refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        else:
            refused(f"TRUNCATE {table} CASCADE")
        assert model._default_manager.count() == number

    def test_lets_a_text_be_erased_and_nothing_else(self, desk: Desk) -> None:
        table = RecordText._meta.db_table
        connection.check_constraints()
        for change in (
            f"UPDATE {table} SET text = 'Another one'",
            f"UPDATE {table} SET text = '', nonce = 'aa'",
        ):
            with (
                pytest.raises(DatabaseError, match="erased, not changed"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(change)
        refused(f"UPDATE {table} SET commitment = 'aa'")
        refused(f"DELETE FROM {table}")
        if connection.vendor == "postgresql":
            refused(f"TRUNCATE {table}")
        else:
            refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        RecordText.objects.update(text="", nonce="")

    @pytest.mark.postgresql
    def test_cannot_be_walked_around_from_above(self, desk: Desk) -> None:
        connection.check_constraints()
        for table in ("governance_project", "governance_organisation", "governance_user"):
            refused(f"TRUNCATE {table} CASCADE")

    def test_stands_on_every_table_of_the_record(self) -> None:
        guarded = {model._meta.label_lower for model in guards.guarded_models()}
        assert guarded >= set(TABLES)
        assert guards.missing(connection) == []
        assert RecordText._meta.db_table in guards.kept_tables()
