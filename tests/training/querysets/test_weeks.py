"""How much training was finished, week by week."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories import NOW, make_course, make_person, make_project, make_record
from training.querysets.weeks import finished_by_week

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


class TestFinishedByWeek:
    def test_counts_what_was_finished_by_the_mondays_of_a_zone(self) -> None:
        project = make_project()
        person, course = make_person(project=project), make_course(project=project)
        sunday_evening = NOW - timedelta(hours=10)
        for happened_at, result in (
            (NOW, "PASSED"),
            (sunday_evening, "COMPLETED"),
            (NOW, "FAILED"),
            (NOW - timedelta(days=40), "PASSED"),
        ):
            make_record(person=person, course=course, happened_at=happened_at, result=result)
        for zone, weeks in (
            ("UTC", {date(2026, 6, 1): 1, date(2026, 5, 25): 1}),
            ("Asia/Tokyo", {date(2026, 6, 1): 2}),
        ):
            assert weeks == finished_by_week(
                project_id=project.pk,
                since=NOW - timedelta(days=14),
                until=NOW,
                zone=ZoneInfo(zone),
            )
