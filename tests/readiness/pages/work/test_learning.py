"""Scenarios to run: asked for at once, however many assignments there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from readiness.pages.work.desk import desk_of
from readiness.pages.work.learning import scenarios_waiting
from tests.factories import make_person, make_process, make_scenario, make_tester
from tests.signing import LATER, Desk, make_desk

pytestmark = pytest.mark.both_engines


@pytest.fixture
def desk(db: None) -> Desk:
    """Return a process with scenarios that nobody ran."""
    return make_desk()


class TestScenariosWaiting:
    def test_asks_as_much_for_many_assignments_as_for_one(self, desk: Desk) -> None:
        project, tester = desk.cast.project, desk.cast.business_user
        person = make_person(project=project, account=tester)
        make_tester(person=person, process=desk.process)
        with CaptureQueriesContext(connection) as few:
            before = list(scenarios_waiting(desk_of(tester, at=LATER)))
        for number in range(3):
            process = make_process(project=project, code=f"2{number}", name="More")
            make_scenario(project=project, process=process, code=f"2{number}-01")
            make_tester(person=person, process=process)
        with CaptureQueriesContext(connection) as many:
            after = list(scenarios_waiting(desk_of(tester, at=LATER)))
        assert len(after) == len(before) + 3
        assert len(many) == len(few)
