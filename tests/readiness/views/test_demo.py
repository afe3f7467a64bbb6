"""Signing in with one click exists in demo mode and nowhere else."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from governance.choices import Role
from governance.models import User
from tests.factories import join, make_organisation, make_project, make_user

ENTER = "/demo/enter/"


@pytest.fixture
def sponsor(db: None) -> User:
    """Return a sponsor of the demo."""
    organisation = make_organisation(name="Kessler Pumps")
    user = make_user(organisation=organisation, name="Ada Brandt", is_demo=True)
    join(project=make_project(organisation=organisation), user=user, role=Role.SPONSOR)
    return user


class TestEnterDemo:
    def test_signs_in_the_account_that_was_picked(
        self, client: Client, settings: Settings, sponsor: User
    ) -> None:
        settings.DEMO_MODE = True
        answer = client.post(ENTER, {"account": str(sponsor.public_id)})
        assert answer.status_code == 302
        assert client.session["_auth_user_id"] == str(sponsor.pk)

    def test_is_not_there_outside_demo_mode(self, client: Client, sponsor: User) -> None:
        answer = client.post(ENTER, {"account": str(sponsor.public_id)})
        assert answer.status_code == 404
        assert "_auth_user_id" not in client.session

    def test_never_signs_in_an_account_that_is_not_the_demos(
        self, client: Client, settings: Settings, sponsor: User
    ) -> None:
        settings.DEMO_MODE = True
        real = make_user(organisation=sponsor.organisation)
        assert client.post(ENTER, {"account": str(real.public_id)}).status_code == 404
        assert "_auth_user_id" not in client.session

    def test_never_signs_in_a_closed_account(
        self, client: Client, settings: Settings, sponsor: User
    ) -> None:
        settings.DEMO_MODE = True
        closed = make_user(organisation=sponsor.organisation, is_demo=True, is_active=False)
        assert client.post(ENTER, {"account": str(closed.public_id)}).status_code == 404

    @pytest.mark.parametrize("account", ["", "nobody", "00000000-0000-0000-0000-000000000000"])
    def test_refuses_an_account_that_does_not_exist(
        self, client: Client, settings: Settings, db: None, account: str
    ) -> None:
        settings.DEMO_MODE = True
        assert client.post(ENTER, {"account": account}).status_code == 404

    def test_wants_a_post(self, client: Client, settings: Settings, sponsor: User) -> None:
        settings.DEMO_MODE = True
        assert client.get(ENTER, {"account": str(sponsor.public_id)}).status_code == 405

    def test_wants_a_token_against_forged_forms(self, settings: Settings, sponsor: User) -> None:
        settings.DEMO_MODE = True
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(ENTER, {"account": str(sponsor.public_id)}).status_code == 403


class TestShowDemo:
    def test_lists_the_roles_also_for_somebody_signed_in(
        self, client: Client, settings: Settings, sponsor: User
    ) -> None:
        settings.DEMO_MODE = True
        client.force_login(sponsor)
        page = client.get("/demo/").content.decode()
        assert "Sponsor" in page
        assert "Ada Brandt, Kessler Pumps" in page

    def test_says_what_to_do_when_nothing_is_loaded(
        self, client: Client, settings: Settings, db: None
    ) -> None:
        settings.DEMO_MODE = True
        assert "not loaded yet" in client.get("/demo/").content.decode()

    def test_is_not_there_outside_demo_mode(self, client: Client, db: None) -> None:
        assert client.get("/demo/").status_code == 404


class TestSignIn:
    def test_shows_roles_in_demo_mode(
        self, client: Client, settings: Settings, sponsor: User
    ) -> None:
        settings.DEMO_MODE = True
        assert "Ada Brandt, Kessler Pumps" in client.get("/accounts/login/").content.decode()

    def test_shows_none_outside_it(self, client: Client, sponsor: User) -> None:
        page = client.get("/accounts/login/").content.decode()
        assert "Ada Brandt" not in page
        assert "Demo:" not in page
