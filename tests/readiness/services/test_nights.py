"""Every project is judged once for each of its local days."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from governance.models import Project
from readiness.choices import NightState, SnapshotTrigger, Verdict
from readiness.models import Night, Snapshot
from readiness.services.evaluation import evaluate_gates
from readiness.services.nights import (
    MOST_ATTEMPTS,
    backfill_nights,
    catch_up,
    end_of,
    judge_due_nights,
    plan_nights,
    start_of,
)
from tests.factories import make_project

OSLO = ZoneInfo("Europe/Oslo")
OPENED = datetime(2026, 5, 28, 10, 0, tzinfo=UTC)
NOW = datetime(2026, 6, 1, 0, 5, tzinfo=UTC)


def judge(
    *, project_ids: list[int], as_of: datetime, trigger: str, is_late: bool
) -> list[Snapshot]:
    """Stand in for the judgement: one row for each project and moment, as the real one does."""
    rows = []
    for project in Project.objects.filter(pk__in=project_ids):
        row, _ = Snapshot.objects.get_or_create(
            project=project,
            as_of=as_of,
            defaults={
                "organisation_id": project.organisation_id,
                "local_date": as_of.date(),
                "trigger": trigger,
                "is_late": is_late,
                "verdict": Verdict.NO_GO,
                "headline": "NO-GO",
                "inputs_hash": "0" * 64,
                "code_version": "test",
                "body": "{}",
                "etag": "0" * 64,
            },
        )
        rows.append(row)
    return rows


def opened_project(**fields: Any) -> Project:
    project = make_project(**fields)
    Project.objects.filter(pk=project.pk).update(created_at=OPENED)
    return project


class TestEndOf:
    @pytest.mark.parametrize(
        ("zone", "day", "hours"),
        [
            ("Europe/Oslo", date(2026, 3, 29), 23),
            ("Europe/Oslo", date(2026, 10, 25), 25),
            ("Europe/Oslo", date(2026, 6, 1), 24),
            ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
            ("America/Sao_Paulo", date(2018, 11, 4), 23),
        ],
    )
    def test_closes_days_of_every_length(self, zone: str, day: date, hours: float) -> None:
        last = end_of(day, zone=ZoneInfo(zone))
        assert last is not None
        length = last - start_of(day, zone=ZoneInfo(zone)) + timedelta(microseconds=1)
        assert length == timedelta(hours=hours)
        assert last.astimezone(ZoneInfo(zone)).date() == day

    def test_knows_a_day_that_never_was(self) -> None:
        assert end_of(date(2011, 12, 30), zone=ZoneInfo("Pacific/Apia")) is None


@pytest.mark.django_db
class TestPlanNights:
    def test_plans_each_ended_day_since_the_project_was_opened(self) -> None:
        opened_project(time_zone="Europe/Oslo")
        assert plan_nights(now=NOW) == 4
        days = Night.objects.order_by("local_day").values_list("local_day", flat=True)
        assert list(days) == [date(2026, 5, day) for day in (28, 29, 30, 31)]

    def test_waits_for_midnight_where_the_project_is(self) -> None:
        opened_project(time_zone="America/New_York")
        plan_nights(now=NOW)
        assert Night.objects.newest_days().popitem()[1] == date(2026, 5, 30)

    def test_plans_nothing_twice(self) -> None:
        opened_project()
        plan_nights(now=NOW)
        assert plan_nights(now=NOW) == 0

    def test_looks_back_a_month_at_most(self) -> None:
        project = opened_project()
        Project.objects.filter(pk=project.pk).update(created_at=OPENED - timedelta(days=900))
        assert plan_nights(now=NOW) == 31

    def test_leaves_closed_projects_alone(self) -> None:
        opened_project(phase="CLOSED")
        assert plan_nights(now=NOW) == 0

    def test_plans_no_day_twice_when_the_project_moves_to_another_zone(self) -> None:
        project = opened_project(time_zone="Pacific/Auckland")
        plan_nights(now=NOW)
        Project.objects.filter(pk=project.pk).update(time_zone="America/New_York")
        assert plan_nights(now=NOW) == 0
        assert plan_nights(now=NOW + timedelta(days=2)) == 1


@pytest.mark.django_db
class TestJudgeDueNights:
    def test_judges_each_night_once_and_says_which_were_late(self) -> None:
        opened_project(time_zone="UTC")
        assert catch_up(now=NOW, judge=judge) == 4
        assert catch_up(now=NOW, judge=judge) == 0
        late = Night.objects.order_by("local_day").values_list("is_late", flat=True)
        assert list(late) == [True, True, True, False]
        newest = Snapshot.objects.newest_first()[0]
        assert newest.trigger == SnapshotTrigger.NIGHT
        assert newest.as_of == datetime(2026, 5, 31, 23, 59, 59, 999999, tzinfo=UTC)

    def test_says_which_project_failed_and_goes_on_with_the_others(self) -> None:
        bad, good = opened_project(), opened_project()

        def half(*, project_ids: list[int], **terms: Any) -> list[Snapshot]:
            return judge(project_ids=[pk for pk in project_ids if pk != bad.pk], **terms)

        assert catch_up(now=NOW, judge=half) == 4
        assert set(Night.objects.filter(project=good).values_list("state", flat=True)) == {
            NightState.DONE
        }
        night = Night.objects.filter(project=bad)[0]
        assert night.state == NightState.FAILED
        assert "could not be judged" in night.error

    def test_says_why_a_project_failed(self) -> None:
        bad = opened_project(time_zone="Mars/Olympus_Mons")
        opened_project()
        assert catch_up(now=NOW, judge=evaluate_gates) == 4
        night = Night.objects.filter(project=bad)[0]
        assert night.state == NightState.FAILED
        assert night.error.startswith("This project could not be judged. ZoneInfoNotFoundError:")

    def test_survives_a_judgement_that_breaks_and_gives_up_after_some_attempts(self) -> None:
        opened_project()
        calls = []

        def broken(**terms: Any) -> list[Snapshot]:
            calls.append(terms)
            raise ZeroDivisionError

        plan_nights(now=NOW)
        for _ in range(MOST_ATTEMPTS + 2):
            assert judge_due_nights(now=NOW, judge=broken) == 0
        assert len(calls) == 4 * MOST_ATTEMPTS
        assert connection.is_usable()

    def test_mends_a_failed_night_at_the_next_sweep(self) -> None:
        opened_project()
        plan_nights(now=NOW)
        judge_due_nights(now=NOW, judge=lambda **_: [])
        assert judge_due_nights(now=NOW, judge=judge) == 4
        assert not Night.objects.exclude(state=NightState.DONE).exists()

    def test_is_harmless_when_two_schedulers_sweep_at_once(self) -> None:
        opened_project()
        plan_nights(now=NOW)

        def meanwhile(**terms: Any) -> list[Snapshot]:
            rows = judge(**terms)
            if terms["as_of"].day == 28:
                judge_due_nights(now=NOW, judge=judge)
            return rows

        judge_due_nights(now=NOW, judge=meanwhile)
        assert Snapshot.objects.count() == Night.objects.count() == 4


@pytest.mark.django_db
class TestBackfillNights:
    def test_judges_past_nights_once_and_calls_none_late(self) -> None:
        project = opened_project(time_zone="UTC")
        terms: dict[str, Any] = {
            "first": date(2026, 5, 1),
            "last": date(2026, 6, 30),
            "now": NOW,
            "judge": judge,
        }
        assert backfill_nights(projects=[project], **terms) == 31
        assert backfill_nights(projects=[project], **terms) == 0
        assert not Night.objects.filter(is_late=True).exists()
        assert set(Snapshot.objects.values_list("trigger", flat=True)) == {"BACKFILL"}
