"""What waits for the account behind a token."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people import Cast, make_cast
from tests.questions import make_decision
from tests.wire import Caller

pytestmark = pytest.mark.django_db
WORK_QUERIES = 15


@pytest.fixture
def cast() -> Cast:
    """Return everybody; a decision waits for the sponsor."""
    found = make_cast()
    make_decision(project=found.project, decider=found.sponsor)
    return found


class TestWork:
    def test_lists_what_waits_for_the_caller(self, cast: Cast) -> None:
        body = Caller.of(cast.sponsor).get("work/").json()
        (item,) = body["results"]
        assert body["count"] == 1
        assert body["answer"].startswith("1 thing waits for you")
        assert (item["kind"], item["text"]) == ("DECISION", "D-1 Which plant?")
        assert item["project"] == {"id": str(cast.project.public_id), "name": cast.project.name}
        assert item["url"].startswith(f"/p/{cast.project.public_id}/decisions/")

    @pytest.mark.parametrize("name", ["process_owner", "consultant", "auditor", "other_sponsor"])
    def test_lists_nobody_elses_work(self, cast: Cast, name: str) -> None:
        assert Caller.of(getattr(cast, name)).get("work/").json()["results"] == []

    def test_knows_no_parameter(self, cast: Cast) -> None:
        assert Caller.of(cast.sponsor).get("work/?user=1").status_code == 400

    def test_asks_little_of_the_database(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        with CaptureQueriesContext(connection) as asked:
            caller.get("work/")
        assert len(asked) == WORK_QUERIES
