"""Who is asked once more, and where: the doors themselves are tried in `factors/test_doors.py`."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from governance.models import User
from governance.views.proving import passkey_first, prove_before_password
from tests.factories import make_organisation, make_user
from tests.factors import give_app
from tests.governance.services.test_factors import add_passkey

pytestmark = pytest.mark.django_db


def reached(request: HttpRequest) -> HttpResponse:
    """Stand for a door."""
    return HttpResponse("reached")


@pytest.fixture
def user() -> User:
    """Return an account with a password alone."""
    return make_user(organisation=make_organisation())


def asked(user: User, *, method: str = "POST") -> HttpRequest:
    """Return a request of somebody who has signed in and proved nothing since."""
    browser = Client()
    browser.force_login(user)
    request = RequestFactory().generic(method, "/somewhere/?a=1")
    request.user, request.session = user, browser.session
    request._messages = []  # type: ignore[attr-defined]
    return request


class TestPasskeyFirst:
    def test_asks_only_where_the_form_has_no_code_to_ask_for(self, user: User) -> None:
        assert passkey_first(reached)(asked(user)).content == b"reached"
        key = add_passkey(user)
        give_app(user)
        assert passkey_first(reached)(asked(user)).content == b"reached"
        key.user.authenticator_set.filter(type="totp").delete()
        assert passkey_first(reached)(asked(user, method="GET")).content == b"reached"


class TestProveBeforePassword:
    def test_asks_whoever_has_a_second_factor(self, user: User) -> None:
        assert prove_before_password(reached)(asked(user)).content == b"reached"
        give_app(user)
        answer = prove_before_password(reached)(asked(user))
        assert answer["Location"].startswith(reverse("account_reauthenticate"))
        assert answer["Location"].endswith("?next=%2Fsomewhere%2F%3Fa%3D1")
