"""A run that is sent twice over a poor connection is one run."""

import pytest
from django.db import IntegrityError

from tests.factories import NOW, make_scenario
from tests.people import Cast, make_cast
from uat.models import Execution, Scenario
from uat.services import runs
from uat.services.executions import RunDetails
from uat.services.runs import record_once

pytestmark = pytest.mark.django_db
RUN = RunDetails(result="PASSED", executed_at=NOW, external_id="7:abc")


def send(cast: Cast, scenario: Scenario) -> Execution:
    """Send the run of a form."""
    return record_once(
        project=cast.project, scenario=scenario, tester=cast.business_user, run=RUN, as_of=NOW
    )


class TestRecordOnce:
    def test_returns_the_run_that_is_there(self) -> None:
        cast = make_cast()
        scenario = make_scenario(project=cast.project)
        first = send(cast, scenario)
        assert send(cast, scenario) == first
        assert Execution.objects.count() == 1

    def test_returns_the_run_that_came_first_when_both_come_at_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cast = make_cast()
        scenario = make_scenario(project=cast.project)
        first = send(cast, scenario)
        looks = iter([None, first])
        monkeypatch.setattr(runs, "_same_run", lambda *_: next(looks))
        assert send(cast, scenario) == first
        assert Execution.objects.count() == 1

    def test_hides_no_other_fault_of_the_database(self, monkeypatch: pytest.MonkeyPatch) -> None:
        cast = make_cast()

        def break_something_else(**_: object) -> None:
            raise IntegrityError

        monkeypatch.setattr(runs, "record_execution", break_something_else)
        with pytest.raises(IntegrityError):
            send(cast, make_scenario(project=cast.project))
