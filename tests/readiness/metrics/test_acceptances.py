"""Scenarios that nobody tested and nobody signed for."""

from datetime import datetime, timedelta

import pytest

from governance.choices import OrganisationKind
from readiness.models import Acceptance, AcceptanceScenario, AcceptanceWithdrawal
from tests.factories import NOW, RUN_AT, make_project, make_run, make_scenario, make_user
from tests.measuring import count_of
from uat.models import Scenario

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
SECOND = timedelta(seconds=1)


@pytest.fixture
def scenario() -> Scenario:
    return make_scenario(project=make_project())


def _accept(scenario: Scenario, *, expires_at: datetime = NOW + SECOND) -> Acceptance:
    requester, approver = (make_user(organisation=scenario.organisation) for _ in range(2))
    acceptance = Acceptance.objects.create(
        organisation_id=scenario.organisation_id,
        project_id=scenario.project_id,
        gate_key="G3",
        criterion_key="UX-02",
        reason="No time",
        control="By hand",
        requester=requester,
        approver=approver,
        approver_kind=OrganisationKind.CLIENT,
        approver_name=approver.name,
        approver_role="Sponsor",
        accepted_at=RUN_AT,
        expires_at=expires_at,
        recorded_at=RUN_AT,
    )
    AcceptanceScenario.objects.create(acceptance=acceptance, scenario=scenario)
    return acceptance


class TestMeasureUntested:
    def test_counts_what_is_neither_run_nor_accepted(self, scenario: Scenario) -> None:
        project = scenario.project
        make_run(scenario=make_scenario(project=project))
        assert count_of(project, "uat.unsigned_untested") == (1, 2)
        _accept(scenario)
        assert count_of(project, "uat.unsigned_untested") == (0, 2)

    def test_does_not_count_an_acceptance_that_expired(self, scenario: Scenario) -> None:
        _accept(scenario, expires_at=NOW)
        assert count_of(scenario.project, "uat.unsigned_untested") == (1, 1)

    def test_does_not_count_an_acceptance_that_was_taken_back(self, scenario: Scenario) -> None:
        acceptance = _accept(scenario)
        AcceptanceWithdrawal.objects.create(
            organisation_id=scenario.organisation_id,
            project_id=scenario.project_id,
            acceptance=acceptance,
            reason="No longer",
            withdrawn_by=acceptance.approver,
            withdrawn_at=NOW,
            recorded_at=NOW,
        )
        assert count_of(scenario.project, "uat.unsigned_untested") == (1, 1)

    def test_counts_a_scenario_once_that_two_acceptances_name(self, scenario: Scenario) -> None:
        make_scenario(project=scenario.project)
        _accept(scenario)
        _accept(scenario)
        assert count_of(scenario.project, "uat.unsigned_untested") == (1, 2)

    def test_an_acceptance_of_a_tested_scenario_covers_nothing(self, scenario: Scenario) -> None:
        make_scenario(project=scenario.project)
        make_run(scenario=scenario)
        _accept(scenario)
        assert count_of(scenario.project, "uat.unsigned_untested") == (1, 2)
