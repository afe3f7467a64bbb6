"""The pages on which an administrator keeps accounts: for the own organisation alone."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from time_machine import TimeMachineFixture

from governance.choices import Role
from governance.models import (
    ApiToken,
    AuthenticatorReset,
    Job,
    Participation,
    SignedInSession,
    User,
)
from tests.factories import NOW, PASSWORD, join, make_process, make_user
from tests.factors import code_of, give_app
from tests.people import Cast, make_cast

LIST = "/people/"


@pytest.fixture
def cast(db: None, time_machine: TimeMachineFixture) -> Cast:
    found = make_cast()
    time_machine.move_to(NOW, tick=False)
    return found


def administrator(organisation: Any, name: str = "Admin") -> User:
    """Return an administrator with a second factor."""
    made = make_user(organisation=organisation, name=name, is_administrator=True)
    give_app(made)
    return made


def address(name: str, *rows: Any) -> str:
    return reverse(f"governance:{name}", args=[getattr(row, "public_id", row) for row in rows])


def token_of(user: User) -> ApiToken:
    """Return an API token of somebody."""
    return ApiToken.objects.create(user=user, name="BI", prefix="x", secret_hash=user.email)


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def end_of(row: Participation) -> str:
    return address("role-end", row.user, row.project, row.role)


class TestListAccounts:
    def test_shows_the_own_organisation_and_who_takes_part(
        self, client: Client, cast: Cast
    ) -> None:
        signed_in(client, administrator(cast.client))
        page = client.get(LIST).content.decode()
        assert cast.sponsor.email in page
        assert cast.consultant.name in page
        assert cast.consultant.email not in page
        assert cast.other_sponsor.name not in page
        assert cast.other_client.name not in page

    def test_shows_a_partner_its_own_people_and_never_the_clients(
        self, client: Client, cast: Cast
    ) -> None:
        admin = administrator(cast.partner)
        join(project=cast.project, user=admin, role=Role.CONSULTANT)
        signed_in(client, admin)
        page = client.get(LIST).content.decode()
        assert cast.consultant.email in page
        for person in (cast.sponsor, cast.business_user, cast.other_sponsor):
            assert person.name not in page
            assert person.email not in page

    def test_is_not_for_everybody(self, client: Client, cast: Cast) -> None:
        for nobody in (cast.sponsor, cast.business_user):
            assert signed_in(client, nobody).get(LIST).status_code == 403
        client.logout()
        assert client.get(LIST).status_code == 302

    def test_finds_by_words_state_and_project(self, client: Client, cast: Cast) -> None:
        User.objects.filter(pk=cast.auditor.pk).update(is_active=False)
        signed_in(client, administrator(cast.client))
        by_words = client.get(LIST, {"q": cast.sponsor.email}).content.decode()
        assert "1 found" in by_words
        closed = client.get(LIST, {"state": "CLOSED"}).content.decode()
        assert cast.auditor.email in closed
        assert cast.sponsor.email not in closed
        there = client.get(LIST, {"project": str(cast.project.public_id)}).content.decode()
        assert cast.stranger.email not in there
        assert client.get(LIST, {"state": "EMPEROR"}).status_code == 200

    def test_asks_as_much_for_many_as_for_one(
        self, client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(20):
            join(project=cast.project, user=make_user(organisation=cast.client))
        signed_in(client, administrator(cast.client))
        with django_assert_max_num_queries(12):
            client.get(LIST)


class TestShowPerson:
    def test_says_what_the_account_can_do(self, client: Client, cast: Cast) -> None:
        make_process(project=cast.project, owner=cast.sponsor, name="Order to cash")
        signed_in(client, administrator(cast.client))
        page = client.get(address("account-detail", cast.sponsor)).content.decode()
        assert "Move the go-live date" in page
        assert "Order to cash" in page
        auditor = client.get(address("account-detail", cast.auditor)).content.decode()
        assert "Export the record as a pack" in auditor

    def test_gives_a_role(self, client: Client, cast: Cast) -> None:
        admin = administrator(cast.client)
        signed_in(client, admin)
        fields = {"project": str(cast.project.public_id), "role": Role.TEST_LEAD}
        answer = client.post(address("account-detail", cast.stranger), fields)
        assert answer.status_code == 302
        assert Participation.objects.get(user=cast.stranger).given_by == admin
        again = client.post(address("account-detail", cast.stranger), fields)
        assert again.status_code == 422
        assert "already" in again.content.decode()

    @pytest.mark.parametrize("fields", [{"role": "CONSULTANT"}, {"role": "X"}, {"project": "x"}])
    def test_refuses_what_makes_no_sense(
        self, client: Client, cast: Cast, fields: dict[str, str]
    ) -> None:
        signed_in(client, administrator(cast.client))
        sent = {"project": str(cast.project.public_id), "role": Role.TEST_LEAD, **fields}
        assert client.post(address("account-detail", cast.stranger), sent).status_code == 422

    def test_offers_no_other_clients_project(self, client: Client, cast: Cast) -> None:
        signed_in(client, administrator(cast.client))
        sent = {"project": str(cast.other_project.public_id), "role": Role.TEST_LEAD}
        assert client.post(address("account-detail", cast.stranger), sent).status_code == 422
        assert not Participation.objects.filter(user=cast.stranger).exists()

    def test_offers_oneself_nothing(self, client: Client, cast: Cast) -> None:
        admin = administrator(cast.client)
        signed_in(client, admin)
        sent = {"project": str(cast.project.public_id), "role": Role.SPONSOR}
        page = client.post(address("account-detail", admin), sent).content.decode()
        assert "Nobody gives a role to themselves" in page
        assert not Participation.objects.filter(user=admin).exists()


def foreign_addresses(cast: Cast) -> list[str]:
    """Return every address of one account of the first client."""
    token = token_of(cast.sponsor)
    return [
        address("account-detail", cast.sponsor),
        address("account-administrator", cast.sponsor),
        address("account-state", cast.sponsor),
        address("account-reset", cast.sponsor),
        address("account-token-revoke", cast.sponsor, token),
        end_of(Participation.objects.get(user=cast.sponsor)),
    ]


class TestStrangers:
    @pytest.mark.parametrize("whose", ["partner", "other_client"])
    def test_find_nobody_here(self, client: Client, cast: Cast, whose: str) -> None:
        admin = administrator(getattr(cast, whose))
        if whose == "partner":
            join(project=cast.project, user=admin, role=Role.CONSULTANT)
        signed_in(client, admin)
        before = User.objects.filter(pk=cast.sponsor.pk).values().get()
        for where in foreign_addresses(cast):
            assert client.post(where, {"reason": "mine now"}).status_code == 404, where
        assert User.objects.filter(pk=cast.sponsor.pk).values().get() == before
        assert Participation.objects.get(user=cast.sponsor).ended_at is None
        assert ApiToken.objects.get().revoked_at is None

    def test_are_refused_without_being_administrators(self, client: Client, cast: Cast) -> None:
        signed_in(client, cast.project_manager)
        for where in foreign_addresses(cast):
            assert client.post(where).status_code == 403, where


class TestStopRole:
    def test_ends_an_own_accounts_and_a_consultants(self, client: Client, cast: Cast) -> None:
        signed_in(client, administrator(cast.client))
        for person in (cast.process_owner, cast.consultant):
            row = Participation.objects.get(user=person)
            assert client.post(end_of(row)).status_code == 302
            row.refresh_from_db()
            assert row.ended_at == NOW
            assert client.post(end_of(row)).status_code == 404

    def test_lets_a_partner_end_its_own(self, client: Client, cast: Cast) -> None:
        admin = administrator(cast.partner)
        join(project=cast.project, user=admin, role=Role.CONSULTANT)
        signed_in(client, admin)
        assert (
            client.post(end_of(Participation.objects.get(user=cast.consultant))).status_code == 302
        )
        assert Participation.objects.get(user=cast.consultant).ended_by == admin


class TestChangeAdministrator:
    def test_names_and_relieves_others_and_never_oneself(self, client: Client, cast: Cast) -> None:
        admin = administrator(cast.client)
        signed_in(client, admin)
        where = address("account-administrator", cast.stranger)
        for expected in (True, False):
            client.post(where)
            cast.stranger.refresh_from_db()
            assert cast.stranger.is_administrator is expected
        answer = client.post(address("account-administrator", admin), follow=True)
        assert "Ask another administrator" in answer.content.decode()
        admin.refresh_from_db()
        assert admin.is_administrator


class TestChangeState:
    def test_closes_and_opens_again(self, client: Client, cast: Cast) -> None:
        other = Client()
        other.force_login(cast.sponsor)
        assert SignedInSession.objects.of_user(cast.sponsor).exists()
        signed_in(client, administrator(cast.client))
        client.post(address("account-state", cast.sponsor))
        cast.sponsor.refresh_from_db()
        assert not cast.sponsor.is_active
        assert not SignedInSession.objects.of_user(cast.sponsor).exists()
        assert other.get("/").status_code == 302
        client.post(address("account-state", cast.sponsor))
        cast.sponsor.refresh_from_db()
        assert cast.sponsor.is_active


class TestResetFactor:
    def test_wants_a_reason_and_the_administrators_own_proof(
        self, client: Client, cast: Cast
    ) -> None:
        Authenticator.objects.create(user=cast.sponsor, type="totp", data={"secret": "x"})
        admin = administrator(cast.client)
        signed_in(client, admin)
        where = address("account-reset", cast.sponsor)
        assert client.get(where).status_code == 200
        wrong = client.post(where, {"reason": "Lost", "password": "guess", "code": "123456"})
        assert wrong.status_code == 422
        assert not AuthenticatorReset.objects.exists()
        code = code_of(admin, at=NOW)
        sent = {"reason": "Lost the phone", "password": PASSWORD, "code": code}
        assert client.post(where, sent).status_code == 302
        assert AuthenticatorReset.objects.get().account == cast.sponsor
        assert not Authenticator.objects.filter(user=cast.sponsor).exists()
        assert Job.objects.filter(kind="letter").count() == 1
        page = client.get(address("account-detail", cast.sponsor)).content.decode()
        assert "signs nothing before" in page

    def test_takes_no_password_alone(self, client: Client, cast: Cast) -> None:
        admin = administrator(cast.client)
        client.force_login(admin)
        sent = {"reason": "Lost the phone", "password": PASSWORD}
        assert client.post(address("account-reset", cast.sponsor), sent).status_code == 422
        assert not AuthenticatorReset.objects.exists()

    def test_is_nobodys_own_act(self, client: Client, cast: Cast) -> None:
        admin = administrator(cast.client)
        signed_in(client, admin)
        sent = {"reason": "Mine", "password": PASSWORD, "code": code_of(admin, at=NOW)}
        answer = client.post(address("account-reset", admin), sent)
        assert answer.status_code == 422
        assert not AuthenticatorReset.objects.exists()


class TestAddConsultant:
    def test_admits_by_the_exact_address(self, client: Client, cast: Cast) -> None:
        guest = make_user(organisation=cast.partner)
        signed_in(client, administrator(cast.client))
        where = address("consultant-add")
        assert client.get(where).status_code == 200
        sent = {"project": str(cast.project.public_id), "email": guest.email}
        assert client.post(where, sent).status_code == 302
        assert Participation.objects.get(user=guest).role == Role.CONSULTANT
        unknown = {**sent, "email": cast.other_sponsor.email}
        assert client.post(where, unknown).status_code == 422

    def test_is_not_for_a_partner(self, client: Client, cast: Cast) -> None:
        signed_in(client, administrator(cast.partner))
        assert client.get(address("consultant-add")).status_code == 403


class TestEndAccountToken:
    def test_revokes(self, client: Client, cast: Cast) -> None:
        token = token_of(cast.sponsor)
        signed_in(client, administrator(cast.client))
        client.post(address("account-token-revoke", cast.sponsor, token))
        token.refresh_from_db()
        assert token.revoked_at == NOW
