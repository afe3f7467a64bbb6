"""Caveats over REST: pulled, pushed and resolved, each once."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Caveat
from readiness.models import CaveatResolution
from tests.people import Cast, make_cast
from tests.wire import Caller, problem_of

pytestmark = pytest.mark.django_db
LIST_QUERIES = 6


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


def address(cast: Cast, rest: str = "") -> str:
    """Return where the caveats of the first project are."""
    return f"projects/{cast.project.public_id}/caveats/{rest}"


class TestCaveatList:
    def test_writes_a_caveat_once(self, cast: Cast) -> None:
        caller = Caller.of(cast.project_manager)
        body = {"text": "Porto has no training room."}
        answer = caller.push(address(cast), body, key="one")
        assert answer.status_code == 201, answer.content
        assert caller.push(address(cast), body, key="one").json() == answer.json()
        assert problem_of(caller.push(address(cast), body, key="two"))["status"] == 422
        assert Caveat.objects.get().written_by == cast.project_manager
        assert caller.get(address(cast)).json()["results"] == [answer.json()]

    def test_finds_those_that_stand(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        ids = [
            caller.push(address(cast), {"text": text}).json()["id"] for text in ("First", "Second")
        ]
        answer = caller.push(address(cast, f"{ids[0]}/resolution/"), {"reason": "Done."})
        assert answer.status_code == 201, answer.content
        assert (answer.json()["resolution"], answer.json()["resolved_by"]) == ("Done.", "Sponsor")
        for query, expected in (("?open=true", ids[1:]), ("?open=false", ids[:1])):
            found = caller.get(address(cast, query)).json()["results"]
            assert [row["id"] for row in found] == expected
        again = caller.push(address(cast, f"{ids[0]}/resolution/"), {"reason": "Done."})
        assert again.status_code == 422
        assert CaveatResolution.objects.count() == 1

    @pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "x" * 1001}, {"words": "x"}])
    def test_says_what_is_wrong(self, cast: Cast, body: dict[str, Any]) -> None:
        answer = Caller.of(cast.sponsor).push(address(cast), body)
        assert answer.status_code == 422
        assert not Caveat.objects.exists()

    @pytest.mark.parametrize("name", ["consultant", "auditor", "process_owner"])
    def test_lets_others_read_only(self, cast: Cast, name: str) -> None:
        row = Caller.of(cast.sponsor).push(address(cast), {"text": "Mind the tax"}).json()
        caller = Caller.of(getattr(cast, name))
        assert caller.get(address(cast)).json()["results"] == [row]
        assert caller.push(address(cast), {"text": "x"}).status_code == 403
        where = address(cast, f"{row['id']}/resolution/")
        assert caller.push(where, {"reason": "x"}).status_code == 403

    def test_is_not_there_for_another_client(self, cast: Cast) -> None:
        row = Caller.of(cast.sponsor).push(address(cast), {"text": "Mind the tax"}).json()
        other = Caller.of(cast.other_sponsor)
        assert other.get(address(cast)).status_code == 404
        assert other.push(address(cast), {"text": "x"}).status_code == 404
        own = f"projects/{cast.other_project.public_id}/caveats/{row['id']}/resolution/"
        assert other.push(own, {"reason": "x"}).status_code == 404

    def test_asks_little_of_the_database(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        for number in range(3):
            caller.push(address(cast), {"text": f"Caveat {number}"})
        with CaptureQueriesContext(connection) as asked:
            caller.get(address(cast))
        assert len(asked) == LIST_QUERIES
