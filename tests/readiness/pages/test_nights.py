"""When the last night ran, loud when it is late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from governance.models import Project
from readiness.choices import NightState
from readiness.models import Night
from readiness.pages.nights import night_line, portfolio_night_line
from tests.factories import make_project

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
OPENED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def make_night(project: Project, *, day: date, ran: datetime | None, **fields: str) -> Night:
    """Return a night of a project; without a run it failed."""
    return Night.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        local_day=day,
        due_at=datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC),
        state=NightState.DONE if ran else NightState.FAILED,
        computed_at=ran,
        **fields,
    )


@pytest.fixture
def project(db: None) -> Project:
    """Return a project without nights."""
    return make_project()


class TestNightLine:
    def test_says_when_the_last_night_ran_in_the_projects_zone(self, project: Project) -> None:
        make_night(project, day=date(2026, 5, 31), ran=NOW - timedelta(hours=7))
        line = night_line(project.pk, opened_at=OPENED, now=NOW, zone=UTC)
        assert line.text == "Last nightly judgement: 1 Jun 2026, 02:00, 7 h ago"
        assert not line.late
        assert not line.failed

    @pytest.mark.parametrize(
        ("gone", "late"),
        [(timedelta(hours=26), False), (timedelta(hours=26, seconds=1), True)],
    )
    def test_is_loud_after_26_hours(self, project: Project, gone: timedelta, late: bool) -> None:
        make_night(project, day=date(2026, 5, 30), ran=NOW - gone)
        assert night_line(project.pk, opened_at=OPENED, now=NOW, zone=UTC).late is late

    def test_is_loud_when_no_night_ever_ran(self, project: Project) -> None:
        line = night_line(project.pk, opened_at=OPENED, now=NOW, zone=UTC)
        assert (line.text, line.late) == ("No night has run yet", True)

    def test_is_quiet_for_a_project_opened_today(self, project: Project) -> None:
        opened = NOW - timedelta(hours=3)
        assert not night_line(project.pk, opened_at=opened, now=NOW, zone=UTC).late

    def test_shows_a_failure_with_its_reason(self, project: Project) -> None:
        make_night(project, day=date(2026, 5, 30), ran=NOW - timedelta(hours=31))
        make_night(project, day=date(2026, 5, 31), ran=None, error="no policy")
        line = night_line(project.pk, opened_at=OPENED, now=NOW, zone=UTC)
        assert (line.failed, line.reason) == (True, "no policy")

    def test_forgets_a_failure_that_a_later_night_made_good(self, project: Project) -> None:
        make_night(project, day=date(2026, 5, 30), ran=None, error="no policy")
        make_night(project, day=date(2026, 5, 31), ran=NOW - timedelta(hours=7))
        assert not night_line(project.pk, opened_at=OPENED, now=NOW, zone=UTC).failed


class TestPortfolioNightLine:
    def test_counts_projects_that_wait_and_projects_that_fail(self, project: Project) -> None:
        late, failing = make_project(), make_project()
        make_night(project, day=date(2026, 5, 31), ran=NOW - timedelta(hours=7))
        make_night(late, day=date(2026, 5, 29), ran=NOW - timedelta(hours=60))
        make_night(failing, day=date(2026, 5, 31), ran=None)
        ids = [project.pk, late.pk, failing.pk]
        line = portfolio_night_line(ids, now=NOW)
        assert line.text == (
            "Last nightly judgement: 7 h ago; 1 project waits for more than 26 h;"
            " 1 project could not be judged"
        )
        assert line.late
        assert line.failed

    def test_names_only_what_is_wrong(self, project: Project) -> None:
        make_night(project, day=date(2026, 5, 31), ran=NOW - timedelta(hours=7))
        line = portfolio_night_line([project.pk], now=NOW)
        assert (line.text, line.late, line.failed) == (
            "Last nightly judgement: 7 h ago",
            False,
            False,
        )

    def test_counts_no_project_of_others(self, project: Project) -> None:
        make_night(make_project(), day=date(2026, 5, 1), ran=None)
        line = portfolio_night_line([project.pk], now=NOW)
        assert (line.text, line.failed) == ("No night has run yet", False)
