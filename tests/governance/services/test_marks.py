"""Marks count the changes of a project's facts."""

import pytest

from governance.models import ProjectMark
from governance.services.marks import mark_projects
from tests.factories import make_project

pytestmark = pytest.mark.django_db


class TestMarkProjects:
    def test_counts_one_change_for_each_project(self) -> None:
        first, second = make_project(), make_project()
        mark_projects(project_ids=[first.pk, second.pk, first.pk])
        marks = dict(ProjectMark.objects.values_list("project_id", "version"))
        assert marks == {first.pk: 2, second.pk: 2}

    def test_makes_a_mark_that_is_missing(self) -> None:
        project = make_project()
        ProjectMark.objects.all().delete()
        mark_projects(project_ids=[project.pk])
        assert str(ProjectMark.objects.get()) == f"{project.pk}: 1"

    def test_does_nothing_for_nobody(self) -> None:
        mark_projects(project_ids=[])
        assert not ProjectMark.objects.exists()
