"""Hours of work: evenings, weekends, holidays and the change of the clocks."""

from datetime import UTC, date, datetime, time

import pytest

from governance.choices import CalendarKind
from governance.models import CalendarEntry, CalendarEntryEnd, Project
from governance.services.working_time import closed_days, due_after, working_hours
from tests.factories import NOW, make_project, make_user


def at(day: int, hour: int, minute: int = 0, *, month: int = 6) -> datetime:
    """Return a moment of 2026 in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def off(project: Project, first: date, last: date, kind: str = CalendarKind.HOLIDAY) -> None:
    """Put days into a project's calendar."""
    CalendarEntry.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        kind=kind,
        title=f"{kind} {first}",
        from_date=first,
        to_date=last,
        written_at=NOW,
    )


@pytest.mark.django_db
class TestDueAfter:
    @pytest.mark.parametrize(
        ("since", "hours", "due"),
        [
            (at(1, 9), 4, at(1, 13)),
            (at(1, 9), 8, at(1, 17)),
            (at(1, 9), 9, at(2, 9)),
            (at(1, 15), 4, at(2, 10)),
            (at(1, 3), 1, at(1, 9)),
            (at(1, 22), 1, at(2, 9)),
            (at(5, 16), 2, at(8, 9)),
            (at(6, 12), 9, at(8, 17)),
            (at(1, 8), 45, at(5, 17)),
            (at(1, 8), 0, at(1, 8)),
        ],
    )
    def test_counts_from_eight_to_five_from_monday_to_friday(
        self, since: datetime, hours: int, due: datetime
    ) -> None:
        assert due_after(make_project(), hours=hours, since=since) == due

    def test_counts_in_the_project_s_own_time_zone_across_a_change_of_clocks(self) -> None:
        project = make_project(time_zone="Europe/Berlin")
        friday = at(27, 14, month=3)  # 15:00 in Berlin, which is an hour off two days later
        assert due_after(project, hours=4, since=friday) == at(30, 8, month=3)

    def test_leaves_holidays_out_but_no_other_days_of_the_calendar(self) -> None:
        project = make_project()
        off(project, date(2026, 6, 2), date(2026, 6, 3))
        off(project, date(2026, 6, 4), date(2026, 6, 4), kind=CalendarKind.PEAK)
        assert due_after(project, hours=2, since=at(1, 16)) == at(4, 9)

    def test_counts_a_holiday_that_was_taken_out_again(self) -> None:
        project = make_project()
        off(project, date(2026, 6, 2), date(2026, 6, 2))
        CalendarEntryEnd.objects.create(
            organisation_id=project.organisation_id,
            project=project,
            entry=CalendarEntry.objects.get(),
            reason="It was last year's.",
            ended_by=make_user(organisation=project.organisation),
            ended_at=NOW,
        )
        assert due_after(project, hours=2, since=at(1, 16)) == at(2, 9)

    def test_follows_other_days_and_hours(self) -> None:
        project = make_project(work_days="67", work_starts=time(10), work_ends=time(12))
        assert due_after(project, hours=3, since=at(1, 9)) == at(7, 11)

    def test_runs_round_the_clock_where_nobody_ever_works(self) -> None:
        assert due_after(make_project(work_days=""), hours=3, since=at(1, 9)) == at(1, 12)
        project = make_project()
        off(project, date(2020, 1, 1), date(2099, 1, 1))
        assert due_after(project, hours=3, since=at(1, 9)) == at(1, 12)

    def test_takes_the_holidays_it_is_given_without_asking(self) -> None:
        project = make_project()
        closed = [(date(2026, 6, 2), date(2026, 6, 2))]
        assert due_after(project, hours=2, since=at(1, 16), closed=closed) == at(3, 9)
        assert closed_days(project_ids=[project.pk]) == {project.pk: []}


@pytest.mark.django_db
class TestWorkingHours:
    @pytest.mark.parametrize(
        ("since", "until", "hours"),
        [
            (at(1, 9), at(1, 12, 59), 3),
            (at(1, 16), at(2, 9), 2),
            (at(5, 16), at(8, 9), 2),
            (at(6, 1), at(7, 23), 0),
            (at(2, 9), at(1, 9), 0),
        ],
    )
    def test_counts_what_lies_between_two_moments(
        self, since: datetime, until: datetime, hours: int
    ) -> None:
        assert working_hours(make_project(), since=since, until=until) == hours
