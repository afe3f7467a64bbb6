"""Defects: open, owned, back again, and a matter of training."""

from datetime import timedelta

import pytest

from governance.choices import Affiliation
from governance.models import Project
from tests.factories import (
    GO_LIVE,
    NOW,
    RUN_AT,
    make_defect,
    make_defect_event,
    make_process,
    make_project,
    make_run,
    make_scenario,
)
from tests.measuring import count_of, share_of
from uat.choices import DefectState, Severity, Triage
from uat.models import Defect

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
DAY = timedelta(days=1)


@pytest.fixture
def project() -> Project:
    return make_project()


def _move(defect: Defect, *states: str) -> None:
    for day, state in enumerate(states, start=1):
        make_defect_event(defect=defect, state=state, happened_at=RUN_AT + day * DAY)


class TestPutDefects:
    def test_counts_open_ones_by_severity(self, project: Project) -> None:
        for severity in Severity.values:
            make_defect(project=project, severity=severity)
        assert count_of(project, "def.open_s1s2") == (2, 4)
        assert count_of(project, "def.open_p2") == (1, 4)

    @pytest.mark.parametrize("state", DefectState.values)
    def test_only_closed_and_rejected_ones_are_not_open(self, project: Project, state: str) -> None:
        _move(make_defect(project=project), state)
        settled = state in (DefectState.CLOSED, DefectState.REJECTED)
        assert count_of(project, "def.open_s1s2") == (0 if settled else 1, 1)

    def test_says_nothing_where_nobody_looked(self, project: Project) -> None:
        make_run(scenario=make_scenario(project=project), affiliation=Affiliation.PARTNER)
        assert count_of(project, "def.open_s1s2") == (0, 0)
        make_run(scenario=make_scenario(project=project))
        assert count_of(project, "def.open_s1s2") == (0, 1)

    def test_finds_the_process_itself_or_through_the_scenario(self, project: Project) -> None:
        one, other = (make_process(project=project) for _ in range(2))
        area = make_process(project=project, parent=one, accountable=one)
        scenario = make_scenario(project=project, process=area)
        make_defect(project=project, scenario=scenario)
        make_defect(project=project, scenario=scenario, process=other)
        assert count_of(project, "def.open_s1s2", process_id=one.pk) == (1, 1)
        assert count_of(project, "def.open_s1s2", process_id=other.pk) == (1, 1)

    def test_takes_small_ones_over_the_scenarios_in_scope(self, project: Project) -> None:
        for _ in range(4):
            make_scenario(project=project)
        make_defect(project=project, severity=Severity.LOW)
        assert share_of(project, "def.open_ml_pct") == (1, 4)

    def test_cares_for_what_is_closed_or_has_owner_and_date(self, project: Project) -> None:
        make_defect(project=project, owner_name="Ann", fix_due_date=GO_LIVE)
        make_defect(project=project, owner_name="Ann")
        make_defect(project=project, fix_due_date=GO_LIVE)
        _move(make_defect(project=project), "CLOSED")
        assert share_of(project, "def.owned_pct") == (2, 4)

    def test_takes_reopened_ones_over_mended_ones(self, project: Project) -> None:
        make_defect(project=project)
        _move(make_defect(project=project), "FIXED")
        _move(make_defect(project=project), "FIXED", "REOPENED", "CLOSED")
        _move(make_defect(project=project), "FIXED", "REOPENED")
        assert share_of(project, "def.reopen_pct") == (2, 3)

    def test_takes_training_over_what_was_triaged(self, project: Project) -> None:
        make_defect(project=project)
        make_defect(project=project, triage=Triage.DEFECT)
        make_defect(project=project, triage=Triage.TRAINING)
        assert share_of(project, "def.training_share") == (1, 2)

    def test_does_not_know_what_is_raised_later(self, project: Project) -> None:
        make_defect(project=project, raised_at=NOW + DAY, recorded_at=NOW)
        assert count_of(project, "def.open_s1s2") == (0, 0)
