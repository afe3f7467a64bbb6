"""Looking changes nothing, and nobody else's page can make a reader's browser change anything."""

import hashlib
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from governance.models import ApiToken, SecurityEvent, SignedInSession, User
from governance.permissions.table import rule_of
from tests.flows.every_address import Address, every_address
from tests.flows.rest_world import World, make_world
from tests.people import Cast, make_cast
from tests.wire import token_for

pytestmark = pytest.mark.django_db
# What is kept about the asking itself: whose session, when a token was used, what was refused.
BOOKKEEPING = (SignedInSession, SecurityEvent)
BOOKKEPT = {ApiToken: {"last_used_at"}, User: {"last_login"}}
# The description of REST, which people read who are signed in.
FOR_READERS = {"api:docs-show", "api:schema-show"}
# A mail program ends the daily mail by its link, without a page of ours in between (RFC 8058).
WITHOUT_A_FORM = {"readiness:digest-stop"}


def state() -> dict[str, str]:
    """Return a hash of every table."""
    found = {}
    for model in apps.get_models():
        if model in BOOKKEEPING or model._meta.label == "sessions.Session":
            continue
        left_out = BOOKKEPT.get(model, set())
        names = [
            field.attname for field in model._meta.concrete_fields if field.name not in left_out
        ]
        rows = list(model._base_manager.order_by("pk").values_list(*names))
        found[model._meta.label] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return found


def changed(before: dict[str, str]) -> set[str]:
    """Return the tables that are not what they were."""
    return {label for label, digest in state().items() if before[label] != digest}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def world(cast: Cast) -> World:
    return make_world(cast.project, mark="Ours")


@pytest.fixture
def addresses(world: World) -> list[Address]:
    return every_address(world.project)


def asks(address: Address, client: Client, method: str = "get") -> Any:
    """Ask one address, and say which tables changed by it."""
    before = state()
    answer = getattr(client, method)(address.path)
    return answer, changed(before)


class TestEveryGet:
    @pytest.mark.parametrize("who", ["nobody", "lead", "process_owner", "consultant"])
    def test_leaves_the_database_as_it_was(
        self, world: World, cast: Cast, addresses: list[Address], who: str
    ) -> None:
        client = Client(raise_request_exception=False)
        if who != "nobody":
            client.force_login(world.lead if who == "lead" else getattr(cast, who))
        before = state()
        for address in addresses:
            client.get(address.path)
            client.head(address.path)
        assert not changed(before), self.blame(client, addresses)

    def test_leaves_it_so_over_rest(self, world: World, addresses: list[Address]) -> None:
        client = Client(headers={"Authorization": f"Bearer {token_for(world.lead)}"})
        before = state()
        for address in addresses:
            if address.name.startswith("api:"):
                client.get(address.path)
        assert not changed(before), self.blame(client, addresses)

    def blame(self, client: Client, addresses: list[Address]) -> dict[str, set[str]]:
        """Return who changed what, asking each alone."""
        found = {address.name: asks(address, client)[1] for address in addresses}
        return {name: tables for name, tables in found.items() if tables}


class TestEveryPost:
    def test_wants_a_token_against_forgery(self, world: World, addresses: list[Address]) -> None:
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.force_login(world.lead)
        before, let_in = state(), {}
        for address in addresses:
            if address.name.startswith("api:") or address.name in WITHOUT_A_FORM:
                continue
            for method in ("post", "put", "patch", "delete"):
                status = getattr(client, method)(address.path).status_code
                wanted = {403} if self.takes(address, method) else {403, 405}
                if status not in wanted:
                    let_in[f"{method} {address.name}"] = status
        assert not let_in
        assert not changed(before)

    def test_opens_no_rest_to_a_session(self, world: World, addresses: list[Address]) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.lead)
        for address in addresses:
            if address.name.startswith("api:") and address.name not in FOR_READERS:
                assert client.post(address.path).status_code == 401, address.name

    def takes(self, address: Address, method: str) -> bool:
        """Say whether the policy knows the address by this method."""
        return rule_of(address.name, method=method.upper()) is not None
