"""Departments named by hand, and their managers."""

import pytest

from governance.models import Department, ImportRun, ProjectMark
from governance.services.departments import (
    DepartmentRefused,
    change_department,
    open_department,
)
from tests.factories import make_user
from tests.people import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


class TestOpenDepartment:
    def test_names_one_and_marks_the_project(self, cast: Cast) -> None:
        before = ProjectMark.objects.get(project=cast.project).version
        row = open_department(project=cast.project, name="  Mill  floor ", manager=cast.sponsor)
        assert (row.name, row.manager, row.import_run) == ("Mill floor", cast.sponsor, None)
        assert ProjectMark.objects.get(project=cast.project).version == before + 1

    @pytest.mark.parametrize("name", ["", "  ", "FINANCE"])
    def test_takes_no_empty_and_no_taken_name(self, cast: Cast, name: str) -> None:
        open_department(project=cast.project, name="Finance", manager=None)
        with pytest.raises(DepartmentRefused) as refused:
            open_department(project=cast.project, name=name, manager=None)
        assert refused.value.field == "name"
        assert open_department(project=cast.other_project, name="Finance", manager=None).pk

    def test_takes_a_manager_of_the_client_alone(self, cast: Cast) -> None:
        closed = make_user(organisation=cast.client, is_active=False)
        for manager in (cast.consultant, cast.other_sponsor, closed):
            with pytest.raises(DepartmentRefused) as refused:
                open_department(project=cast.project, name="Finance", manager=manager)
            assert refused.value.field == "manager"
        assert not Department.objects.exists()


class TestChangeDepartment:
    def test_renames_what_was_named_by_hand(self, cast: Cast) -> None:
        row = open_department(project=cast.project, name="Finance", manager=None)
        change_department(department=row, name="Accounts", manager=cast.sponsor)
        row.refresh_from_db()
        assert (row.name, row.manager) == ("Accounts", cast.sponsor)

    def test_leaves_the_name_that_a_file_brought(self, cast: Cast) -> None:
        run = ImportRun.objects.create(
            organisation=cast.client, project=cast.project, kind="roster"
        )
        row = Department.objects.create(
            organisation=cast.client, project=cast.project, name="Finance", import_run=run
        )
        with pytest.raises(DepartmentRefused, match="A file brought"):
            change_department(department=row, name="Accounts", manager=None)
        change_department(department=row, name="Finance", manager=cast.sponsor)
        row.refresh_from_db()
        assert (row.import_run, row.manager) == (run, cast.sponsor)
