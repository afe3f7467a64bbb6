"""Escalations that nobody answers: where they go, who is told, and that it happens once."""

from datetime import timedelta

import pytest

from governance.choices import EscalationAct, NoticeKind
from governance.models import Escalation, EscalationStep, Notice
from governance.services.climbing import NO_LONGER_SO, climb, climb_all, close_settled
from governance.services.escalations import answer
from tests.escalations import BEFORE_FIVE, Ladder, make_ladder
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def ladder() -> Ladder:
    return make_ladder()


def way(escalation: Escalation) -> list[str]:
    return list(escalation.steps.order_by("number").values_list("addressee__name", flat=True))


class TestClimb:
    def test_waits_until_the_clock_has_run_out(self, ladder: Ladder) -> None:
        escalation = ladder.escalate()
        assert climb(escalation, at=BEFORE_FIVE - timedelta(seconds=1)) is None
        step = climb(escalation, at=BEFORE_FIVE)
        assert step is not None
        assert (step.act, step.by) == (EscalationAct.CLIMBED, None)
        assert step.addressee == ladder.cast.process_owner

    def test_reaches_the_top_and_stays_there(self, ladder: Ladder) -> None:
        escalation = ladder.escalate()
        ladder.let_run_out(days=20)
        assert way(escalation) == ["Project_Manager", "Process_Owner", "Sponsor", "Steering"]
        assert Escalation.objects.beyond_time_at(NOW + timedelta(days=20)).count() == 1

    def test_tells_who_let_it_run_out_and_who_has_it_now(self, ladder: Ladder) -> None:
        ladder.escalate()
        climb_all(at=BEFORE_FIVE)
        manager = Notice.objects.filter(account=ladder.cast.project_manager).order_by("pk")
        assert [row.kind for row in manager] == [NoticeKind.ESCALATED, NoticeKind.ESCALATION_LATE]
        assert manager[0].settled_at == BEFORE_FIVE
        assert Notice.objects.get(account=ladder.cast.process_owner).kind == NoticeKind.ESCALATED

    def test_happens_once_however_often_it_is_asked(self, ladder: Ladder) -> None:
        ladder.escalate()
        assert [climb_all(at=BEFORE_FIVE) for _ in range(3)] == [1, 0, 0]

    def test_leaves_out_who_stands_on_two_rungs(self, ladder: Ladder) -> None:
        ladder.process.owner = ladder.cast.project_manager
        ladder.process.save()
        escalation = ladder.escalate()
        ladder.let_run_out(days=3)
        assert way(escalation)[:2] == ["Project_Manager", "Sponsor"]

    def test_comes_to_whoever_raised_it_rather_than_give_them_away(self, ladder: Ladder) -> None:
        escalation = ladder.escalate(by=ladder.cast.sponsor)
        ladder.let_run_out(days=4)
        assert way(escalation)[:3] == ["Project_Manager", "Process_Owner", "Sponsor"]

    def test_leaves_an_answered_one_alone(self, ladder: Ladder) -> None:
        escalation = ladder.escalate()
        manager = ladder.cast.project_manager
        answer(escalation=escalation, text="Yes.", answered_by=manager, answered_at=NOW)
        assert climb(escalation, at=NOW + timedelta(days=9)) is None

    def test_goes_on_with_the_others_where_one_cannot(
        self, ladder: Ladder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        ladder.escalate()
        monkeypatch.setattr("governance.services.climbing.climb", lambda *_a, **_k: 1 / 0)
        assert climb_all(at=BEFORE_FIVE) == 0
        assert "did not climb" in caplog.text


class TestCloseSettled:
    def test_says_that_it_is_no_longer_so(self, ladder: Ladder) -> None:
        escalation = ladder.escalate()
        step = close_settled(escalation, at=NOW)
        assert step is not None
        assert (step.act, step.text, step.by) == (EscalationAct.ANSWERED, NO_LONGER_SO, None)
        assert close_settled(escalation, at=NOW) is None
        assert EscalationStep.objects.count() == 2
