"""What waits for open decisions, at any remove, and what a week more of it costs."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from governance.choices import DependentKind
from governance.metrics.exposed import Exposure, Held
from governance.metrics.exposure import exposures, scenarios_left
from governance.models import Decision, Dependency, Project
from tests.factories import NOW, make_process, make_project, make_run, make_scenario, make_user
from tests.questions import decide, make_decision

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
DAY = timedelta(days=1)


@pytest.fixture
def project() -> Project:
    """Return a project that goes live in six weeks."""
    return make_project(time_zone="UTC", go_live_date=(NOW + 42 * DAY).date())


def asked(project: Project, *, days: int = 3, **fields: Any) -> Decision:
    """Return a question raised some days ago."""
    at = NOW - days * DAY
    return make_decision(project=project, raised_at=at, recorded_at=at, **fields)


def waits(decision: Decision, *, days: int = 1, **what: Any) -> None:
    """Let something wait for a decision: a kind and a code, or another decision."""
    kind = what.pop("kind", DependentKind.DECISION)
    Dependency.objects.create(
        organisation_id=decision.organisation_id,
        project_id=decision.project_id,
        decision=decision,
        kind=kind,
        noted_at=NOW - days * DAY,
        recorded_at=NOW - days * DAY,
        **what,
    )


def exposure_of(project: Project, *, as_of: Any = NOW) -> Exposure:
    """Return what waits in one project."""
    return exposures(project_ids=[project.pk], as_of=as_of)[project.pk]


def held_by(found: Exposure, decision: Decision) -> Held:
    """Return what waits for one decision."""
    row = found.row_of(decision.pk)
    assert row is not None
    return row.held


class TestExposures:
    def test_follow_what_waits_to_its_end(self, project: Project) -> None:
        first, second, last = (asked(project) for _ in range(3))
        waits(first, waiting=second)
        waits(second, waiting=last)
        waits(last, kind=DependentKind.CRITERION, code="UX-01")
        waits(first, kind=DependentKind.CRITERION, code="UX-01")
        found = exposure_of(project)
        assert held_by(found, first) == Held(0, 0, 1, 2, go_live=False)
        assert held_by(found, last) == Held(0, 0, 1, 0, go_live=False)
        assert [row.decision.pk for row in found.after(first.pk)] == [second.pk]
        assert found.held.criteria == 1

    def test_count_the_scenarios_that_a_process_has_left(self, project: Project) -> None:
        process = make_process(project=project)
        passed = make_scenario(project=project, process=process)
        for code in ("S-1", "S-2"):
            make_scenario(project=project, process=process, code=code)
        make_run(scenario=passed, executed_at=NOW - DAY, recorded_at=NOW - DAY)
        apart = make_scenario(project=project, code="S-3")
        decision = asked(project)
        decision.blocked_processes.set([process])
        for code in ("S-1", apart.code):
            waits(decision, kind=DependentKind.SCENARIO, code=code)
        found = exposure_of(project)
        assert held_by(found, decision) == Held(1, 3, 0, 0, go_live=False)
        assert found.direct(decision.pk) == Held(1, 3, 0, 0, go_live=False)
        assert scenarios_left(project_id=project.pk, as_of=NOW) == 3

    def test_leave_out_what_is_decided_or_replaced(self, project: Project) -> None:
        first, decided, after = (asked(project) for _ in range(3))
        waits(first, waiting=decided)
        waits(decided, waiting=after)
        decide(decided, by=make_user(organisation=project.organisation), at=NOW - DAY,
               recorded_at=NOW - DAY)  # fmt: skip
        asked(project, days=1, supersedes=after)
        found = exposure_of(project)
        assert held_by(found, first).decisions == 0
        assert len(found.rows) == 2

    def test_let_a_question_that_was_replaced_keep_its_age(self, project: Project) -> None:
        old = asked(project, days=30)
        newer = asked(project, days=20, supersedes=old)
        newest = asked(project, days=1, supersedes=newer)
        found = exposure_of(project)
        assert [(row.decision.pk, row.days) for row in found.rows] == [(newest.pk, 30)]
        assert found.latency == Decimal("30.0")
        assert found.raised == 1

    def test_begin_anew_where_an_outcome_is_replaced(self, project: Project) -> None:
        old = asked(project, days=30)
        decide(old, by=make_user(organisation=project.organisation), at=NOW - 28 * DAY,
               recorded_at=NOW - 28 * DAY)  # fmt: skip
        asked(project, days=1, supersedes=old)
        found = exposure_of(project)
        assert [row.days for row in found.rows] == [1]
        assert (found.raised, found.latency, found.median) == (2, Decimal("2.0"), Decimal("1.0"))

    def test_say_what_was_known_then(self, project: Project) -> None:
        decision = asked(project, days=9)
        waits(decision, days=2, kind=DependentKind.CRITERION, code="UX-01")
        assert held_by(exposure_of(project, as_of=NOW - 3 * DAY), decision).number == 0
        assert held_by(exposure_of(project), decision).number == 1
        assert not exposure_of(project, as_of=NOW - 10 * DAY).rows

    def test_count_by_age_and_by_date(self, project: Project) -> None:
        for days in (1, 5, 6, 11, 40):
            asked(project, days=days, due_date=(NOW - DAY).date(), blocks_go_live=days == 40)
        found = exposure_of(project)
        assert found.by_age == [2, 1, 1, 1]
        assert (found.overdue, found.blocking) == (5, 1)
        assert found.rows[0].days == 40

    def test_stand_in_one_project_alone(self, project: Project) -> None:
        asked(make_project())
        assert exposure_of(project).rows == ()


class TestPace:
    def test_says_what_a_week_more_costs(self, project: Project) -> None:
        found = exposure_of(project)
        pace = found.pace_of(Held(0, 12, 0, 0, go_live=False))
        assert pace is not None
        assert (pace.now, pace.later) == (Decimal("2.0"), Decimal("2.4"))

    def test_says_when_no_week_is_left(self, project: Project) -> None:
        pace = exposure_of(project, as_of=NOW + 36 * DAY).pace_of(Held(0, 12, 0, 0, go_live=False))
        assert pace is not None
        assert pace.later is None

    def test_says_nothing_without_scenarios_or_a_date(self, project: Project) -> None:
        assert exposure_of(project).pace_of(Held(3, 0, 0, 0, go_live=True)) is None
        undated = make_project(go_live_date=None)
        assert exposure_of(undated).pace_of(Held(0, 1, 0, 0, go_live=False)) is None
