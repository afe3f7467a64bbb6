"""How fast the business decides, and what waits for it."""

from datetime import UTC, datetime, timedelta

import pytest

from governance.choices import Affiliation, Ruling
from governance.models import (
    Assumption,
    AssumptionRuling,
    Decision,
    DecisionOutcome,
    Project,
)
from tests.factories import NOW, make_process, make_project, make_user
from tests.measuring import count_of, reading_of, share_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def project() -> Project:
    return make_project(time_zone="Europe/Warsaw")


def _raise(project: Project, *, days: float, **fields: object) -> Decision:
    at = NOW - timedelta(days=days)
    return Decision.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        code=f"Q{Decision.objects.count()}",
        raised_at=at,
        recorded_at=at,
        **fields,
    )


def _decide(decision: Decision, *, days: float, affiliation: str = Affiliation.CLIENT) -> None:
    at = NOW - timedelta(days=days)
    DecisionOutcome.objects.create(
        organisation_id=decision.organisation_id,
        project_id=decision.project_id,
        decision=decision,
        outcome="Yes",
        decided_by=make_user(organisation=decision.organisation),
        decided_affiliation=affiliation,
        decided_at=at,
        recorded_at=at,
    )


def _assume(project: Project, *, at: datetime) -> Assumption:
    return Assumption.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        code=f"A{Assumption.objects.count()}",
        raised_at=at,
        recorded_at=at,
    )


def _rule(assumption: Assumption) -> None:
    AssumptionRuling.objects.create(
        organisation_id=assumption.organisation_id,
        project_id=assumption.project_id,
        assumption=assumption,
        ruling=Ruling.REJECTED,
        ruled_by=make_user(organisation=assumption.organisation),
        ruled_at=NOW,
        recorded_at=NOW,
    )


class TestLatency:
    def test_takes_the_days_within_which_four_of_five_were_decided(self, project: Project) -> None:
        for number in range(1, 6):
            _decide(_raise(project, days=20), days=20 - number)
        assert count_of(project, "dec.latency_p80") == (4, 5)

    def test_counts_open_ones_by_their_age(self, project: Project) -> None:
        _raise(project, days=2.5)
        assert count_of(project, "dec.latency_p80") == (2.5, 1)

    def test_takes_the_first_outcome(self, project: Project) -> None:
        decision = _raise(project, days=10)
        _decide(decision, days=9)
        _decide(decision, days=1)
        assert count_of(project, "dec.latency_p80") == (1, 1)

    def test_of_no_decisions_says_nothing(self, project: Project) -> None:
        assert reading_of(project, "dec.latency_p80").measured is None


class TestBlockingOpen:
    def test_counts_what_blocks_and_is_not_decided(self, project: Project) -> None:
        _raise(project, days=2)
        _raise(project, days=2, blocks_go_live=True)
        _decide(_raise(project, days=2, blocks_go_live=True), days=1)
        assert count_of(project, "dec.blocking_open") == (1, 3)

    def test_a_partners_outcome_decides_nothing(self, project: Project) -> None:
        decision = _raise(project, days=2, blocks_go_live=True)
        _decide(decision, days=1, affiliation=Affiliation.PARTNER)
        assert count_of(project, "dec.blocking_open") == (1, 1)


class TestUnratified:
    @pytest.mark.parametrize(
        ("raised_at", "overdue"),
        [
            (datetime(2026, 5, 24, 21, 59, tzinfo=UTC), 1),
            (datetime(2026, 5, 24, 22, 0, tzinfo=UTC), 0),
        ],
    )
    def test_waits_five_working_days_in_the_projects_zone(
        self, project: Project, raised_at: datetime, overdue: int
    ) -> None:
        _assume(project, at=raised_at)
        assert count_of(project, "asm.unratified") == (overdue, 1)

    def test_any_ruling_settles_it(self, project: Project) -> None:
        _rule(_assume(project, at=NOW - timedelta(days=30)))
        assert count_of(project, "asm.unratified") == (0, 1)


class TestHeatOfDecisions:
    def test_counts_decisions_and_assumptions_that_hold_up_a_process(
        self, project: Project
    ) -> None:
        process = make_process(project=project)
        area = make_process(project=project, parent=process, accountable=process)
        decision = _raise(project, days=2)
        decision.blocked_processes.add(process, area)
        _decide(decision, days=1)
        _assume(project, at=NOW).blocked_processes.add(area)
        assert share_of(project, "heat.decisions", process_id=process.pk) == (1, 2)
