"""The policy table over REST."""

import pytest

from governance.choices import Scope
from governance.pages.policy import act_rows
from tests.people import Cast, make_cast
from tests.wire import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


class TestPolicyList:
    def test_lists_every_act_in_english(self, cast: Cast) -> None:
        answer = Caller.of(cast.auditor).get("policy/")
        assert answer.status_code == 200
        listed = {row["act"]: row for row in answer.json()}
        assert list(listed) == [row.act.key for row in act_rows()]
        accept = listed["accept_risk"]
        assert accept["roles"] == ["SPONSOR", "STEERING"]
        assert (accept["administrators"], accept["partner"], accept["door"]) == (
            False,
            False,
            "PROJECT",
        )
        assert accept["narrower"] == "not what one asked for oneself"
        pushed = listed["push_training"]["addresses"]
        assert pushed == [
            {
                "name": "api:training-record-list",
                "path": "/api/v1/projects/<uuid:project>/training-records/",
                "methods": ["POST"],
                "scope": "PUSH",
            }
        ]

    def test_wants_a_token_that_reads(self, cast: Cast) -> None:
        assert Caller().get("policy/").status_code == 401
        assert Caller.of(cast.auditor, scopes=(Scope.PUSH,)).get("policy/").status_code == 403
