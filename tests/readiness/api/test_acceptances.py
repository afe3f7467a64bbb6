"""Accepted risks and the requests for one, to be read by programs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from readiness.models import Acceptance, AcceptanceAnswer
from readiness.services.policies import adopt_policy
from tests.people import Cast, make_cast
from tests.readiness.services.test_requests import asked, declined, granted
from tests.wire import Caller

pytestmark = pytest.mark.django_db
LIST_QUERIES = 5


@pytest.fixture
def cast() -> Cast:
    """Return everybody, with a policy of three criteria."""
    found = make_cast()
    adopt_policy(project=found.project)
    return found


def address(cast: Cast, rest: str = "") -> str:
    """Return where the requests of the first project are."""
    return f"projects/{cast.project.public_id}/acceptance-requests/{rest}"


class TestAcceptanceRequestList:
    def test_says_what_became_of_each(self, cast: Cast) -> None:
        accepted = granted(cast, asked(cast))
        declined(cast, asked(cast, criterion_key="UX-02"), reason="Test it instead.")
        asked(cast, criterion_key="UX-03")
        caller = Caller.of(cast.consultant)
        rows = {row["criterion"]: row for row in caller.get(address(cast)).json()["results"]}
        assert rows["UX-01"]["acceptance"] == str(accepted.public_id)
        assert (rows["UX-02"]["declined_because"], rows["UX-02"]["answered_by"]) == (
            "Test it instead.",
            "Sponsor",
        )
        assert (rows["UX-02"]["acceptance"], rows["UX-03"]["answered_at"]) == (None, None)
        for query, expected in (("?open=true", {"UX-03"}), ("?open=false", {"UX-01", "UX-02"})):
            found = caller.get(address(cast, query)).json()["results"]
            assert {row["criterion"] for row in found} == expected

    def test_is_not_there_for_another_client(self, cast: Cast) -> None:
        assert Caller.of(cast.other_sponsor).get(address(cast)).status_code == 404
        assert Caller.of(cast.sponsor).push(address(cast), {}).status_code == 405

    def test_asks_little_of_the_database(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        for key in ("UX-01", "UX-02", "UX-03"):
            asked(cast, criterion_key=key)
        with CaptureQueriesContext(connection) as queries:
            caller.get(address(cast))
        assert len(queries) == LIST_QUERIES


class TestAcceptanceList:
    def test_lists_what_was_accepted(self, cast: Cast) -> None:
        accepted = granted(cast, asked(cast))
        where = f"projects/{cast.project.public_id}/acceptances/?criterion=UX-01"
        (row,) = Caller.of(cast.auditor).get(where).json()["results"]
        assert (row["id"], row["approver_name"]) == (str(accepted.public_id), "Sponsor")


class TestEveryToken:
    def test_writes_no_acceptance_answer_or_request(self, cast: Cast) -> None:
        asked(cast)
        before = (Acceptance.objects.count(), AcceptanceAnswer.objects.count())
        caller = Caller.of(cast.sponsor)
        for name in ("acceptances", "acceptance-requests"):
            where = f"projects/{cast.project.public_id}/{name}/"
            assert caller.push(where, {"criterion": "UX-01"}).status_code in (403, 405)
        assert (Acceptance.objects.count(), AcceptanceAnswer.objects.count()) == before
