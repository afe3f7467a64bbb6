"""Invitations in the browser: sent by an administrator, accepted by whoever has the link."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.models import Invitation, Job, User
from governance.rendering.letters import run_letter
from governance.services.invitations import LIFE, Wish, invite, secret_of
from tests.factories import NOW
from tests.governance.views.test_people import administrator
from tests.people import Cast, make_cast

NEW = "a wholly new and long passphrase"
SENT = {"name": "New One", "email": "new@mills.example", "project": "", "role": ""}


@pytest.fixture
def cast(db: None, time_machine: TimeMachineFixture) -> Cast:
    found = make_cast()
    time_machine.move_to(NOW, tick=False)
    return found


@pytest.fixture
def admin(cast: Cast) -> User:
    return administrator(cast.client)


def sent(by: User, **fields: Any) -> Invitation:
    wish = Wish(**{"name": "New One", "email": "new@mills.example", **fields})
    return invite(wish=wish, invited_by=by, invited_at=NOW)


def link(row: Invitation) -> str:
    return reverse("governance:invitation-accept", args=[secret_of(row)])


class TestAddInvitation:
    def test_sends_a_mail_with_a_link_that_works(
        self,
        client: Client,
        admin: User,
    ) -> None:
        client.force_login(admin)
        assert client.post("/people/invite/", SENT).status_code == 302
        run_letter(Job.objects.get(), moment=NOW)
        row = Invitation.objects.get()
        (letter,) = mail.outbox
        assert letter.to == ["new@mills.example"]
        assert link(row) in letter.body
        assert "Admin of Northwind Mills" in letter.body
        client.logout()
        assert client.get(link(row)).status_code == 200

    def test_shows_what_waits_and_never_the_secret(self, client: Client, admin: User) -> None:
        row = sent(admin)
        client.force_login(admin)
        page = client.get("/people/").content.decode()
        assert "new@mills.example" in page
        assert secret_of(row) not in page

    def test_says_why_not(self, client: Client, cast: Cast, admin: User) -> None:
        client.force_login(admin)
        answer = client.post("/people/invite/", {**SENT, "email": cast.sponsor.email})
        assert answer.status_code == 422
        assert "account here already" in answer.content.decode()

    def test_is_for_administrators(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.sponsor)
        assert client.post("/people/invite/", SENT).status_code == 403

    def test_offers_a_partner_no_project(self, client: Client, cast: Cast) -> None:
        client.force_login(administrator(cast.partner))
        page = client.get("/people/invite/").content.decode()
        assert cast.project.name not in page
        client.post("/people/invite/", SENT)
        assert Invitation.objects.get().organisation == cast.partner


class TestSendAgain:
    def test_and_withdraw_are_for_the_own_organisation(
        self, client: Client, cast: Cast, admin: User
    ) -> None:
        row = sent(admin)
        for name in ("invitation-again", "invitation-withdraw"):
            where = reverse(f"governance:{name}", args=[row.public_id])
            for organisation in (cast.other_client, cast.partner):
                client.force_login(administrator(organisation))
                assert client.post(where).status_code == 404
            client.force_login(cast.sponsor)
            assert client.post(where).status_code == 403
        row.refresh_from_db()
        assert row.withdrawn_at is None

    def test_ends_the_old_link(self, client: Client, admin: User) -> None:
        row = sent(admin)
        old = link(row)
        Invitation.objects.update(expires_at=NOW)
        client.force_login(admin)
        client.post(reverse("governance:invitation-again", args=[row.public_id]))
        row.refresh_from_db()
        assert row.expires_at == NOW + LIFE
        client.post(reverse("governance:invitation-withdraw", args=[row.public_id]))
        client.logout()
        assert client.get(old).status_code == 410
        assert client.get(link(row)).status_code == 410


class TestAccept:
    def test_opens_the_account_and_signs_it_in(self, client: Client, admin: User) -> None:
        row = sent(admin)
        page = client.get(link(row)).content.decode()
        assert "new@mills.example" in page
        fields = {"name": "Newly Named", "password": NEW, "again": NEW}
        answer = client.post(link(row), fields)
        assert answer.status_code == 302
        account = User.objects.get(email="new@mills.example")
        assert client.session["_auth_user_id"] == str(account.pk)
        client.logout()
        assert client.get(link(row)).status_code == 410

    def test_leads_an_administrator_to_the_second_factor(self, client: Client, admin: User) -> None:
        row = sent(admin, is_administrator=True)
        client.post(link(row), {"name": "New", "password": NEW, "again": NEW})
        assert client.get("/people/").status_code in {302, 403}

    @pytest.mark.parametrize(
        ("password", "again"),
        [("short", "short"), (NEW, "another"), ("new@mills.example", "new@mills.example")],
    )
    def test_keeps_to_the_password_rules(
        self, client: Client, admin: User, password: str, again: str
    ) -> None:
        row = sent(admin)
        fields = {"name": "New", "password": password, "again": again}
        assert client.post(link(row), fields).status_code == 422
        assert not User.objects.filter(email="new@mills.example").exists()

    def test_tells_only_the_holder_of_the_link_of_another_account(
        self, client: Client, cast: Cast, admin: User
    ) -> None:
        row = sent(admin, email=cast.other_sponsor.email)
        answer = client.post(link(row), {"name": "N", "password": NEW, "again": NEW})
        assert answer.status_code == 422
        assert "sign in with it" in answer.content.decode()
        client.force_login(admin)
        assert "There is an account" not in client.get("/people/").content.decode()

    def test_asks_whoever_is_signed_in_to_sign_out(
        self, client: Client, cast: Cast, admin: User
    ) -> None:
        row = sent(admin)
        client.force_login(cast.stranger)
        answer = client.post(link(row), {"name": "N", "password": NEW, "again": NEW})
        assert "sign out first" in answer.content.decode()
        assert Invitation.objects.get().accepted_at is None

    def test_changes_nothing_by_being_looked_at(self, client: Client, admin: User) -> None:
        row = sent(admin)
        before = Invitation.objects.values().get()
        client.get(link(row))
        assert Invitation.objects.values().get() == before

    def test_is_gone_when_too_old_or_made_up(
        self, client: Client, admin: User, time_machine: TimeMachineFixture
    ) -> None:
        row = sent(admin)
        assert client.get("/invitations/made-up/").status_code == 410
        time_machine.move_to(NOW + LIFE + timedelta(seconds=1), tick=False)
        assert client.get(link(row)).status_code == 410
