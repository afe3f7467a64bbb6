"""Single sign-on is no way around the second factor."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factors import code_of, give_app
from tests.flows.single_sign_on.conftest import Provider, is_signed_in, linked, sign_on
from tests.people import Cast


def come(provider: Provider, cast: Cast, browser: Client) -> Any:
    sponsor = cast.sponsor
    linked(sponsor, provider, "s-1")
    provider.know("s-1", email=sponsor.email, email_verified=True)
    return sign_on(browser, "s-1", next="/tokens/")


class TestSecondFactor:
    def test_is_asked_for_before_anything_opens(
        self, honest: Provider, cast: Cast, client: Client
    ) -> None:
        give_app(cast.sponsor)
        answer = come(honest, cast, client)
        assert answer["Location"] == reverse("mfa_authenticate")
        assert not is_signed_in(client)
        assert client.get("/tokens/").status_code == 302
        wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert wrong.status_code == 200
        assert not is_signed_in(client)
        code = code_of(cast.sponsor, at=timezone.now())
        answer = client.post(reverse("mfa_authenticate"), {"code": code})
        assert (answer.status_code, answer["Location"]) == (302, "/tokens/")
        assert client.session["_auth_user_id"] == str(cast.sponsor.pk)

    def test_has_to_be_set_up_first_by_a_signer_who_has_none(
        self, honest: Provider, cast: Cast, client: Client
    ) -> None:
        come(honest, cast, client)
        answer = client.get("/")
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))

    def test_leaves_the_session_to_the_limits_of_every_other(
        self, honest: Provider, cast: Cast, client: Client
    ) -> None:
        come(honest, cast, client)
        by_password = Client()
        by_password.force_login(cast.sponsor)
        ends = [browser.session.get_expiry_date() for browser in (client, by_password)]
        assert abs(ends[0] - ends[1]) < timedelta(minutes=1)
