"""A process signed by a fresh sign-in at the provider, asked for this very signing."""

import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from governance.models import RecordEntry, SecurityEvent, Signoff, User
from tests.factories import make_run
from tests.flows.single_sign_on.conftest import (
    Provider,
    at_provider,
    linked,
    named,
    sign_on,
    text_of,
)
from tests.people import Cast
from tests.signing import MEANINGS, Desk, make_desk
from uat.services.executions import refresh_latest

WAY = "SINGLE_SIGN_ON:northwind"


@pytest.fixture
def desk(db: None) -> Desk:
    """Return a process that can be signed."""
    cache.clear()
    return make_desk()


@pytest.fixture
def cast(desk: Desk) -> Cast:
    """Return the people of the process."""
    return desk.cast


@pytest.fixture
def owner(lying: Provider, desk: Desk) -> User:
    """Return the owner, known at the provider."""
    found = desk.cast.process_owner
    lying.lie(claims={"email": found.email})
    linked(found, lying, "lying-1")
    return found


def leave(browser: Client, desk: Desk, owner: User, **fields: Any) -> str:
    """Send the form, and return where the browser is sent."""
    browser.force_login(owner)
    shown = desk.shown_hash(at=timezone.now())
    entered = {"act": "SIGNED", "evidence_hash": shown, "meanings": MEANINGS, "way": WAY}
    answer = browser.post(desk.address, entered | fields)
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"])


def come_back(browser: Client, place: str) -> Any:
    """Sign in at the provider, and return what is shown then."""
    answer = browser.get(at_provider(place))
    return browser.get(answer["Location"]) if answer.status_code == 302 else answer


def draft_in(page: Any) -> str:
    """Return the key of the draft on a page."""
    return text_of(page).partition('name="draft" value="')[2].partition('"')[0]


class TestSignByAFreshSignOn:
    def test_asks_the_provider_anew_and_keeps_how_it_was_signed(
        self, client: Client, desk: Desk, owner: User
    ) -> None:
        place = leave(client, desk, owner, act="REFUSED", reason="Too little was run.")
        asked = parse_qs(urlsplit(place).query)
        assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
        page = come_back(client, place)
        assert "Too little was run." in text_of(page)
        assert not Signoff.objects.exists(), "coming back signs nothing by itself"
        answer = client.post(desk.address, {"draft": draft_in(page)})
        assert answer.status_code == 302
        row = Signoff.objects.get()
        assert (row.act, row.authentication) == ("REFUSED", "SINGLE_SIGN_ON")
        assert row.reason == "Too little was run."

    def test_is_offered_to_whom_the_provider_knows(
        self, client: Client, desk: Desk, owner: User
    ) -> None:
        client.force_login(owner)
        assert WAY in text_of(client.get(desk.address))
        client.force_login(desk.cast.sponsor)
        assert WAY not in text_of(client.get(desk.address))

    @pytest.mark.parametrize(
        ("claims", "sentence"),
        [
            ({"auth_time": None}, "did not ask you to sign in just now"),
            ({"auth_time": time.time() - 125}, "did not ask you to sign in just now"),
            ({"auth_time": time.time() + 3600}, "did not ask you to sign in just now"),
            ({"auth_time": "now"}, "did not ask you to sign in just now"),
            ({"amr": ["pwd"]}, "did not ask you for a second factor"),
            ({"amr": None}, "did not ask you for a second factor"),
            ({"sub": "lying-2"}, "No account here is linked"),
            ({"email": "else@example.com"}, "e-mail"),
        ],
    )
    def test_believes_nothing_stale_weak_or_of_somebody_else(
        self,
        client: Client,
        desk: Desk,
        owner: User,
        lying: Provider,
        claims: dict[str, Any],
        sentence: str,
    ) -> None:
        lying.lie(claims={"email": owner.email, **claims})
        page = come_back(client, leave(client, desk, owner))
        answer = client.post(desk.address, {"draft": draft_in(page)})
        assert answer.status_code == 422
        assert sentence in text_of(answer)
        assert not Signoff.objects.exists()
        assert SecurityEvent.objects.filter(kind="PROOF_FAILED", account=owner).count() == 1

    def test_does_not_take_a_colleague_who_signs_in_there(
        self, client: Client, desk: Desk, owner: User, lying: Provider
    ) -> None:
        sponsor = desk.cast.sponsor
        linked(sponsor, lying, "lying-2")
        lying.lie(claims={"email": sponsor.email, "sub": "lying-2"})
        page = come_back(client, leave(client, desk, owner))
        answer = client.post(desk.address, {"draft": draft_in(page)})
        assert "Somebody else signed in at Northwind sign-in" in text_of(answer)
        assert not Signoff.objects.exists()

    def test_waits_no_longer_than_two_minutes(
        self, client: Client, desk: Desk, owner: User, lying: Provider
    ) -> None:
        lying.lie(claims={"email": owner.email, "auth_time": time.time() - 119})
        page = come_back(client, leave(client, desk, owner))
        time.sleep(2)
        answer = client.post(desk.address, {"draft": draft_in(page)})
        assert answer.status_code == 422
        assert not Signoff.objects.exists()

    def test_takes_the_factors_that_the_provider_is_set_up_with(
        self, client: Client, desk: Desk, owner: User, lying: Provider, settings: LazySettings
    ) -> None:
        words = named(lying, organisation=desk.cast.client.slug, factors=("urn:two", "mfa"))
        settings.IDENTITY_PROVIDERS = [words]
        lying.lie(claims={"email": owner.email, "amr": None, "acr": "urn:two"})
        place = leave(client, desk, owner)
        assert parse_qs(urlsplit(place).query)["acr_values"] == ["urn:two"]
        page = come_back(client, place)
        assert client.post(desk.address, {"draft": draft_in(page)}).status_code == 302
        assert Signoff.objects.count() == 1

    def test_signs_nothing_else_than_what_was_left(
        self, client: Client, desk: Desk, owner: User
    ) -> None:
        page = come_back(client, leave(client, desk, owner))
        key = draft_in(page)
        make_run(scenario=desk.scenario, result="FAILED")
        refresh_latest(project_id=desk.cast.project.pk)
        desk.judge(at=timezone.now())
        answer = client.post(desk.address, {"draft": key, "act": "REFUSED", "reason": "Other."})
        assert answer.status_code == 409
        assert not Signoff.objects.exists()
        assert not RecordEntry.objects.filter(kind__in=["SIGNED", "REFUSED"]).exists()

    def test_takes_no_answer_that_another_signing_asked_for(
        self, client: Client, desk: Desk, owner: User
    ) -> None:
        first = leave(client, desk, owner)
        leave(client, desk, owner, act="REFUSED", reason="Second thoughts.")
        answer = client.get(at_provider(first))
        assert answer.status_code == 400
        assert "begun elsewhere, or too long ago" in text_of(answer)
        assert not Signoff.objects.exists()

    def test_a_sign_in_of_the_usual_kind_proves_no_signature(
        self, client: Client, desk: Desk, owner: User
    ) -> None:
        place = leave(client, desk, owner)
        key = client.session["signing_draft"]["key"]
        sign_on(client)
        answer = client.post(desk.address, {"draft": key})
        assert answer.status_code in (200, 302, 422)
        assert place
        assert not Signoff.objects.exists()

    def test_counts_once(self, client: Client, desk: Desk, owner: User) -> None:
        page = come_back(client, leave(client, desk, owner, act="REFUSED", reason="No."))
        client.post(desk.address, {"draft": draft_in(page)})
        client.post(desk.address, {"draft": draft_in(page)})
        assert Signoff.objects.count() == 1
