"""Escalations over REST: how each stands for everybody, and the inside for those who may know."""

from typing import Any

import pytest
from time_machine import TimeMachineFixture

from governance.models import User
from tests.escalations import BEFORE_FIVE, REASON, Ladder, make_ladder
from tests.factories import NOW
from tests.wire import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def ladder(time_machine: TimeMachineFixture) -> Ladder:
    found = make_ladder()
    time_machine.move_to(NOW, tick=False)
    found.escalate()
    return found


def listed(ladder: Ladder, *, by: User, query: str = "") -> list[dict[str, Any]]:
    address = f"projects/{ladder.cast.project.public_id}/escalations/?{query}"
    rows: list[dict[str, Any]] = Caller.of(by).get(address).json()["results"]
    return rows


class TestEscalationList:
    def test_says_with_whom_it_is_and_until_when(self, ladder: Ladder) -> None:
        (row,) = listed(ladder, by=ladder.cast.auditor)
        assert (row["subject_noun"], row["subject_title"]) == ("decision", "D-1 Which plant?")
        assert (row["addressee"], row["rung"]) == ("Project_Manager", "PROJECT_MANAGER")
        assert (row["is_open"], row["is_overdue"]) == (True, False)
        assert row["due_at"] == BEFORE_FIVE.isoformat().replace("+00:00", "Z")
        assert [step["act"] for step in row["steps"]] == ["ADDRESSED"]

    def test_keeps_the_inside_to_those_who_may_know(self, ladder: Ladder) -> None:
        cast = ladder.cast
        for user in (cast.project_manager, cast.sponsor, ladder.steering, cast.business_user):
            (row,) = listed(ladder, by=user)
            assert (row["raised_by"], row["reason"]) == ("Business_User", REASON)
        for user in (cast.process_owner, cast.auditor, cast.consultant):
            (row,) = listed(ladder, by=user)
            assert (row["raised_by"], row["reason"], row["answer"]) == (None, None, None)

    def test_lets_in_whoever_it_climbs_to(self, ladder: Ladder) -> None:
        ladder.let_run_out(days=1)
        (row,) = listed(ladder, by=ladder.cast.process_owner)
        assert row["raised_by"] == "Business_User"
        assert row["is_overdue"] is True

    def test_finds_by_state_cause_and_noun(self, ladder: Ladder) -> None:
        auditor = ladder.cast.auditor
        for query, number in (
            ("open=true", 1),
            ("open=false", 0),
            ("cause=BY_HAND", 1),
            ("cause=SILENCE", 0),
            ("noun=defect", 0),
        ):
            assert len(listed(ladder, by=auditor, query=query)) == number, query

    def test_is_not_there_for_another_client(self, ladder: Ladder) -> None:
        address = f"projects/{ladder.cast.project.public_id}/escalations/"
        assert Caller.of(ladder.cast.other_sponsor).get(address).status_code == 404
