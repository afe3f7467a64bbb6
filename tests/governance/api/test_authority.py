"""Charters, stops, overrulings and decision rights over REST."""

from typing import Any

import pytest

from governance.choices import DecisionKind, Power
from governance.services.rights import Before, Grant, give_right
from governance.services.stops import end_stop, stop_gate
from tests.charters import make_charter, make_signed_charter
from tests.factories import NOW
from tests.people import Cast, make_cast
from tests.wire import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def listed(cast: Cast, register: str, query: str = "") -> list[dict[str, Any]]:
    answer = Caller.of(cast.auditor).get(f"projects/{cast.project.public_id}/{register}/?{query}")
    rows: list[dict[str, Any]] = answer.json()["results"]
    return rows


class TestCharterList:
    def test_says_which_version_is_signed(self, cast: Cast) -> None:
        make_signed_charter(cast)
        assert [row["signed"] for row in listed(cast, "charters")] == [True]
        make_charter(cast, granted=frozenset({Power.ESCALATE}))
        rows = listed(cast, "charters")
        assert rows[0]["granted"] == ["ESCALATE"]
        assert [row["signed"] for row in rows] == [False, True]


class TestGateStopList:
    def test_tells_the_end_and_the_overruling_that_it_was(self, cast: Cast) -> None:
        make_signed_charter(cast)
        by = cast.project_manager
        terms: dict[str, Any] = {"project": cast.project, "stopped_by": by, "stopped_at": NOW}
        stop = stop_gate(**terms, gate_key="G3", reason="Nobody tests.")
        assert listed(cast, "gate-stops", "standing=true")[0]["ended_by"] is None
        end_stop(stop=stop, reason="The date stands.", ended_by=cast.sponsor, ended_at=NOW)
        assert listed(cast, "gate-stops", "standing=true") == []
        (row,) = listed(cast, "overrulings")
        assert (row["overruled_by"], row["stop"]) == ("Sponsor", str(stop.public_id))


class TestDecisionRightList:
    def test_tells_who_decides_and_how_it_went_on(self, cast: Cast) -> None:
        for decider in (cast.process_owner, cast.business_user):
            grant = Grant(
                kind=DecisionKind.DATA, decider=decider, before=Before.ENDS, reason="Moved on."
            )
            give_right(project=cast.project, grant=grant, given_by=cast.sponsor, given_at=NOW)
        (row,) = listed(cast, "decision-rights", "holds=true&kind=DATA")
        assert row["decider"] == "Business_User"
        (before,) = listed(cast, "decision-rights", "holds=false")
        assert (before["end_reason"], before["successor"]) == ("Moved on.", row["id"])

    def test_is_not_another_clients(self, cast: Cast) -> None:
        for register in ("charters", "gate-stops", "overrulings", "decision-rights"):
            answer = Caller.of(cast.other_sponsor).get(
                f"projects/{cast.project.public_id}/{register}/"
            )
            assert answer.status_code == 404
