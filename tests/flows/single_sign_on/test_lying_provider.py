"""A provider that lies, is down or is not the one we know opens nothing and breaks nothing."""

import time
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from governance.services import identity_wire
from governance.services.throttling import Limit
from governance.views import slowing
from tests import servers
from tests.flows.single_sign_on.conftest import (
    Provider,
    is_signed_in,
    linked,
    named,
    sign_on,
    text_of,
)
from tests.people import Cast

SUBJECT = "lying-1"
NOT_BELIEVED = "answer could not be believed"
UNAVAILABLE = "does not answer as it should"
BEGIN = "/accounts/sso/northwind/"


@pytest.fixture
def known(lying: Provider, cast: Cast) -> Provider:
    """Link the one identity that the provider signs in, honestly at first."""
    linked(cast.business_user, lying, SUBJECT)
    linked(cast.auditor, lying, "lying-2")
    return lying


def claims(cast: Cast, **lies: Any) -> dict[str, Any]:
    return {"email": cast.business_user.email, **lies}


def refused(browser: Client) -> str:
    before = list(SocialAccount.objects.order_by("pk").values())
    answer = sign_on(browser)
    assert answer.status_code in {403, 503}
    assert not is_signed_in(browser)
    assert list(SocialAccount.objects.order_by("pk").values()) == before
    return text_of(answer)


class TestHonestly:
    def test_it_signs_in(self, known: Provider, cast: Cast, client: Client) -> None:
        known.lie(claims=claims(cast))
        sign_on(client)
        assert client.session["_auth_user_id"] == str(cast.business_user.pk)

    def test_it_may_keep_the_email_out_of_its_token(
        self, known: Provider, cast: Cast, client: Client
    ) -> None:
        email = cast.business_user.email
        known.lie(claims={"email": None}, userinfo={"sub": SUBJECT, "email": email})
        sign_on(client)
        assert is_signed_in(client)

    def test_it_may_answer_several_clients_that_include_us(
        self, known: Provider, cast: Cast, client: Client
    ) -> None:
        lies = claims(cast, aud=["readiness-gate", "other"], azp="readiness-gate")
        known.lie(claims=lies)
        sign_on(client)
        assert is_signed_in(client)


class TestToken:
    @pytest.mark.parametrize(
        "lies",
        [
            {"nonce": "another"},
            {"nonce": None},
            {"nonce": ""},
            {"nonce": ["a"]},
            {"iss": "https://elsewhere.example"},
            {"iss": None},
            {"aud": "another-client"},
            {"aud": ["readiness-gate", "other"]},
            {"aud": ["readiness-gate"], "azp": "other"},
            {"exp": 1},
            {"exp": None},
            {"exp": "soon"},
            {"iat": 1},
            {"iat": 99_999_999_999},
            {"nbf": 99_999_999_999},
            {"sub": ""},
            {"sub": None},
            {"sub": 7},
            {"sub": "x" * 192},
        ],
        ids=str,
    )
    def test_with_a_wrong_claim_opens_nothing(
        self, known: Provider, cast: Cast, client: Client, lies: dict[str, Any]
    ) -> None:
        known.lie(claims=claims(cast, **lies))
        assert NOT_BELIEVED in refused(client)

    @pytest.mark.parametrize(
        "sign", ["none", "public key as secret", "client secret", "foreign key", "tampered"]
    )
    def test_that_the_provider_did_not_sign_opens_nothing(
        self, known: Provider, cast: Cast, client: Client, sign: str
    ) -> None:
        known.lie(claims=claims(cast), sign=sign)
        assert NOT_BELIEVED in refused(client)

    @pytest.mark.parametrize("header", [{"kid": "2"}, {"alg": "RS512"}], ids=str)
    def test_that_names_another_key_opens_nothing(
        self, known: Provider, cast: Cast, client: Client, header: dict[str, Any]
    ) -> None:
        known.lie(claims=claims(cast), header=header)
        assert NOT_BELIEVED in refused(client)

    def test_comes_with_the_email_of_nobody_else(
        self, known: Provider, cast: Cast, client: Client
    ) -> None:
        email = cast.business_user.email
        known.lie(claims={"email": None}, userinfo={"sub": "lying-2", "email": email})
        assert NOT_BELIEVED in refused(client)


class TestAnswers:
    @pytest.mark.parametrize("how", ["error", "redirect", "page", "list", "huge"])
    def test_that_are_odd_are_told_plainly(
        self, known: Provider, cast: Cast, client: Client, how: str
    ) -> None:
        known.lie(claims=claims(cast), token=how)
        assert UNAVAILABLE in refused(client)
        known.lie(claims=claims(cast), description=how)
        answer = client.post(BEGIN)
        assert answer.status_code == 503
        assert UNAVAILABLE in text_of(answer)

    def test_without_a_token_open_nothing(self, known: Provider, client: Client) -> None:
        known.lie(token="empty")  # noqa: S106
        assert NOT_BELIEVED in refused(client)

    def test_that_do_not_come_are_not_waited_for(
        self, known: Provider, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(identity_wire, "READ_SECONDS", 0.5)
        known.lie(description="hang")
        begun = time.monotonic()
        assert client.post(BEGIN).status_code == 503
        assert time.monotonic() - begun < 3

    @pytest.mark.parametrize(
        "said",
        [
            {"issuer": "https://elsewhere.example"},
            {"issuer": None},
            {"authorization_endpoint": "https://elsewhere.example/authorize"},
            {"authorization_endpoint": "javascript:alert(1)"},
            {"token_endpoint": "http://169.254.169.254/latest"},
            {"token_endpoint": None},
            {"token_endpoint": ["http://127.0.0.1"]},
            {"jwks_uri": "file:///etc/passwd"},
            {"jwks_uri": "http://[::1/"},
        ],
        ids=str,
    )
    def test_that_lead_elsewhere_are_not_followed(
        self, known: Provider, client: Client, said: dict[str, Any]
    ) -> None:
        known.lie(said=said)
        answer = client.post(BEGIN)
        assert answer.status_code == 503
        assert UNAVAILABLE in text_of(answer)


class TestProviderThatIsDown:
    def test_is_told_plainly(self, cast: Cast, client: Client, settings: LazySettings) -> None:
        nobody = Provider(f"http://127.0.0.1:{servers.free_port()}")
        settings.IDENTITY_PROVIDERS = [named(nobody, organisation=cast.client.slug)]
        answer = client.post(BEGIN)
        assert answer.status_code == 503
        assert UNAVAILABLE in text_of(answer)
        assert 'href="/accounts/login/"' in text_of(answer)
        assert client.get(reverse("account_login")).status_code == 200

    def test_is_not_asked_again_and_again(
        self, cast: Cast, client: Client, settings: LazySettings
    ) -> None:
        nobody = Provider(f"http://127.0.0.1:{servers.free_port()}")
        settings.IDENTITY_PROVIDERS = [named(nobody, organisation=cast.client.slug)]
        assert {client.post(BEGIN).status_code for _ in range(20)} == {503}
        assert client.post(BEGIN).status_code == 429

    def test_nor_is_one_that_answers_asked_without_end(
        self, known: Provider, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(slowing, "SENT_ADDRESS", Limit("sent-address", 2, 300))
        assert [client.post(BEGIN).status_code for _ in range(3)] == [302, 302, 429]
