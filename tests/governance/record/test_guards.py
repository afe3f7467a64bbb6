"""Append-only tables refuse every way of changing a row, on both engines."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from governance.models import Caveat, Decision, GoLiveDate, Ownership
from governance.record import guards
from readiness.models import Snapshot
from tests.factories import NOW, make_process
from tests.people import Cast, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def caveat(cast: Cast) -> Caveat:
    return Caveat.objects.create(
        organisation=cast.client,
        project=cast.project,
        text="Porto has no room",
        written_by=cast.project_manager,
        written_at=NOW,
    )


class TestGuards:
    def test_stand_on_every_append_only_table(self) -> None:
        assert Snapshot in guards.guarded_models()
        assert guards.missing(connection) == []

    def test_refuse_an_update(self, caveat: Caveat) -> None:
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Caveat.objects.filter(pk=caveat.pk).update(text="All is well")
        caveat.refresh_from_db()
        assert caveat.text == "Porto has no room"

    def test_refuse_a_delete(self, caveat: Caveat) -> None:
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Caveat.objects.filter(pk=caveat.pk).delete()
        assert Caveat.objects.filter(pk=caveat.pk).exists()

    def test_refuse_to_write_over_a_row(self, caveat: Caveat) -> None:
        table = Caveat._meta.db_table
        row = "id, public_id, text, written_at, recorded_at, organisation_id, project_id"
        values = f"SELECT {row}, written_by_id FROM {table} WHERE id = %s"  # noqa: S608
        for key in ("id", "public_id"):
            changed = values.replace(
                "SELECT id" if key == "public_id" else "public_id", _other(key), 1
            )
            insert = f"INSERT INTO {table} ({row}, written_by_id) {changed}"
            if connection.vendor == "sqlite":
                insert = insert.replace("INSERT", "INSERT OR REPLACE", 1)
            with (
                pytest.raises(IntegrityError),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(insert, [caveat.pk])
        assert Caveat.objects.get().public_id == caveat.public_id

    @pytest.mark.postgresql
    def test_refuse_to_empty_a_table(self, caveat: Caveat) -> None:
        connection.check_constraints()
        with (
            pytest.raises(IntegrityError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("TRUNCATE governance_caveat CASCADE")
        assert Caveat.objects.filter(pk=caveat.pk).exists()

    def test_refuse_a_partner_where_the_client_acts(self, cast: Cast) -> None:
        process = make_process(project=cast.project)
        for outsider in (cast.consultant, cast.other_sponsor):
            with pytest.raises(IntegrityError, match="only an account"), transaction.atomic():
                Ownership.objects.create(
                    organisation=cast.client,
                    project=cast.project,
                    process=process,
                    owner=outsider,
                    assigned_at=NOW,
                )

    def test_refuse_a_date_that_a_partner_moves(self, cast: Cast) -> None:
        decision = Decision.objects.create(
            organisation=cast.client, project=cast.project, code="D-1", title="?", raised_at=NOW
        )
        for outsider in (cast.consultant, cast.other_sponsor):
            with pytest.raises(IntegrityError, match="only an account"), transaction.atomic():
                GoLiveDate.objects.create(
                    organisation=cast.client,
                    project=cast.project,
                    decision=decision,
                    go_live_date=NOW.date(),
                    reason="We are ready",
                    decided_by=outsider,
                    decided_at=NOW,
                )

    def test_let_a_new_row_in(self, cast: Cast) -> None:
        row = GoLiveDate.objects.get(project=cast.project)
        assert row.is_first
        assert row.recorded_at < NOW + timedelta(days=3650)

    def test_are_missed_when_one_is_taken_away_and_come_back_with_migrate(self) -> None:
        with connection.cursor() as cursor:
            suffix = " ON governance_caveat" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER governance_caveat_no_update{suffix}")
        assert guards.missing(connection) == ["governance_caveat_no_update"]
        call_command("migrate", verbosity=0)
        assert guards.missing(connection) == []

    def test_are_all_gone_after_take_away(self) -> None:
        guards.take_away(connection)
        assert len(guards.missing(connection)) > len(guards.guarded_models())
        guards.put_back(connection)
        assert guards.missing(connection) == []


def _other(key: str) -> str:
    """Return SQL that keeps one key of the row and makes the other one new."""
    if key == "public_id":
        return "SELECT id + 100"
    return "'00000000-0000-4000-8000-000000000001'"


class TestLayAside:
    def test_lets_sqlite_build_a_table_anew_and_brings_the_guards_back(self) -> None:
        laid_aside = guards.lay_aside(connection)
        assert bool(laid_aside) is (connection.vendor == "sqlite")
        assert len(guards.missing(connection)) == len(laid_aside)
        guards.bring_back(connection, laid_aside)
        assert guards.missing(connection) == []

    def test_leaves_out_what_stood_on_a_table_that_is_gone(self) -> None:
        laid_aside = guards.lay_aside(connection)
        guards.bring_back(connection, [*laid_aside, ("gone", "no_table", "CREATE nonsense")])
        assert guards.missing(connection) == []


class TestMigrate:
    def test_keeps_the_guards_when_it_only_looks(self) -> None:
        call_command("migrate", plan=True, verbosity=0)
        assert guards.missing(connection) == []
