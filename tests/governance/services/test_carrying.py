"""What is older than its record stands right behind the beginning of it, once."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.choices import RecordKind
from governance.models import (
    Caveat,
    Checkpoint,
    Project,
    RecordEntry,
    RecordHead,
    RecordText,
    Signoff,
)
from governance.record import guards
from governance.record.comparing import MismatchKind, compare_rows
from governance.services.carrying import carry_over, record_rows
from tests.factories import NOW, join, make_policy, make_process, make_user
from tests.people import make_cast
from tests.signing import make_desk
from tests.witnessing import ACTS, make_place

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
BROUGHT_ALONG = {
    RecordKind.ROLE_GIVEN,
    RecordKind.RISK_ASKED,
    RecordKind.DELEGATED,
    RecordKind.CAVEAT_WRITTEN,
    RecordKind.IMPORTED,
    RecordKind.CHARTER_WRITTEN,
    RecordKind.GATE_STOPPED,
    RecordKind.RIGHT_GIVEN,
    RecordKind.ESCALATED,
    RecordKind.PEOPLE_ASKED_FOR,
    RecordKind.PERSON_ASKED_FOR,
    RecordKind.PARTY_REPLACED,
    RecordKind.HELD_LISTED,
    RecordKind.MEETING_CALLED,
    RecordKind.MEETING_MINUTED,
    RecordKind.STATEMENT_WRITTEN,
    RecordKind.RAID_WRITTEN,
    RecordKind.CALENDAR_WRITTEN,
}
"""Acts that another one needs, which can be carried out once."""


def forget_records() -> None:
    """Leave the database as one that is older than its records."""
    guards.take_away(connection)
    RecordText.objects.all().delete()
    Signoff.objects.update(entry=None, receipt="", statement="")
    for model in (Checkpoint, RecordEntry, RecordHead):
        model.objects.all().delete()
    guards.put_back(connection)


def entries_of(project: Project) -> list[dict[str, Any]]:
    rows = RecordEntry.objects.filter(project=project).in_order()
    return [json.loads(body) for body in rows.values_list("body", flat=True)]


@pytest.fixture
def old() -> Project:
    """Return a project with an act of nearly every kind, and no record."""
    place = make_place()
    for kind, act in ACTS.items():
        if kind not in BROUGHT_ALONG:
            act(place)
    forget_records()
    return place.cast.project


class TestCarryOver:
    def test_begins_a_record_with_what_is_older(self, old: Project) -> None:
        assert [each.why for each in compare_rows(old)][:1] == [MismatchKind.NO_ENTRY]
        assert carry_over() == Project.objects.count()
        first, *others = entries_of(old)
        assert first["kind"] == RecordKind.LOG_STARTED
        assert {each["kind"] for each in others} == {RecordKind.CARRIED_OVER}
        assert {each["actor"]["kind"] for each in others} == {"SYSTEM"}
        assert {each["terms"]["kind"] for each in others} >= {str(kind) for kind in ACTS}
        assert list(compare_rows(old)) == []

    def test_keeps_the_order_in_which_it_happened(self, old: Project) -> None:
        carry_over()
        told = [each["terms"] for each in entries_of(old)[1:]]
        stamped = [each["recorded_at"] for each in told if "recorded_at" in each]
        assert stamped == sorted(stamped)

    def test_happens_once(self, old: Project) -> None:
        carry_over()
        before = entries_of(old)
        with CaptureQueriesContext(connection) as queries:
            assert carry_over() == 0
        assert len(queries) == 1
        assert entries_of(old) == before

    def test_leaves_a_record_alone_that_has_begun(self, old: Project) -> None:
        carry_over()
        Caveat.objects.create(
            organisation=old.organisation,
            project=old,
            text="It was always known.",
            written_by=old.participations.filter(role="SPONSOR").earliest("pk").user,
            written_at=NOW,
            recorded_at=NOW,
        )
        assert carry_over() == 0
        assert [each.why for each in compare_rows(old)] == [MismatchKind.NO_ENTRY]

    def test_follows_every_migration(self, old: Project) -> None:
        call_command("migrate", verbosity=0)
        assert RecordHead.objects.filter(project=old).exists()

    def test_takes_over_signatures_that_are_older(self) -> None:
        desk = make_desk()
        row = desk.sign(desk.cast.process_owner)
        forget_records()
        carry_over()
        assert list(compare_rows(row.project)) == []
        guards.take_away(connection)
        Signoff.objects.filter(pk=row.pk).update(evidence="{}")
        (found,) = compare_rows(row.project)
        assert (found.why, found.names) == (MismatchKind.OTHER_TERMS, ("evidence_sha256",))

    def test_stands_in_a_record_that_is_whole(self, old: Project) -> None:
        carry_over()
        head = RecordHead.objects.get(project=old)
        assert head.size == RecordEntry.objects.filter(project=old).count()


class TestRecordRows:
    def test_appends_what_is_missing_as_what_it_is(self) -> None:
        cast = make_cast()
        make_policy(project=cast.project)
        make_process(project=cast.project)
        assert record_rows(cast.project) == cast.project.participations.count()
        join(project=cast.project, user=make_user(organisation=cast.client))
        assert record_rows(cast.project) == 1
        assert record_rows(cast.project) == 0
        assert entries_of(cast.project)[-1]["kind"] == RecordKind.ROLE_GIVEN
        assert list(compare_rows(cast.project)) == []
