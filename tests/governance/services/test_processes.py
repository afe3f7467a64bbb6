"""Each process points at whoever answers for it."""

import pytest

from governance.choices import ProcessLevel
from governance.models import BusinessProcess
from governance.services.processes import settle_accountable
from tests.factories import make_process, make_project

pytestmark = pytest.mark.django_db


class TestSettleAccountable:
    def test_climbs_to_the_projects_level(self) -> None:
        project = make_project(accountable_level=ProcessLevel.AREA)
        top = make_process(project=project)
        area = make_process(project=project, level=ProcessLevel.AREA, parent=top)
        leaf = make_process(project=project, level=ProcessLevel.PROCESS, parent=area)
        assert settle_accountable(project=project) == 2
        rows = {row.pk: row.accountable_id for row in BusinessProcess.objects.all()}
        assert rows == {top.pk: None, area.pk: area.pk, leaf.pk: area.pk}
        assert settle_accountable(project=project) == 0

    def test_ends_in_a_loop_that_should_not_be(self) -> None:
        project = make_project()
        first = make_process(project=project, level=ProcessLevel.AREA)
        second = make_process(project=project, level=ProcessLevel.AREA, parent=first)
        BusinessProcess.objects.filter(pk=first.pk).update(parent=second)
        settle_accountable(project=project)
        rows = BusinessProcess.objects.values_list("accountable_id", flat=True)
        assert set(rows) == {None}
