"""Who votes has to have opened a judgement of the last week and every caveat that stands."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from governance.choices import Presence, Role
from governance.models import (
    Attendance,
    Caveat,
    Meeting,
    MeetingMinutes,
    Participation,
    SponsorStatement,
    StatementAcknowledgement,
    User,
)
from readiness.choices import Paper
from readiness.measurements import take_readings
from readiness.metrics.reviews import answers_of_executives, sponsor_paper
from readiness.models import CaveatReading, CaveatResolution, Review
from tests.factories import NOW, join
from tests.people import Cast, make_cast
from tests.questions import ask_to_accept, decide, make_decision

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    made = make_cast()
    Participation.objects.update(started_at=NOW - 90 * DAY)
    return made


def scope(cast: Cast) -> dict[str, Any]:
    return {"organisation": cast.client, "project": cast.project}


def reading(cast: Cast, metric: str, at: datetime = NOW) -> Any:
    found = take_readings(project_ids=[cast.project.pk], as_of=at)
    return found.get(cast.project.pk, metric)


def opened(cast: Cast, account: User, *, judged: datetime, at: datetime | None = None) -> None:
    Review.objects.create(
        **scope(cast),
        account=account,
        judgement=uuid4(),
        judged_at=judged,
        paper=Paper.PAGE,
        opened_at=at or judged,
        recorded_at=at or judged,
    )


def caveat(cast: Cast, by: User) -> Caveat:
    at = NOW - 20 * DAY
    return Caveat.objects.create(
        **scope(cast), text="Porto", written_by=by, written_at=at, recorded_at=at
    )


def looked(cast: Cast, row: Caveat, account: User, at: datetime = NOW) -> None:
    CaveatReading.objects.create(
        **scope(cast), caveat=row, account=account, opened_at=at, recorded_at=at
    )


class TestRead:
    def metric(self, cast: Cast, at: datetime = NOW) -> tuple[int, int]:
        found = reading(cast, "gov.read_pct", at)
        return found.done, found.due

    def test_counts_each_executive_once_however_many_roles(self, cast: Cast) -> None:
        join(project=cast.project, user=cast.sponsor, role=Role.STEERING)
        Participation.objects.update(started_at=NOW - 90 * DAY)
        assert self.metric(cast) == (0, 1)

    def test_counts_a_judgement_of_the_last_seven_days(self, cast: Cast) -> None:
        opened(cast, cast.sponsor, judged=NOW - 7 * DAY + timedelta(seconds=1))
        assert self.metric(cast) == (1, 1)
        assert self.metric(cast, NOW + timedelta(seconds=1)) == (0, 1)

    def test_knows_nothing_before_it_was_opened(self, cast: Cast) -> None:
        opened(cast, cast.sponsor, judged=NOW - DAY, at=NOW + DAY)
        assert self.metric(cast) == (0, 1)

    def test_wants_every_caveat_that_stands_to_be_opened(self, cast: Cast) -> None:
        opened(cast, cast.sponsor, judged=NOW)
        row = caveat(cast, by=cast.project_manager)
        assert self.metric(cast) == (0, 1)
        looked(cast, row, cast.sponsor)
        assert self.metric(cast) == (1, 1)

    def test_asks_nobody_for_a_caveat_that_was_resolved_or_is_ones_own(self, cast: Cast) -> None:
        opened(cast, cast.sponsor, judged=NOW)
        caveat(cast, by=cast.sponsor)
        ended = caveat(cast, by=cast.project_manager)
        CaveatResolution.objects.create(
            **scope(cast),
            caveat=ended,
            reason="Found",
            resolved_by=cast.sponsor,
            resolved_at=NOW,
            recorded_at=NOW,
        )
        assert self.metric(cast) == (1, 1)

    def test_has_nothing_to_measure_without_executives(self, cast: Cast) -> None:
        Participation.objects.filter(role=Role.SPONSOR).update(ended_at=NOW - DAY)
        assert reading(cast, "gov.read_pct").population == 0


class TestChaired:
    def held(self, cast: Cast, *, at: datetime, chair: User, **fields: Any) -> MeetingMinutes:
        meeting = Meeting.objects.create(
            **scope(cast), title="S", starts_at=at, called_by=chair, called_at=at, recorded_at=at
        )
        written: dict[str, Any] = {"was_held": True, "written_at": at, "recorded_at": at}
        row = MeetingMinutes.objects.create(
            **scope(cast), meeting=meeting, chair=chair, written_by=chair, **(written | fields)
        )
        Attendance.objects.create(
            **scope(cast), minutes=row, account=chair, presence=Presence.PRESENT
        )
        return row

    def value(self, cast: Cast, at: datetime = NOW) -> int:
        found = reading(cast, "spn.meetings_chaired", at)
        assert found.population == 1
        return int(found.value)

    def test_counts_what_the_sponsor_chaired_in_sixty_days(self, cast: Cast) -> None:
        self.held(cast, at=NOW - 60 * DAY, chair=cast.sponsor)
        self.held(cast, at=NOW - 59 * DAY, chair=cast.sponsor)
        self.held(cast, at=NOW - DAY, chair=cast.project_manager)
        assert self.value(cast) == 1
        assert self.value(cast, NOW - DAY) == 2

    def test_counts_minutes_that_were_written_by_then(self, cast: Cast) -> None:
        self.held(cast, at=NOW - DAY, chair=cast.sponsor, recorded_at=NOW + DAY)
        assert self.value(cast) == 0
        assert self.value(cast, NOW + DAY) == 1

    def test_believes_the_newest_minutes(self, cast: Cast) -> None:
        first = self.held(cast, at=NOW - 2 * DAY, chair=cast.sponsor)
        MeetingMinutes.objects.create(
            **scope(cast),
            meeting=first.meeting,
            was_held=True,
            chair=cast.project_manager,
            written_by=cast.sponsor,
            written_at=NOW - DAY,
            recorded_at=NOW - DAY,
        )
        assert self.value(cast) == 0
        assert self.value(cast, NOW - DAY - timedelta(seconds=1)) == 1

    def test_has_nothing_to_measure_without_a_sponsor(self, cast: Cast) -> None:
        Participation.objects.filter(role=Role.SPONSOR).update(ended_at=NOW - DAY)
        assert reading(cast, "spn.meetings_chaired").population == 0


class TestAnswers:
    def test_tells_what_was_in_time_from_what_was_late(self, cast: Cast) -> None:
        early = NOW - 30 * DAY
        fields: dict[str, Any] = {"decider": cast.sponsor, "recorded_at": early}
        for code, due, decided in (("A", 20, 21), ("B", 20, 19), ("C", 5, None), ("D", -5, None)):
            due_date = (NOW - due * DAY).date()
            row = make_decision(project=cast.project, code=code, due_date=due_date, **fields)
            if decided is not None:
                at = NOW - decided * DAY
                decide(row, by=cast.sponsor, at=at, recorded_at=at)
        ask_to_accept(cast, until=NOW + DAY, requested_at=NOW - 8 * DAY, recorded_at=NOW - 8 * DAY)
        found = answers_of_executives(project_ids=[cast.project.pk], as_of=NOW)
        answers = found[cast.project.pk][cast.sponsor.pk]
        assert (answers.in_time, answers.late, answers.waiting) == (1, 3, 1)


class TestPaper:
    def test_holds_the_counts_that_page_one_prints(self, cast: Cast) -> None:
        at = NOW - DAY
        statement = SponsorStatement.objects.create(
            **scope(cast), text="Come", written_by=cast.sponsor, written_at=at, recorded_at=at
        )
        StatementAcknowledgement.objects.create(
            **scope(cast),
            statement=statement,
            account=cast.consultant,
            acknowledged_at=NOW,
            recorded_at=NOW,
        )
        found = sponsor_paper(project_ids=[cast.project.pk], as_of=NOW)
        assert found[cast.project.pk] == {
            "meetings": 0,
            "days": 60,
            "read_done": 0,
            "read_due": 1,
            "answers_done": 0,
            "answers_due": 0,
            "acknowledged_done": 1,
            "acknowledged_due": 4,
        }

    def test_says_nothing_of_a_project_without_executives(self, cast: Cast) -> None:
        assert cast.other_project.pk in sponsor_paper(
            project_ids=[cast.other_project.pk], as_of=timezone.now()
        )
        Participation.objects.update(ended_at=NOW)
        assert sponsor_paper(project_ids=[cast.project.pk], as_of=NOW + DAY) == {}
