"""The door of every address: what is in no policy is closed, and strangers sign in first."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, path, reverse
from pytest_django import DjangoAssertNumQueries, Settings

from governance.permissions import acts
from governance.permissions.table import Rule, policy
from readiness.config.urls import urlpatterns as known
from tests.factories import make_user
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db


def answer(request: HttpRequest) -> HttpResponse:
    """Answer whoever comes through."""
    return HttpResponse("inside")


urlpatterns: list[object] = [
    *known,
    path("forgotten/", answer, name="forgotten"),
    path("unnamed/", answer),
    path("administered/", answer, name="administered"),
]
assert isinstance(urlpatterns[-1], URLPattern)


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


@pytest.fixture
def with_more_addresses(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Add addresses that nobody registered, and one for administrators."""
    settings.ROOT_URLCONF = __name__
    held = {**policy(), ("administered", "GET"): Rule(acts.ADMINISTER)}
    monkeypatch.setattr("governance.permissions.table.policy", lambda: held)
    monkeypatch.setattr(
        "governance.views.doors.methods_of",
        lambda name: tuple(method for each, method in held if each == name),
    )


@pytest.mark.usefixtures("with_more_addresses")
class TestOnlyRegistered:
    @pytest.mark.parametrize("where", ["/forgotten/", "/unnamed/"])
    def test_closes_what_nobody_registered(self, client: Client, cast: Cast, where: str) -> None:
        assert client.get(where).status_code == 403
        client.force_login(cast.sponsor)
        refused = client.get(where)
        assert refused.status_code == 403
        assert "inside" not in refused.content.decode()

    def test_opens_an_administrators_door_to_administrators_only(
        self, client: Client, cast: Cast
    ) -> None:
        assert client.get("/administered/").status_code == 302
        client.force_login(cast.sponsor)
        refused = client.get("/administered/")
        assert refused.status_code == 403
        assert "Only an administrator" in refused.content.decode()
        client.force_login(make_user(organisation=cast.client, is_administrator=True))
        assert client.get("/administered/").content == b"inside"


class TestMethods:
    def test_are_named_where_another_one_was_sent(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.sponsor)
        where = reverse("governance:owner-list", args=[cast.project.public_id])
        for method in ("POST", "PUT", "DELETE", "OPTIONS"):
            refused = client.generic(method, where)
            assert refused.status_code == 405
            assert refused["Allow"] == "GET, HEAD"
        assert client.head(where).status_code == 200

    def test_are_told_without_a_token_against_forged_forms(self, cast: Cast) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(cast.sponsor)
        assert strict.put(reverse("readiness:my-work")).status_code == 405


class TestStrangers:
    def test_sign_in_first_and_come_back(self, client: Client, cast: Cast) -> None:
        where = reverse("governance:owner-list", args=[cast.project.public_id])
        led = client.get(f"{where}?page=2")
        assert led.status_code == 302
        assert led["Location"] == f"/accounts/login/?next={where}%3Fpage%3D2"

    def test_are_not_led_back_to_what_only_takes_forms(self, client: Client, cast: Cast) -> None:
        where = reverse("reports:report-request", args=[cast.project.public_id])
        assert client.post(where)["Location"] == "/accounts/login/?next=/"

    def test_are_not_told_which_methods_there_are(self, client: Client) -> None:
        assert client.delete(reverse("readiness:my-work")).status_code == 302

    def test_find_no_more_than_before_where_there_is_nothing(self, client: Client) -> None:
        assert client.get("/nowhere/").status_code == 404

    def test_cost_no_question(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(0):
            assert client.get(reverse("readiness:health-live")).status_code == 200
            assert client.get(reverse("governance:token-list")).status_code == 302
