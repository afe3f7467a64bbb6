"""Who takes part in testing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from governance.choices import Affiliation, PersonReply
from governance.models import Department, Person, Project
from tests.factories import (
    EARLY,
    NOW,
    make_person,
    make_project,
    make_run,
    make_scenario,
    make_tester,
)
from tests.measuring import share_of
from tests.participation import make_asked
from uat.models import Scenario

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
FIRST_DAY, LAST_DAY = date(2026, 5, 11), date(2026, 5, 22)
WEEK_1, WEEK_2 = datetime(2026, 5, 13, 9, tzinfo=UTC), datetime(2026, 5, 20, 9, tzinfo=UTC)


@pytest.fixture
def project() -> Project:
    return make_project(time_zone="Europe/Warsaw")


@pytest.fixture
def scenario(project: Project) -> Scenario:
    return make_scenario(project=project)


def _tester(project: Project, *, department: str = "Sales", **fields: object) -> Person:
    row, _ = Department.objects.get_or_create(
        organisation_id=project.organisation_id, project=project, name=department
    )
    person = make_person(project=project, department=row)
    fields = {"from_date": FIRST_DAY, "to_date": LAST_DAY} | fields
    make_tester(person=person, **fields)
    return person


class TestPutEngagement:
    def test_shares_runs_between_the_client_and_all_others(
        self, project: Project, scenario: Scenario
    ) -> None:
        for affiliation in (Affiliation.CLIENT, Affiliation.PARTNER, Affiliation.UNKNOWN):
            make_run(scenario=scenario, affiliation=affiliation)
        assert share_of(project, "eng.client_exec_share") == (1, 3)

    def test_asks_a_run_in_each_planned_week(self, project: Project, scenario: Scenario) -> None:
        constant, absent_later = _tester(project), _tester(project)
        for person, moments in ((constant, (WEEK_1, WEEK_2)), (absent_later, (WEEK_1, WEEK_1))):
            for at in moments:
                make_run(scenario=scenario, person=person, executed_at=at)
        assert share_of(project, "eng.dept_min") == (1, 2)

    def test_does_not_count_a_partners_run_under_the_persons_name(
        self, project: Project, scenario: Scenario
    ) -> None:
        person = _tester(project, to_date=date(2026, 5, 15))
        make_run(
            scenario=scenario, person=person, executed_at=WEEK_1, affiliation=Affiliation.PARTNER
        )
        assert share_of(project, "eng.dept_min") == (0, 1)

    def test_reports_the_quietest_department(self, project: Project, scenario: Scenario) -> None:
        busy = _tester(project, to_date=date(2026, 5, 15))
        make_run(scenario=scenario, person=busy, executed_at=WEEK_1)
        for _ in range(3):
            _tester(project, department="Stores")
        assert share_of(project, "eng.dept_min") == (0, 3)

    def test_waits_for_the_first_planned_week_to_end(self, project: Project) -> None:
        _tester(project, from_date=date(2026, 6, 1), to_date=date(2026, 6, 12))
        _tester(project, from_date=date(2026, 6, 8), to_date=None)
        assert share_of(project, "eng.dept_min") == (0, 0)

    def test_counts_an_open_end_up_to_last_week(self, project: Project, scenario: Scenario) -> None:
        person = _tester(project, from_date=date(2026, 5, 18), to_date=None)
        make_run(scenario=scenario, person=person, executed_at=WEEK_2)
        assert share_of(project, "eng.dept_min") == (0, 1)
        at = datetime(2026, 5, 31, 21, 59, tzinfo=UTC)
        make_run(scenario=scenario, person=person, executed_at=at)
        assert share_of(project, "eng.dept_min") == (1, 1)

    def test_starts_weeks_at_midnight_in_the_projects_zone(
        self, project: Project, scenario: Scenario
    ) -> None:
        person = _tester(project, from_date=date(2026, 5, 25), to_date=date(2026, 5, 29))
        too_early = datetime(2026, 5, 24, 21, 59, 59, tzinfo=UTC)
        make_run(scenario=scenario, person=person, executed_at=too_early)
        assert share_of(project, "eng.dept_min") == (0, 1)
        make_run(
            scenario=scenario, person=person, executed_at=datetime(2026, 5, 24, 22, tzinfo=UTC)
        )
        assert share_of(project, "eng.dept_min") == (1, 1)

    def test_without_dates_any_run_will_do(self, project: Project, scenario: Scenario) -> None:
        person = _tester(project, from_date=None, to_date=None)
        assert share_of(project, "eng.dept_min") == (0, 1)
        make_run(scenario=scenario, person=person)
        assert share_of(project, "eng.dept_min") == (1, 1)

    @pytest.mark.parametrize(("left_date", "due"), [(date(2026, 5, 31), 0), (NOW.date(), 1)])
    def test_forgets_who_has_left(self, project: Project, left_date: date, due: int) -> None:
        person = _tester(project)
        Person.objects.filter(pk=person.pk).update(left_date=left_date)
        assert share_of(project, "eng.dept_min") == (0, due)

    def test_plans_whom_a_manager_released_for_testing(
        self, project: Project, scenario: Scenario
    ) -> None:
        person = make_person(project=project)
        make_asked(person=person)
        assert share_of(project, "eng.dept_min") == (0, 0)
        make_asked(person=person, replies=[PersonReply.RELEASED], from_date=FIRST_DAY)
        assert share_of(project, "eng.dept_min") == (0, 1)
        make_run(scenario=scenario, person=person, executed_at=WEEK_1)
        assert share_of(project, "eng.dept_min") == (0, 1)
        make_run(scenario=scenario, person=person, executed_at=WEEK_2)
        assert share_of(project, "eng.dept_min") == (1, 1)

    @pytest.mark.parametrize(
        ("purpose", "replies", "left_date", "answered_at"),
        [
            ("TRAINING", ["RELEASED"], None, EARLY),
            ("TESTING", ["RELEASED", "REFUSED"], None, EARLY),
            ("TESTING", ["RELEASED"], date(2026, 5, 31), EARLY),
            ("TESTING", ["RELEASED"], None, NOW + timedelta(minutes=1)),
        ],
    )
    def test_plans_nobody_else_who_was_asked_for(
        self,
        project: Project,
        purpose: str,
        replies: list[str],
        left_date: date | None,
        answered_at: datetime,
    ) -> None:
        person = make_person(project=project, left_date=left_date)
        make_asked(person=person, replies=replies, purpose=purpose, answered_at=answered_at)
        assert share_of(project, "eng.dept_min") == (0, 0)
