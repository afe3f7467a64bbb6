"""What happens to an account comes out in the security log, wherever it happens."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from governance.choices import Role, SecurityEventKind
from governance.models import ApiToken, Participation, SecurityEvent, User
from governance.services import roles, security
from governance.services.accounts import Credentials, IdentityNotProved, prove_identity
from governance.services.attempts import WRONG_ATTEMPTS_ALLOWED
from governance.services.tokens import revoke_token
from tests.factories import PASSWORD, make_user
from tests.people import Cast, make_cast
from tests.wire import Caller

pytestmark = pytest.mark.django_db
KIND = SecurityEventKind


@pytest.fixture
def cast() -> Cast:
    cache.clear()
    return make_cast()


@pytest.fixture
def administrator(cast: Cast) -> User:
    return make_user(organisation=cast.client, is_administrator=True)


def events(kind: str) -> list[SecurityEvent]:
    return list(SecurityEvent.objects.of_kind(kind).newest_first())


def refused_page(cast: Cast) -> str:
    return reverse("governance:import-add", args=[cast.project.public_id])


class TestSignIn:
    def test_of_a_known_account_is_noted_with_its_address(self, client: Client, cast: Cast) -> None:
        sent = {"login": cast.sponsor.email, "password": PASSWORD}
        client.post("/accounts/login/", {**sent, "password": "wrong"}, REMOTE_ADDR="192.0.2.7")
        client.post("/accounts/login/", sent, REMOTE_ADDR="192.0.2.7")
        client.post("/accounts/logout/")
        for kind in (KIND.SIGN_IN_FAILED, KIND.SIGNED_IN):
            (event,) = events(kind)
            assert (event.account, event.address) == (cast.sponsor, "192.0.2.7")
        (event,) = events(KIND.SIGNED_OUT)
        assert event.account == cast.sponsor

    def test_that_is_tried_too_often_is_noted_once_a_minute(
        self, client: Client, cast: Cast
    ) -> None:
        sent = {"login": cast.sponsor.email, "password": "wrong"}
        statuses = [client.post("/accounts/login/", sent).status_code for _ in range(40)]
        assert statuses[-1] == statuses[-2] == 429
        (event,) = events(KIND.THROTTLED)
        assert event.account == cast.sponsor

    def test_of_nobody_leaves_no_row(self, client: Client, cast: Cast) -> None:
        client.post("/accounts/login/", {"login": "no@body.example", "password": "wrong"})
        assert not SecurityEvent.objects.exists()


class TestRefusal:
    def test_of_a_page_is_noted_with_its_project(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.auditor)
        for _ in range(5):
            assert client.get(refused_page(cast), REMOTE_ADDR="192.0.2.9").status_code == 403
        (event,) = events(KIND.REFUSED)
        assert event.account == cast.auditor
        assert event.project == cast.project
        assert event.address == "192.0.2.9"
        assert event.terms == {"at": "governance:import-add", "method": "GET", "status": 403}

    def test_is_no_matter_where_nobody_is_known_or_nothing_is_there(
        self, client: Client, cast: Cast
    ) -> None:
        client.get(refused_page(cast))
        client.force_login(cast.other_sponsor)
        assert client.get(refused_page(cast)).status_code == 404
        assert not events(KIND.REFUSED)

    def test_over_rest_names_whose_token_it_was(self, cast: Cast) -> None:
        caller = Caller.of(cast.auditor, scopes=("PUSH",))
        assert caller.get("caller/").status_code == 403
        (event,) = events(KIND.REFUSED)
        assert (event.account, event.terms["at"]) == (cast.auditor, "api:caller-show")

    @pytest.mark.parametrize("spoilt", ["expired", "revoked", "closed"])
    def test_of_a_token_that_holds_no_longer_is_noted(self, cast: Cast, spoilt: str) -> None:
        caller = Caller.of(cast.auditor)
        token = ApiToken.objects.get()
        if spoilt == "expired":
            ApiToken.objects.update(expires_at=timezone.now() - timedelta(days=1))
        elif spoilt == "revoked":
            revoke_token(token=token, revoked_at=timezone.now())
        else:
            User.objects.filter(pk=cast.auditor.pk).update(is_active=False)
        assert caller.get("caller/").status_code == 401
        (event,) = events(KIND.REFUSED)
        assert (event.account, event.terms["status"]) == (cast.auditor, 401)

    def test_of_a_token_that_nobody_made_is_no_matter(self, cast: Cast) -> None:
        assert Caller("rgt_invented").get("caller/").status_code == 401
        assert not SecurityEvent.objects.exists()

    def test_of_too_many_requests_is_noted(self, cast: Cast, settings: Settings) -> None:
        settings.API_REQUESTS_PER_MINUTE = 0
        assert Caller.of(cast.auditor).get("caller/").status_code == 429
        (event,) = events(KIND.THROTTLED)
        assert event.account == cast.auditor

    def test_goes_on_when_nothing_can_be_noted(
        self, client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(security, "note_event", broken)
        client.force_login(cast.auditor)
        assert client.get(refused_page(cast)).status_code == 403


def broken(*_: Any, **__: Any) -> None:
    raise DatabaseError("disk full")


class TestProof:
    def test_that_fails_five_times_is_urgent(self, cast: Cast) -> None:
        for _ in range(WRONG_ATTEMPTS_ALLOWED + 2):
            with pytest.raises(IdentityNotProved):
                prove_identity(
                    user=cast.sponsor, credentials=Credentials("wrong"), at=timezone.now()
                )
        found = events(KIND.PROOF_FAILED)
        assert [event.terms.get("urgent", False) for event in found] == [True, *[False] * 4]
        assert found[0].terms["times"] == WRONG_ATTEMPTS_ALLOWED


class TestToken:
    def test_is_noted_when_it_is_made_and_when_it_ends(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.sponsor)
        Caller.of(cast.sponsor)
        token = ApiToken.objects.get()
        client.post(reverse("governance:token-revoke", args=[token.public_id]))
        for kind in (KIND.TOKEN_MADE, KIND.TOKEN_REVOKED):
            (event,) = events(kind)
            assert (event.account, event.terms["name"]) == (cast.sponsor, "Test")


class TestRole:
    def give(self, cast: Cast, administrator: User) -> Participation:
        return roles.give_role(
            project=cast.project,
            account=cast.stranger,
            role=Role.FINANCE,
            given_by=administrator,
            given_at=timezone.now(),
        )

    def test_is_noted_when_it_is_given_and_when_it_ends(
        self, cast: Cast, administrator: User
    ) -> None:
        held = self.give(cast, administrator)
        roles.end_role(participation=held, ended_by=administrator, ended_at=timezone.now())
        for kind in (KIND.ROLE_GIVEN, KIND.ROLE_ENDED):
            (event,) = events(kind)
            assert (event.account, event.actor) == (cast.stranger, administrator)
            assert (event.project, event.terms["role"]) == (cast.project, Role.FINANCE)

    def test_is_not_given_where_it_cannot_be_noted(
        self, cast: Cast, administrator: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(roles, "note_event", broken)
        before = Participation.objects.count()
        with pytest.raises(DatabaseError):
            self.give(cast, administrator)
        assert Participation.objects.count() == before
