"""The pages of replacements: decided by an executive, handed over by those who stay."""

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.models import Handover, Replacement, User
from tests.factories import NOW
from tests.people import Cast, make_cast
from tests.questions import make_assumption
from tests.wire import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(time_machine: TimeMachineFixture) -> Cast:
    """Return a project in which the consultant assumed something."""
    found = make_cast()
    make_assumption(project=found.project, code="A-1", maker=found.consultant)
    time_machine.move_to(NOW, tick=False)
    return found


def address(cast: Cast, name: str, *rows: object) -> str:
    return reverse(f"readiness:{name}", args=[cast.project.public_id, *rows])


def decide(client: Client, cast: Cast, by: User, **changed: object) -> int:
    """Send the form; return the status."""
    client.force_login(by)
    sent = {
        "partner": cast.partner.public_id,
        "consultant": cast.consultant.public_id,
        "leaves_date": "2026-06-30",
        "reason": "They are needed elsewhere.",
        "knowledge": "The bank's interface",
    }
    return client.post(address(cast, "replacement-add"), sent | changed).status_code


class TestAddReplacement:
    def test_shows_what_everybody_holds_and_lists_it_then(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.sponsor)
        page = client.get(address(cast, "replacement-add")).content.decode()
        assert cast.consultant.name in page
        assert "Assumption: 1" in page
        assert decide(client, cast, cast.sponsor) == 302
        listed = client.get(address(cast, "replacement-list")).content.decode()
        assert "2 things that replaced people held are not handed over." in listed
        row = Replacement.objects.get()
        shown = client.get(address(cast, "replacement-detail", row.public_id)).content.decode()
        assert "0 of 2 things are handed over." in shown

    def test_is_refused_to_the_project_manager(self, client: Client, cast: Cast) -> None:
        assert decide(client, cast, cast.project_manager) == 403

    def test_says_beside_the_form_that_they_were_replaced(self, client: Client, cast: Cast) -> None:
        decide(client, cast, cast.sponsor)
        assert decide(client, cast, cast.sponsor) == 422


class TestAddHandover:
    def test_takes_one_thing_over(self, client: Client, cast: Cast) -> None:
        decide(client, cast, cast.sponsor)
        row = Replacement.objects.get()
        item = row.held.in_order()[0]
        client.force_login(cast.project_manager)
        where = address(cast, "handover-add", row.public_id, item.public_id)
        assert client.get(where).status_code == 200
        sent = {"taken_by": cast.business_user.public_id, "note": "See the handbook."}
        assert client.post(where, sent).status_code == 302
        assert Handover.objects.get().taken_by == cast.business_user
        shown = client.get(address(cast, "replacement-detail", row.public_id)).content.decode()
        assert "1 of 2 things are handed over." in shown
        assert client.post(where, sent).status_code == 422

    def test_is_not_there_under_another_replacement(self, client: Client, cast: Cast) -> None:
        decide(client, cast, cast.sponsor)
        row = Replacement.objects.get()
        item = row.held.in_order()[0]
        client.force_login(cast.sponsor)
        where = address(cast, "handover-add", item.public_id, item.public_id)
        assert client.get(where).status_code == 404


class TestReplacementListView:
    def test_lists_with_what_they_held(self, client: Client, cast: Cast) -> None:
        decide(client, cast, cast.sponsor)
        where = f"projects/{cast.project.public_id}/replacements/"
        rows = Caller.of(cast.auditor).get(where).json()["results"]
        assert rows[0]["consultant"] == cast.consultant.name
        assert [each["held"] for each in rows[0]["held"]] == ["ASSUMPTION", "KNOWLEDGE"]
        assert Caller.of(cast.auditor).get(where + "?open=false").json()["results"] == []
