"""A partner's token works for one client, over REST as on the page that makes it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from governance.choices import Role, Scope
from governance.models import ApiToken, Organisation, Participation, Project
from governance.services.tokens import NewToken, TokenRefused, make_token
from tests.factories import NOW, PASSWORD, join, make_project
from tests.people import Cast, make_cast, make_shared_partner_cast
from tests.wire import Caller, make_snapshot, problem_of, token_for

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
WISH = {"name": "Export", "scopes": ["READ"], "days": "30", "password": PASSWORD}


@pytest.fixture
def cast() -> Cast:
    """Return the cast whose consultant works for both clients, both judged."""
    cache.clear()
    found = make_shared_partner_cast()
    for project in (found.project, found.other_project):
        make_snapshot(project=project)
    return found


def token_of(cast: Cast, client: Organisation | None) -> NewToken:
    """Make a token of the consultant for a client."""
    now = timezone.now()
    return make_token(
        user=cast.consultant,
        name="Test",
        scopes=list(Scope),
        expires_at=now + timedelta(days=1),
        made_at=now,
        client=client,
    )


def reached(caller: Caller) -> set[str]:
    """Return the projects that a caller is told of."""
    return {row["id"] for row in caller.get("projects/").json()["results"]}


class TestOverRest:
    def test_reaches_the_tokens_client_alone(self, cast: Cast) -> None:
        sides = ((cast.project, cast.other_project), (cast.other_project, cast.project))
        for own, foreign in sides:
            caller = Caller(token_of(cast, own.organisation).secret)
            assert reached(caller) == {str(own.public_id)}
            for place in ("", "snapshots/", "gates/"):
                assert caller.get(f"projects/{own.public_id}/{place}").status_code == 200
                assert caller.get(f"projects/{foreign.public_id}/{place}").status_code == 404
            who = caller.get("caller/").json()
            assert (who["client"], who["side"]) == (own.organisation.name, "PARTNER")

    def test_is_refused_a_token_without_client_where_there_are_several(self, cast: Cast) -> None:
        secret = token_of(cast, cast.client).secret
        ApiToken.objects.update(client=None)
        for address in ("caller/", "projects/", f"projects/{cast.project.public_id}/snapshots/"):
            answer = Caller(secret).get(address)
            assert answer.status_code == 403
            assert "names no client" in problem_of(answer)["detail"]

    def test_needs_no_client_where_there_is_one(self) -> None:
        cast = make_cast()
        secret = token_for(cast.consultant)
        ApiToken.objects.update(client=None)
        assert reached(Caller(secret)) == {str(cast.project.public_id)}

    def test_reaches_nothing_once_the_last_role_there_has_ended(self, cast: Cast) -> None:
        caller = Caller(token_of(cast, cast.client).secret)
        held = Participation.objects.filter(user=cast.consultant, project=cast.project)
        held.update(ended_at=NOW)
        assert reached(caller) == set()
        assert caller.get(f"projects/{cast.project.public_id}/").status_code == 404

    def test_keeps_to_its_client_when_a_second_one_comes(self) -> None:
        cast = make_cast()
        caller = Caller(token_for(cast.consultant))
        cast.other_project.partners.add(cast.partner)
        join(project=cast.other_project, user=cast.consultant, role=Role.CONSULTANT)
        assert reached(caller) == {str(cast.project.public_id)}

    def test_says_of_a_clients_own_token_that_it_names_none(self, cast: Cast) -> None:
        assert Caller.of(cast.sponsor).get("caller/").json()["client"] is None


class TestMakeToken:
    def test_asks_for_the_client_where_there_are_several(self, cast: Cast) -> None:
        foreign = make_project().organisation
        for client in (None, foreign, cast.partner):
            with pytest.raises(TokenRefused, match="Choose the client"):
                token_of(cast, client)
        assert token_of(cast, cast.other_client).token.client == cast.other_client

    def test_writes_the_only_client_down(self) -> None:
        cast = make_cast()
        assert token_of(cast, None).token.client == cast.client

    def test_takes_none_from_a_clients_own_account(self, cast: Cast) -> None:
        now = timezone.now()
        wish: dict[str, Any] = {"name": "x", "scopes": [Scope.READ], "made_at": now}
        wish |= {"user": cast.sponsor, "expires_at": now + timedelta(days=1)}
        assert make_token(**wish).token.client is None
        with pytest.raises(TokenRefused):
            make_token(**wish, client=cast.client)


class TestOnThePage:
    def test_offers_the_own_clients_and_takes_no_other(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.consultant)
        foreign = Project.objects.exclude(pk__in=(cast.project.pk, cast.other_project.pk))
        assert not foreign.exists()
        stranger = make_project().organisation
        page = client.get("/tokens/").content.decode()
        assert cast.client.name in page
        assert cast.other_client.name in page
        for named in ("", str(stranger.public_id), str(cast.client.pk), "x"):
            answer = client.post("/tokens/", {**WISH, "client": named})
            assert answer.status_code == 422
        made = client.post("/tokens/", {**WISH, "client": str(cast.other_client.public_id)})
        assert made.status_code == 200
        assert ApiToken.objects.get().client == cast.other_client
        listed = f"for {cast.other_client.name}"
        assert listed not in client.get("/tokens/").content.decode(), "no client is chosen yet"
        client.post("/clients/", {"client": str(cast.other_client.public_id)})
        assert listed in client.get("/tokens/").content.decode()
        client.post("/clients/", {"client": str(cast.client.public_id)})
        assert listed not in client.get("/tokens/").content.decode()
        end = f"/tokens/{ApiToken.objects.get().public_id}/revoke/"
        assert client.post(end).status_code == 404

    def test_asks_nobody_else_for_a_client(self, client: Client, cast: Cast) -> None:
        for user in (cast.sponsor, make_cast().consultant):
            client.force_login(user)
            assert "For which client?" not in client.get("/tokens/").content.decode()
