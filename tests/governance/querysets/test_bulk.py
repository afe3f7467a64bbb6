"""Many rows are written at once, the same on both engines."""

import pytest
from django.db import IntegrityError, transaction

from governance.models import Department
from governance.querysets.bulk import insert_rows
from tests.factories import make_project

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


class TestInsertRows:
    def test_fills_what_nobody_named(self) -> None:
        project = make_project()
        fields = ("organisation_id", "project_id", "name")
        rows = [(project.organisation_id, project.pk, name) for name in ("Sales", "Größe\t\n\\N")]
        assert insert_rows(Department, fields=fields, rows=rows) == 2
        found = Department.objects.filter(project=project)
        assert {row.name for row in found} == {"Sales", "Größe\t\n\\N"}
        assert len({row.public_id for row in found}) == 2
        assert {row.manager_id for row in found} == {None}

    def test_refuses_a_row_that_is_there(self) -> None:
        project = make_project()
        row = (project.organisation_id, project.pk, "Sales")
        fields = ("organisation_id", "project_id", "name")
        insert_rows(Department, fields=fields, rows=[row])
        with pytest.raises(IntegrityError), transaction.atomic():
            insert_rows(Department, fields=fields, rows=[row])

    def test_does_nothing_with_nothing(self) -> None:
        assert insert_rows(Department, fields=("name",), rows=[]) == 0
