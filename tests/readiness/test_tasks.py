"""The alarm clocks: each reads the clock once and calls one service."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils.module_loading import import_string

from governance.models import Project
from governance.services.marks import mark_projects
from readiness.choices import SnapshotTrigger
from readiness.models import Digest, Night, Snapshot
from readiness.tasks import check_kept, follow_marks, sweep, sweep_digests, sweep_ladders
from tests.escalations import make_ladder
from tests.factories import make_organisation, make_project, make_user

pytestmark = pytest.mark.django_db
MIDNIGHT = datetime(2100, 6, 2, 0, 0, tzinfo=UTC)


class TestSweep:
    def test_judges_the_night_that_has_just_ended_once(self) -> None:
        project = make_project(time_zone="UTC")
        opened = MIDNIGHT - timedelta(hours=3)
        Project.objects.filter(pk=project.pk).update(created_at=opened)
        with time_machine.travel(MIDNIGHT + timedelta(minutes=5), tick=False):
            assert sweep() == 1
            assert sweep() == 0
        snapshot = Snapshot.objects.get()
        assert (snapshot.trigger, snapshot.is_late) == (SnapshotTrigger.NIGHT, False)
        assert snapshot.as_of == MIDNIGHT - timedelta(microseconds=1)
        assert Night.objects.get().snapshot == snapshot

    def test_catches_up_on_missed_nights_and_calls_them_late(self) -> None:
        project = make_project(time_zone="UTC")
        Project.objects.filter(pk=project.pk).update(created_at=MIDNIGHT - timedelta(days=3))
        with time_machine.travel(MIDNIGHT + timedelta(hours=9), tick=False):
            assert sweep() == 3
        assert list(Snapshot.objects.values_list("is_late", flat=True)) == [True, True, True]


class TestSweepLadders:
    def test_moves_up_what_nobody_answered_once(self) -> None:
        make_ladder().escalate()
        with time_machine.travel(MIDNIGHT, tick=False):
            assert [sweep_ladders(), sweep_ladders()] == [1, 0]


class TestFollowMarks:
    def test_judges_a_changed_project_within_a_tick(self) -> None:
        project = make_project()
        with time_machine.travel(MIDNIGHT, tick=False):
            assert follow_marks() == 1
            assert follow_marks() == 0
        mark_projects(project_ids=[project.pk])
        with time_machine.travel(MIDNIGHT + timedelta(seconds=5), tick=False):
            assert follow_marks() == 1
        assert Snapshot.objects.count() == 2


class TestTheSchedule:
    def test_rings_clocks_that_exist(self) -> None:
        for entry in settings.CELERY_BEAT_SCHEDULE.values():
            assert import_string(str(entry["task"])).name == entry["task"]


class TestCheckKept:
    def test_finds_nothing_to_mend_where_all_is_in_step(self) -> None:
        make_project()
        assert check_kept() == 0


class TestSweepDigests:
    def test_ends_each_digest_once(self) -> None:
        user = make_user(organisation=make_organisation())
        with time_machine.travel(datetime(2100, 6, 7, 8, 0, tzinfo=UTC), tick=False):
            assert (sweep_digests(), sweep_digests()) == (1, 0)
        assert Digest.objects.get().user == user
