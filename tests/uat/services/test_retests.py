"""What rests on a wrong assumption is old from then on, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest

from governance.choices import DependentKind, NoticeKind, Role, Ruling
from governance.models import Assumption, Dependency, Notice
from governance.services.assumptions import rule_on
from tests.factories import RUN_AT, join, make_run, make_scenario, make_user
from tests.people import Cast, make_cast
from tests.questions import make_assumption
from uat.models import Change, Scenario
from uat.services.executions import (
    RunDetails,
    check_latest,
    record_execution,
    refresh_latest,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
RULED_AT = RUN_AT + timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


def ran(scenario: Scenario, **fields: Any) -> None:
    """Let the business pass a scenario."""
    make_run(scenario=scenario, **fields)
    refresh_latest(project_id=scenario.project_id)


def passed(cast: Cast, code: str) -> Scenario:
    """Return a scenario that the business has passed."""
    scenario = make_scenario(project=cast.project, code=code)
    ran(scenario)
    return scenario


def resting(cast: Cast, code: str) -> Assumption:
    """Return an assumption that a scenario rests on."""
    assumption = make_assumption(project=cast.project, code="A-003", maker=cast.consultant)
    Dependency.objects.create(
        organisation=cast.client,
        project=cast.project,
        assumption=assumption,
        kind=DependentKind.SCENARIO,
        code=code,
        noted_at=RUN_AT,
    )
    return assumption


def rule(cast: Cast, assumption: Assumption, ruling: Ruling) -> None:
    """Let the owner rule."""
    rule_on(
        assumption=assumption,
        ruling=ruling,
        reason="There are two.",
        ruled_by=cast.process_owner,
        ruled_at=RULED_AT,
    )


class TestRetestAfterRuling:
    @pytest.mark.parametrize("ruling", [Ruling.REJECTED, Ruling.CORRECTED])
    def test_makes_old_what_rested_on_it(self, cast: Cast, ruling: Ruling) -> None:
        resting_one, other = passed(cast, "S-1"), passed(cast, "S-2")
        rule(cast, resting(cast, "S-1"), ruling)
        kept = Scenario.objects.filter(project=cast.project).passed()
        assert list(kept) == [other]
        change = Change.objects.get()
        assert (change.scenario, change.process) == (resting_one, None)
        assert change.summary == f"A-003 was {ruling.lower()}: There are two."
        assert not check_latest(project_ids=[cast.project.pk])

    def test_leaves_everything_as_it_is_when_ratified(self, cast: Cast) -> None:
        passed(cast, "S-1")
        rule(cast, resting(cast, "S-1"), Ruling.RATIFIED)
        assert Scenario.objects.filter(project=cast.project).passed().count() == 1
        assert not Change.objects.exists()

    def test_a_run_after_it_counts_again(self, cast: Cast) -> None:
        scenario = passed(cast, "S-1")
        rule(cast, resting(cast, "S-1"), Ruling.REJECTED)
        ran(scenario, executed_at=RULED_AT + timedelta(hours=1))
        assert Scenario.objects.filter(project=cast.project).passed().count() == 1

    def test_reminds_nobody_once_the_business_has_run_it_again(self, cast: Cast) -> None:
        scenario = passed(cast, "S-1")
        rule(cast, resting(cast, "S-1"), Ruling.REJECTED)
        told = Notice.objects.get(kind=NoticeKind.REWORK)
        again = RULED_AT + timedelta(hours=1)
        for tester, settled_at in ((cast.consultant, None), (cast.business_user, again)):
            record_execution(
                project=cast.project,
                scenario=scenario,
                tester=tester,
                run=RunDetails(result="PASSED", executed_at=again),
                as_of=again,
            )
            told.refresh_from_db()
            assert told.settled_at == settled_at

    def test_tells_the_test_lead_and_whoever_assumed_it(self, cast: Cast) -> None:
        lead = make_user(organisation=cast.client, name="Lead")
        join(project=cast.project, user=lead, role=Role.TEST_LEAD)
        passed(cast, "S-1")
        rule(cast, resting(cast, "S-1"), Ruling.REJECTED)
        told = Notice.objects.filter(kind=NoticeKind.REWORK)
        assert {each.account for each in told} == {lead, cast.consultant}
        assert {each.terms["number"] for each in told} == {1}
