"""Projects measured together, each on its own day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from governance.models import Decision, GoLiveDate, Project, ProjectMark
from governance.querysets.batches import batches, go_live_dates, workdays_before
from tests.factories import GO_LIVE, NOW, make_project
from tests.histories import mark_at

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
SECOND = timedelta(seconds=1)


def _postpone(project: Project, day: date, *, at: datetime) -> None:
    decision = Decision.objects.create(
        organisation_id=project.organisation_id, project=project, code="Q", raised_at=at
    )
    GoLiveDate.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        go_live_date=day,
        decision=decision,
        decided_at=at,
        recorded_at=at,
    )
    Project.objects.filter(pk=project.pk).update(go_live_date=day)


class TestBatches:
    def test_parts_projects_by_whether_they_changed_since(self) -> None:
        quiet, changed, unmarked = (make_project() for _ in range(3))
        mark_at(quiet, NOW)
        mark_at(changed, NOW + SECOND)
        ProjectMark.objects.filter(project=unmarked).delete()
        found = list(batches(project_ids=[quiet.pk, changed.pk, unmarked.pk], as_of=NOW))
        assert [(batch.is_current, batch.project_ids) for batch in found] == [
            (True, (quiet.pk,)),
            (False, (changed.pk, unmarked.pk)),
        ]

    def test_gives_each_project_its_own_date(self) -> None:
        as_of = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)
        here, there = make_project(), make_project(time_zone="Europe/Warsaw")
        (batch,) = batches(project_ids=[here.pk, there.pk], as_of=as_of)
        assert batch.days[here.pk].today == date(2026, 6, 1)
        assert batch.days[there.pk].today == date(2026, 6, 2)

    @pytest.mark.parametrize("marked_at", [NOW, NOW + SECOND])
    def test_knows_the_go_live_date_of_the_day(self, marked_at: datetime) -> None:
        project = make_project()
        _postpone(project, GO_LIVE + timedelta(days=7), at=NOW - SECOND)
        if marked_at > NOW:
            _postpone_later = GO_LIVE + timedelta(days=70)
            Decision.objects.all().update(code="earlier")
            _postpone(project, _postpone_later, at=NOW + SECOND)
        mark_at(project, marked_at)
        (batch,) = batches(project_ids=[project.pk], as_of=NOW)
        assert batch.days[project.pk].go_live == GO_LIVE + timedelta(days=7)

    def test_of_no_projects_yields_nothing(self) -> None:
        assert list(batches(project_ids=[], as_of=NOW)) == []


class TestParted:
    def test_sets_apart_who_knows_of_later_events(self) -> None:
        projects = [make_project() for _ in range(2)]
        for project in projects:
            mark_at(project, NOW)
        (batch,) = batches(project_ids=[project.pk for project in projects], as_of=NOW)
        parts = list(batch.parted({projects[0].pk}))
        assert [(part.is_current, part.project_ids) for part in parts] == [
            (True, (projects[1].pk,)),
            (False, (projects[0].pk,)),
        ]
        assert list(batch.parted(set())) == [batch]
        assert [part.is_current for part in batch.parted(set(batch.days))] == [False]


class TestProjectDay:
    def test_numbers_weeks_from_monday_to_sunday(self) -> None:
        project = make_project()
        (batch,) = batches(project_ids=[project.pk], as_of=NOW)
        day = batch.days[project.pk]
        weeks = [day.week_of(NOW.date() + timedelta(days=number)) for number in range(-1, 8)]
        this = weeks[1]
        assert weeks == [this - 1, *[this] * 7, this + 1]

    def test_without_a_go_live_date_nothing_is_fresh(self) -> None:
        project = make_project(go_live_date=None)
        (batch,) = batches(project_ids=[project.pk], as_of=NOW)
        assert batch.days[project.pk].fresh_from > NOW + timedelta(days=365_000)


class TestGoLiveDates:
    def test_returns_the_date_decided_last(self) -> None:
        project = make_project()
        _postpone(project, GO_LIVE + timedelta(days=7), at=NOW)
        assert go_live_dates(project_ids=[project.pk], as_of=NOW - SECOND) == {project.pk: GO_LIVE}
        moved = go_live_dates(project_ids=[project.pk], as_of=NOW)
        assert moved == {project.pk: GO_LIVE + timedelta(days=7)}


class TestWorkdaysBefore:
    @pytest.mark.parametrize(
        ("day", "number", "expected"),
        [
            (date(2026, 6, 1), 0, date(2026, 6, 1)),
            (date(2026, 6, 1), 1, date(2026, 5, 31)),
            (date(2026, 6, 1), 6, date(2026, 5, 24)),
            (date(2026, 5, 31), 6, date(2026, 5, 21)),
            (date(2026, 5, 29), 6, date(2026, 5, 21)),
        ],
    )
    def test_returns_the_last_date_with_so_many_working_days_after_it(
        self, day: date, number: int, expected: date
    ) -> None:
        assert workdays_before(day, number) == expected
