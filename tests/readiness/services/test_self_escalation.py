"""Conditions that must be escalated and were not: each raises itself once, and closes itself."""

from datetime import date, datetime, timedelta

import pytest

from governance.choices import EscalationCause, NoticeKind, Phase, Rung
from governance.models import (
    Department,
    Escalation,
    Notice,
    ParticipationRequest,
    RecordEntry,
    RequestedPerson,
)
from governance.services.escalations import answer
from readiness.models import Finding
from readiness.querysets.missed import MISSED_DAYS
from readiness.services.policies import adopt_policy
from readiness.services.self_escalation import sweep_escalations
from tests.escalations import Ladder, make_ladder
from tests.factories import NOW, make_person
from tests.questions import decide
from tests.wire import make_snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def ladder() -> Ladder:
    return make_ladder()


def judged(ladder: Ladder, *states: str, until: datetime = NOW, is_hard: bool = True) -> None:
    """Write a night for each state of the criterion G3/UX-01, the last of them at a moment."""
    for back, state in enumerate(reversed(states)):
        as_of = until - timedelta(days=back)
        snapshot = make_snapshot(project=ladder.cast.project, as_of=as_of)
        Finding.objects.create(
            organisation=ladder.cast.client,
            project=ladder.cast.project,
            snapshot=snapshot,
            gate_key="G3",
            criterion_key="UX-01",
            metric="uat.exec_pct",
            state=state,
            is_hard=is_hard,
        )


def raised() -> list[tuple[str, str, str]]:
    """Return cause, row and first rung of each escalation."""
    rows = Escalation.objects.order_by("pk")
    return [(row.cause, row.subject_noun, row.steps.get(number=1).rung) for row in rows]


class TestAMissedCriterion:
    @pytest.fixture(autouse=True)
    def _held_to_a_policy(self, ladder: Ladder) -> None:
        adopt_policy(project=ladder.cast.project)

    def test_escalates_itself_after_a_week_of_nights(self, ladder: Ladder) -> None:
        judged(ladder, *["MISSED"] * MISSED_DAYS)
        assert sweep_escalations(at=NOW) == 1
        assert raised() == [("CRITERION_MISSED", "criterion", Rung.PROJECT_MANAGER)]
        row = Escalation.objects.get()
        assert (row.subject_id, row.raised_by, row.salt) == ("G3/UX-01", None, "")
        entry = RecordEntry.objects.get(kind="ESCALATED")
        assert entry.actor is None
        assert Notice.objects.get(kind=NoticeKind.ESCALATED).is_urgent is False

    def test_writes_nothing_however_often_it_is_asked(self, ladder: Ladder) -> None:
        judged(ladder, *["MISSED"] * MISSED_DAYS)
        assert [sweep_escalations(at=NOW) for _ in range(3)] == [1, 0, 0]

    @pytest.mark.parametrize(
        "states",
        [
            ["MISSED"] * (MISSED_DAYS - 1),
            ["MISSED", "MISSED", "MET", *["MISSED"] * 4],
            ["ACCEPTED"] * MISSED_DAYS,
        ],
    )
    def test_does_not_before_or_when_a_night_was_better(
        self, ladder: Ladder, states: list[str]
    ) -> None:
        judged(ladder, *states)
        assert sweep_escalations(at=NOW) == 0

    def test_does_not_where_it_is_soft_or_escalated_by_hand(self, ladder: Ladder) -> None:
        judged(ladder, *["MISSED"] * MISSED_DAYS, is_hard=False)
        assert sweep_escalations(at=NOW) == 0

    def test_closes_itself_once_it_is_missed_no_more(self, ladder: Ladder) -> None:
        judged(ladder, *["MISSED"] * MISSED_DAYS, until=NOW - timedelta(hours=1))
        sweep_escalations(at=NOW - timedelta(hours=1))
        judged(ladder, "MET")
        assert sweep_escalations(at=NOW) == 1
        assert not Escalation.objects.open().exists()

    def test_stays_open_while_nobody_judges(self, ladder: Ladder) -> None:
        judged(ladder, *["MISSED"] * MISSED_DAYS)
        sweep_escalations(at=NOW)
        sweep_escalations(at=NOW + timedelta(days=3))
        assert Escalation.objects.open().count() == 1

    def test_comes_again_a_week_after_an_answer_that_changed_nothing(self, ladder: Ladder) -> None:
        judged(ladder, *["MISSED"] * MISSED_DAYS)
        sweep_escalations(at=NOW)
        manager = ladder.cast.project_manager
        answer(
            escalation=Escalation.objects.get(),
            text="We are on it.",
            answered_by=manager,
            answered_at=NOW,
        )
        later = NOW + timedelta(days=MISSED_DAYS)
        assert sweep_escalations(at=later - timedelta(hours=1)) == 0
        judged(ladder, *["MISSED"] * MISSED_DAYS, until=later)
        assert sweep_escalations(at=later) == 1


class TestAnOverdueDecision:
    def overdue(self, ladder: Ladder, *, due: date) -> None:
        ladder.decision.due_date = due
        ladder.decision.save()

    def test_goes_to_whoever_stands_above_its_decider(self, ladder: Ladder) -> None:
        self.overdue(ladder, due=NOW.date() - timedelta(days=1))
        sweep_escalations(at=NOW)
        assert raised() == [("DECISION_OVERDUE", "decision", Rung.SPONSOR)]

    def test_goes_past_a_sponsor_who_does_not_decide(self, ladder: Ladder) -> None:
        ladder.decision.decider = ladder.cast.sponsor
        self.overdue(ladder, due=NOW.date() - timedelta(days=1))
        sweep_escalations(at=NOW)
        assert raised() == [("DECISION_OVERDUE", "decision", Rung.STEERING)]

    def test_waits_for_its_day_to_pass(self, ladder: Ladder) -> None:
        self.overdue(ladder, due=NOW.date())
        assert sweep_escalations(at=NOW) == 0

    def test_leaves_out_what_holds_nothing_up(self, ladder: Ladder) -> None:
        ladder.decision.blocked_processes.clear()
        self.overdue(ladder, due=NOW.date() - timedelta(days=1))
        assert sweep_escalations(at=NOW) == 0

    def test_leaves_out_what_somebody_escalated_by_hand(self, ladder: Ladder) -> None:
        ladder.escalate()
        self.overdue(ladder, due=NOW.date() - timedelta(days=1))
        assert sweep_escalations(at=NOW) == 0
        assert raised() == [("BY_HAND", "decision", Rung.PROJECT_MANAGER)]

    def test_closes_once_it_is_decided(self, ladder: Ladder) -> None:
        self.overdue(ladder, due=NOW.date() - timedelta(days=1))
        sweep_escalations(at=NOW)
        decide(ladder.decision, by=ladder.cast.sponsor, at=NOW)
        assert sweep_escalations(at=NOW) == 1
        assert not Escalation.objects.open().exists()


class TestSilence:
    def test_of_a_department_manager_goes_to_the_sponsor(self, ladder: Ladder) -> None:
        cast = ladder.cast
        row = {"organisation": cast.client, "project": cast.project}
        department = Department.objects.create(**row, name="Finance", manager=cast.business_user)
        request = ParticipationRequest.objects.create(
            **row,
            department=department,
            manager=cast.business_user,
            purpose="TESTING",
            from_date=NOW.date(),
            to_date=NOW.date() + timedelta(days=4),
            answer_due_at=NOW - timedelta(hours=1),
            asked_by=cast.project_manager,
            asked_at=NOW - timedelta(days=3),
            recorded_at=NOW - timedelta(days=3),
        )
        person = make_person(project=cast.project)
        RequestedPerson.objects.create(**row, request=request, person=person)
        sweep_escalations(at=NOW)
        assert raised() == [(EscalationCause.SILENCE, "people_request", Rung.SPONSOR)]


class TestSweepEscalations:
    def test_moves_up_what_nobody_answered(self, ladder: Ladder) -> None:
        ladder.escalate()
        assert sweep_escalations(at=NOW + timedelta(days=1)) == 1

    def test_leaves_closed_projects_alone(self, ladder: Ladder) -> None:
        ladder.escalate()
        ladder.cast.project.phase = Phase.CLOSED
        ladder.cast.project.save()
        assert sweep_escalations(at=NOW + timedelta(days=1)) == 0
