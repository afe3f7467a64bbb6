"""A meeting is called ahead, minuted afterwards, and chaired by somebody of the client."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from governance.choices import NoticeKind, Presence, Role
from governance.models import (
    Caveat,
    Meeting,
    MeetingMinutes,
    Notice,
    ProjectMark,
    RecordEntry,
    User,
)
from governance.services.meetings import (
    Call,
    MeetingRefused,
    Minutes,
    call_meeting,
    moment_there,
    refuse_outside,
    write_minutes,
)
from tests.factories import NOW, join, make_user
from tests.people import Cast, make_cast
from tests.questions import decide, make_decision

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def call(cast: Cast, *, starts_at: datetime = NOW, by: User | None = None) -> Meeting:
    return call_meeting(
        project=cast.project,
        call=Call(title="Steering", starts_at=starts_at),
        called_by=by or cast.project_manager,
        called_at=NOW,
    )


def minute(meeting: Meeting, cast: Cast, **fields: Any) -> MeetingMinutes:
    held: dict[str, Any] = {
        "was_held": True,
        "chair": cast.sponsor,
        "attendance": {cast.sponsor: Presence.PRESENT},
    }
    at = fields.pop("at", NOW + DAY)
    by = fields.pop("by", cast.project_manager)
    return write_minutes(
        meeting=meeting, minutes=Minutes(**(held | fields)), written_by=by, written_at=at
    )


class TestCallMeeting:
    def test_tells_the_steering_but_not_the_caller(self, cast: Cast) -> None:
        meeting = call(cast, starts_at=NOW + DAY)
        told = Notice.objects.get(kind=NoticeKind.MEETING_CALLED)
        assert (told.account, told.subject_id) == (cast.sponsor, str(meeting.public_id))
        assert told.due_at == meeting.starts_at

    def test_tells_nobody_of_one_that_has_been(self, cast: Cast) -> None:
        call(cast, starts_at=NOW - DAY)
        assert not Notice.objects.exists()

    def test_is_on_record_and_marks_the_project(self, cast: Cast) -> None:
        meeting = call(cast)
        assert RecordEntry.objects.filter(subject_id=meeting.public_id).exists()
        assert ProjectMark.objects.get(project=cast.project).version

    @pytest.mark.parametrize("who", ["consultant", "business_user", "auditor", "stranger"])
    def test_refuses_who_may_not(self, cast: Cast, who: str) -> None:
        with pytest.raises(MeetingRefused, match="calls meetings"):
            call(cast, by=getattr(cast, who))

    @pytest.mark.parametrize("away", [timedelta(days=-91), timedelta(days=401)])
    def test_refuses_a_moment_too_far_away(self, cast: Cast, away: timedelta) -> None:
        with pytest.raises(MeetingRefused) as refused:
            call(cast, starts_at=NOW + away)
        assert refused.value.field == "starts_at"

    def test_refuses_a_second_one_for_the_same_moment(self, cast: Cast) -> None:
        first = call(cast)
        with pytest.raises(MeetingRefused, match="already"):
            call(cast)
        minute(first, cast, was_held=False, notes="The sponsor is ill.")
        assert call(cast).starts_at == NOW


class TestWriteMinutes:
    def test_settles_the_call_and_keeps_who_came(self, cast: Cast) -> None:
        meeting = call(cast, starts_at=NOW + timedelta(hours=1))
        agenda = [{"kind": "DECISION", "title": "D-001", "href": "/", "days": 2}]
        came = {cast.sponsor: Presence.PRESENT, cast.consultant: Presence.PRESENT}
        row = minute(meeting, cast, attendance=came, agenda=agenda)
        assert row.agenda == agenda
        assert row.attendances.count() == 2
        assert Notice.objects.get().settled_at == NOW + DAY

    def test_refuses_a_meeting_that_has_not_been(self, cast: Cast) -> None:
        meeting = call(cast, starts_at=NOW + 2 * DAY)
        with pytest.raises(MeetingRefused, match="has not been yet"):
            minute(meeting, cast)
        assert minute(meeting, cast, was_held=False, notes="No quorum.").chair is None

    def test_refuses_a_chair_from_the_partner(self, cast: Cast) -> None:
        came = {cast.consultant: Presence.PRESENT}
        with pytest.raises(MeetingRefused, match="only somebody of the client") as refused:
            minute(call(cast), cast, chair=cast.consultant, attendance=came)
        assert refused.value.field == "chair"

    def test_the_database_refuses_a_chair_from_the_partner(self, cast: Cast) -> None:
        meeting = call(cast)
        with pytest.raises(DatabaseError), transaction.atomic():
            MeetingMinutes.objects.create(
                organisation=cast.client,
                project=cast.project,
                meeting=meeting,
                was_held=True,
                chair=cast.consultant,
                written_by=cast.project_manager,
                written_at=NOW,
            )

    @pytest.mark.parametrize("chair", ["sponsor", None])
    def test_refuses_a_chair_who_was_not_there(self, cast: Cast, chair: str | None) -> None:
        named = getattr(cast, chair) if chair else None
        with pytest.raises(MeetingRefused) as refused:
            minute(call(cast), cast, chair=named, attendance={cast.sponsor: Presence.ABSENT})
        assert refused.value.field == "chair"

    def test_refuses_somebody_who_takes_no_part(self, cast: Cast) -> None:
        came = {cast.sponsor: Presence.PRESENT, cast.stranger: Presence.PRESENT}
        with pytest.raises(MeetingRefused, match="takes no part"):
            minute(call(cast), cast, attendance=came)

    def test_refuses_the_pen_of_a_partner(self, cast: Cast) -> None:
        with pytest.raises(MeetingRefused):
            minute(call(cast), cast, by=cast.consultant)

    def test_refuses_to_call_off_without_a_reason(self, cast: Cast) -> None:
        with pytest.raises(MeetingRefused, match="called off"):
            minute(call(cast), cast, was_held=False)

    def test_refuses_to_call_off_what_decided_something(self, cast: Cast) -> None:
        meeting = call(cast)
        decision = make_decision(project=cast.project)
        decide(decision, by=cast.sponsor, at=NOW, meeting=meeting)
        with pytest.raises(MeetingRefused, match="Decisions were taken"):
            minute(meeting, cast, was_held=False, notes="Not held.")

    def test_refuses_minutes_without_who_decided(self, cast: Cast) -> None:
        meeting = call(cast)
        decision = make_decision(project=cast.project)
        decide(decision, by=cast.sponsor, at=NOW, meeting=meeting)
        chair = make_user(organisation=cast.client)
        join(project=cast.project, user=chair, role=Role.STEERING)
        with pytest.raises(MeetingRefused, match="so was present"):
            minute(meeting, cast, chair=chair, attendance={chair: Presence.PRESENT})

    def test_lifts_a_caveat_to_page_one(self, cast: Cast) -> None:
        meeting = call(cast)
        minute(meeting, cast, notes="Porto has no room.", is_caveat=True)
        caveat = Caveat.objects.get()
        assert (caveat.source_noun, caveat.source_title) == ("meeting", "Steering")

    def test_later_minutes_count(self, cast: Cast) -> None:
        meeting = call(cast)
        minute(meeting, cast, notes="First")
        second = minute(meeting, cast, notes="Second", at=NOW + 2 * DAY)
        assert list(MeetingMinutes.objects.that_count()) == [second]


class TestDecidedThere:
    def check(self, cast: Cast, meeting: Meeting, **fields: Any) -> None:
        told: dict[str, Any] = {
            "project_id": cast.project.pk,
            "decided_by": cast.sponsor,
            "decided_at": NOW,
        }
        refuse_outside(meeting, **(told | fields), refusal=ValueError)

    def test_takes_what_was_decided_while_it_went_on(self, cast: Cast) -> None:
        meeting = call(cast)
        self.check(cast, meeting)
        minute(meeting, cast)
        self.check(cast, meeting, decided_at=NOW + timedelta(hours=2))

    def test_refuses_a_decision_after_a_meeting_of_the_past(self, cast: Cast) -> None:
        meeting = call(cast, starts_at=NOW - 3 * DAY)
        with pytest.raises(ValueError, match="after the meeting"):
            self.check(cast, meeting)

    def test_refuses_a_meeting_of_the_future(self, cast: Cast) -> None:
        with pytest.raises(ValueError, match="has not begun"):
            self.check(cast, call(cast, starts_at=NOW + DAY))

    def test_refuses_a_meeting_of_another_project(self, cast: Cast) -> None:
        with pytest.raises(ValueError, match="of this project"):
            self.check(cast, call(cast), project_id=cast.other_project.pk)

    def test_refuses_a_meeting_called_off(self, cast: Cast) -> None:
        meeting = call(cast)
        minute(meeting, cast, was_held=False, notes="No quorum.")
        with pytest.raises(ValueError, match="called off"):
            self.check(cast, meeting)

    def test_refuses_somebody_who_was_not_there(self, cast: Cast) -> None:
        meeting = call(cast)
        minute(meeting, cast)
        with pytest.raises(ValueError, match="was not in that meeting"):
            self.check(cast, meeting, decided_by=cast.process_owner)

    def test_the_moment_is_now_or_when_it_began(self, cast: Cast) -> None:
        meeting = call(cast)
        during, afterwards = NOW + timedelta(hours=1), NOW + DAY
        assert moment_there(meeting, at=during) == during
        assert moment_there(meeting, at=afterwards) == NOW


class TestToDecideIn:
    def test_offers_what_began_lately_and_was_not_called_off(self, cast: Cast) -> None:
        meeting = call(cast)
        call(cast, starts_at=NOW + DAY)
        call(cast, starts_at=NOW - timedelta(days=40))
        off = call(cast, starts_at=NOW - DAY)
        minute(off, cast, was_held=False, notes="No quorum.")
        assert list(Meeting.objects.to_decide_in(NOW + timedelta(hours=1))) == [meeting]
