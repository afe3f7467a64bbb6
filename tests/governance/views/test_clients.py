"""Where a partner's account chooses the one client that it works for."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from governance.models import SecurityEvent
from readiness.views import kept
from tests.factories import NOW
from tests.people import Cast, make_cast, make_shared_partner_cast

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
CHOOSE = "/clients/"


@pytest.fixture
def cast() -> Cast:
    """Return the cast whose consultant works for both clients."""
    return make_shared_partner_cast()


@pytest.fixture
def browser(client: Client, cast: Cast) -> Client:
    """Return the consultant's browser."""
    client.force_login(cast.consultant)
    return client


def bare(answer: Any) -> str:
    """Return a page without what each answer has of its own."""
    return re.sub(r'(nonce|value)="[^"]{16,}"', "", answer.content.decode())


def gate(cast: Cast, *, other: bool = False) -> str:
    """Return the address of a gate."""
    project = cast.other_project if other else cast.project
    return reverse("readiness:gate-show", args=[project.public_id])


class TestChoose:
    def test_names_the_clients_and_nothing_of_theirs(self, browser: Client, cast: Cast) -> None:
        text = browser.get(CHOOSE).content.decode()
        assert cast.client.name in text
        assert cast.other_client.name in text
        assert cast.project.name not in text
        assert "Choose whom you work for now" in text

    def test_leads_there_until_one_is_chosen(self, browser: Client, cast: Cast) -> None:
        project = cast.project.public_id
        missing = reverse("readiness:gate-show", args=[uuid.uuid4()])
        pages = ["/", "/work/", "/imports/", gate(cast), gate(cast, other=True), missing]
        pages += [reverse("reports:report-list", args=[project])]
        for page in pages:
            answer = browser.get(page)
            assert (answer.status_code, answer["Location"]) == (302, CHOOSE), page
        posted = browser.post(reverse("governance:decision-add", args=[project]), {"title": "x"})
        assert posted["Location"] == CHOOSE
        moving = browser.get("/version/", headers={"HX-Request": "true"})
        assert (moving.status_code, moving["HX-Redirect"]) == (204, CHOOSE)

    def test_leaves_the_accounts_own_pages_open(self, browser: Client) -> None:
        for page in ("/tokens/", CHOOSE):
            assert browser.get(page).status_code == 200, page

    def test_shows_the_chosen_client_alone(self, browser: Client, cast: Cast) -> None:
        kept._shelf._texts.clear()
        for _ in range(2):  # and not what was kept of the other
            for other in (False, True):
                chosen = cast.other_client if other else cast.client
                answer = browser.post(CHOOSE, {"client": str(chosen.public_id)})
                assert answer["Location"] == "/"
                assert browser.get(gate(cast, other=other)).status_code == 200
                assert browser.get(gate(cast, other=not other)).status_code == 404
                hidden, shown = cast.client.name, cast.other_client.name
                if not other:
                    hidden, shown = shown, hidden
                for page in ("/", "/work/", "/imports/"):
                    text = browser.get(page).content.decode()
                    assert hidden not in text, page
                    assert f"For <strong>{shown}</strong>" in text, page
                    assert "Change client" in text, page

    def test_changes_the_key_of_the_session_and_notes_it(self, browser: Client, cast: Cast) -> None:
        before = browser.session.session_key
        browser.post(CHOOSE, {"client": str(cast.client.public_id)})
        assert browser.session.session_key != before
        assert browser.session["client"] == cast.client.pk
        assert SecurityEvent.objects.filter(kind="CLIENT_CHOSEN").count() == 1

    def test_answers_a_foreign_client_as_a_missing_one(self, browser: Client, cast: Cast) -> None:
        foreign = make_cast().client
        answers = [
            browser.post(CHOOSE, {"client": named})
            for named in (str(foreign.public_id), str(uuid.uuid4()), "x", "")
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({bare(answer) for answer in answers}) == 1
        assert "client" not in browser.session

    def test_is_no_page_of_the_clients_own_people(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.sponsor)
        assert client.get(CHOOSE).status_code == 404
        assert client.post(CHOOSE, {"client": str(cast.client.public_id)}).status_code == 404

    def test_is_not_needed_for_one_client(self, client: Client) -> None:
        cast = make_cast()
        client.force_login(cast.consultant)
        text = client.get(gate(cast)).content.decode()
        assert f"For <strong>{cast.client.name}</strong>" in text
        assert "Change client" not in text

    def test_says_what_to_do_where_there_is_no_client(self, client: Client) -> None:
        cast = make_cast()
        cast.consultant.participations.update(ended_at=NOW)
        client.force_login(cast.consultant)
        assert client.get("/").status_code == 200
        assert "No client has given you a role yet" in client.get(CHOOSE).content.decode()
