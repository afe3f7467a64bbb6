"""What a scenario takes for granted, and whether it has to be done anew."""

from datetime import timedelta

import pytest

from governance.choices import Ruling
from governance.services.assumptions import Guess, rule_on, write_assumption
from tests.factories import RUN_AT, make_run, make_scenario
from tests.people import Cast, make_cast
from uat.models import Scenario
from uat.pages.resting import grounds_of
from uat.services.executions import refresh_latest

pytestmark = pytest.mark.django_db
RULED_AT = RUN_AT + timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


def look(scenario: Scenario) -> tuple[str, str]:
    scenario.refresh_from_db()
    (row,) = grounds_of(scenario)
    return str(row.look.word), row.look.tone


class TestGroundsOf:
    def test_follows_the_assumption_from_nobody_to_tested_anew(self, cast: Cast) -> None:
        scenario = make_scenario(project=cast.project, code="S-1")
        make_run(scenario=scenario)
        refresh_latest(project_id=cast.project.pk)
        assumption = write_assumption(
            project=cast.project,
            guess=Guess(statement="One is enough.", scenarios=["S-1"]),
            made_by=cast.consultant,
            raised_at=RUN_AT,
        )
        assert look(scenario) == ("No owner has ruled on it", "warn")
        rule_on(
            assumption=assumption,
            ruling=Ruling.REJECTED,
            reason="There are two.",
            ruled_by=cast.process_owner,
            ruled_at=RULED_AT,
        )
        assert look(scenario) == ("Wrong: do it and test it anew", "bad")
        make_run(scenario=scenario, executed_at=RULED_AT + timedelta(hours=1))
        refresh_latest(project_id=cast.project.pk)
        assert look(scenario) == ("Wrong, and tested anew since", "good")

    def test_is_empty_where_nothing_is_assumed(self, cast: Cast) -> None:
        assert grounds_of(make_scenario(project=cast.project)) == []
