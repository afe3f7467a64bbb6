"""Many rows at once, on both engines."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from readiness.models import Night
from readiness.services.bulk import new_ids, write_rows
from tests.factories import make_project

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
COLUMNS = ("id", "organisation_id", "project_id", "public_id", "local_day", "due_at", "state",
           "is_late", "attempts", "error")  # fmt: skip


def rows_of(days: int) -> list[tuple[object, ...]]:
    """Return so many nights of one project, with identifiers of their own."""
    project = make_project()
    ids = new_ids(model=Night, number=days)
    return [
        (
            key,
            project.organisation_id,
            project.pk,
            f"00000000-0000-0000-0000-{number:012d}",
            date(2026, 1, 1 + number),
            datetime(2026, 1, 2 + number, tzinfo=UTC),
            "DUE",
            False,
            0,
            'tab\t, line\n, "quote" and \\N',
        )
        for number, key in enumerate(ids)
    ]


class TestWriteRows:
    def test_writes_every_row_as_it_is(self) -> None:
        rows = rows_of(20)
        write_rows(model=Night, columns=COLUMNS, rows=iter(rows))
        kept = list(Night.objects.order_by("pk"))
        assert [night.pk for night in kept] == [row[0] for row in rows]
        assert kept[19].local_day == date(2026, 1, 20)
        assert kept[19].due_at == datetime(2026, 1, 21, tzinfo=UTC)
        assert kept[0].error == 'tab\t, line\n, "quote" and \\N'
        assert kept[0].snapshot is None

    def test_writes_nothing_of_nothing(self) -> None:
        write_rows(model=Night, columns=COLUMNS, rows=[])
        assert not Night.objects.exists()

    def test_is_refused_whole_when_one_row_must_not_be(self) -> None:
        rows = rows_of(3)
        with pytest.raises(IntegrityError), transaction.atomic():
            write_rows(model=Night, columns=COLUMNS, rows=[*rows, rows[0]])
        assert not Night.objects.exists()


class TestNewIds:
    def test_are_never_given_twice(self) -> None:
        first = rows_of(2)
        write_rows(model=Night, columns=COLUMNS, rows=first)
        later = new_ids(model=Night, number=2)
        assert not set(later) & {row[0] for row in first}
        assert len(set(later)) == 2
        assert new_ids(model=Night, number=0) == []
