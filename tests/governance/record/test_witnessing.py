"""Rows of many projects are appended together, each in the record of its own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.choices import RecordKind
from governance.models import GoLiveDate, Participation, Project, RecordEntry, RecordHead
from governance.record.log import append_together, begin_log
from governance.record.witnessing import witness_all, witness_of, witnesses
from governance.services.projects import write_project
from tests.factories import GO_LIVE, NOW, make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def unrecorded(number: int) -> list[GoLiveDate]:
    """Return the first dates of new projects that have no record yet, the newest first."""
    client = make_organisation()
    for place in range(number):
        write_project(
            organisation=client,
            name=f"Upgrade {place}",
            slug=f"upgrade-{place}",
            go_live_date=GO_LIVE,
            opened_at=NOW,
        )
    rows = GoLiveDate.objects.filter(organisation=client).order_by("-pk")
    return list(rows.select_related("project__organisation"))


def asked_for(rows: list[GoLiveDate]) -> int:
    with CaptureQueriesContext(connection) as queries:
        witness_all(rows, actor=None, kind=RecordKind.DATE_SET)
    return len(queries)


class TestWitnessAll:
    def test_begins_each_log_and_numbers_it_on_its_own(self) -> None:
        rows = unrecorded(3)
        made = witness_all([*rows, *rows], actor=None, kind=RecordKind.DATE_SET)
        assert [each.entry.project_id for each in made] == [row.project_id for row in rows] * 2
        for row in rows:
            entries = RecordEntry.objects.filter(project=row.project).in_order()
            assert list(entries.values_list("seq", "kind")) == [
                (0, "LOG_STARTED"),
                (1, "DATE_SET"),
                (2, "DATE_SET"),
            ]
            assert RecordHead.objects.get(project=row.project).size == 3

    def test_asks_the_same_for_many_projects_as_for_two(self) -> None:
        assert asked_for(unrecorded(40)) == asked_for(unrecorded(2))

    def test_locks_the_ends_in_the_order_of_their_projects(self) -> None:
        rows = unrecorded(3)
        with CaptureQueriesContext(connection) as queries:
            witness_all(rows, actor=None, kind=RecordKind.DATE_SET)
        locking = [each["sql"] for each in queries if "governance_recordhead" in each["sql"]]
        assert 'ORDER BY "governance_recordhead"."project_id" ASC' in locking[0]

    def test_writes_nothing_where_there_is_nothing(self) -> None:
        assert append_together([]) == []

    def test_begins_a_log_once(self) -> None:
        (row,) = unrecorded(1)
        project: Project = row.project
        assert [begin_log(project), begin_log(project)] == [True, False]
        assert RecordEntry.objects.filter(project=project).count() == 1


class TestWitnessOf:
    def test_wants_a_kind_where_a_row_is_several_acts(self) -> None:
        assert witness_of(Participation, kind=RecordKind.ROLE_ENDED).noun == "participation"
        with pytest.raises(LookupError, match="2 witnesses"):
            witness_of(Participation)
        with pytest.raises(LookupError, match="0 witnesses"):
            witness_of(Project)

    def test_finds_one_for_each_row_and_kind(self) -> None:
        keys = [(each.model, each.kind) for each in witnesses()]
        assert len(keys) == len(set(keys))
