"""Tables are brought in step: added, changed or left."""

import pytest

from governance.imports.importers import Context
from governance.imports.settling import settle
from governance.models import Department, Person, Project
from tests.factories import NOW, make_person, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_project()


def told(project: Project) -> Context:
    return Context(organisation=project.organisation, target=project, moment=NOW)


@pytest.mark.both_engines
class TestSettle:
    def test_adds_what_is_new_and_changes_what_differs(self, project: Project) -> None:
        make_person(project=project, external_id="1", name="Ada", site="Leeds")
        make_person(project=project, external_id="2", name="Ben")
        settled = settle(
            Person,
            context=told(project),
            key=("external_id",),
            wanted={
                ("1",): {"name": "Ada Young", "site": ""},
                ("2",): {"name": "Ben"},
                ("3",): {"name": "Cy", "site": None},
            },
        )
        assert (settled.added, settled.changed) == ({("3",)}, {("1",)})
        rows = Person.objects.filter(project=project).order_by("external_id")
        assert [(row.name, row.site) for row in rows] == [
            ("Ada Young", "Leeds"),
            ("Ben", ""),
            ("Cy", ""),
        ]
        tally = settled.tally("people", of={("1",): {}, ("2",): {}, ("3",): {}})
        assert (tally.taken, tally.unchanged, tally.counts) == (2, 1, {"people": 2})

    def test_leaves_other_projects_alone(self, project: Project) -> None:
        other = make_project()
        Department.objects.create(organisation=other.organisation, project=other, name="Sales")
        settle(Department, context=told(project), key=("name",), wanted={("Sales",): {}})
        assert Department.objects.filter(name="Sales").count() == 2
