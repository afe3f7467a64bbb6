"""Odd values in every parameter and every field: a clear no, never a failure of ours."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pytest_django import Settings

from tests.flows.rest.operations import DOCUMENT, OPERATIONS, Operation, send
from tests.flows.rest_world import World, body_for, make_world
from tests.people import make_cast
from tests.wire import Caller

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ODD_TEXTS = [
    "",
    "\0",
    "a" * 5000,
    "-1",
    "9" * 40,
    "NaN",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-02-30",
    "\ud800",
    "٣",
    "%",
]
ODD_VALUES: list[Any] = [*ODD_TEXTS, None, True, -1, 10**40, 1e308, [], [1], {}]
ODD_BODIES = ['{"a":1', "[1,2", "\xff", '"x"', "null", '{"a":NaN}', '{"x":' + "9" * 5000 + "}"]
ODD_HEADERS = ["Bearer \xff", "Bearer " + "a" * 10_000, "bearer", "Bearer a b"]


@pytest.fixture
def world(settings: Settings, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path
    settings.API_REQUESTS_PER_MINUTE = 10**9
    return make_world(make_cast().project, mark="Northwind")


def parameters_of(operation: Operation) -> list[str]:
    return [each["name"] for each in operation.terms["parameters"] if each["in"] == "query"]


def fields_of(operation: Operation) -> list[str]:
    content = operation.terms["requestBody"]["content"]["application/json"]
    name = content["schema"]["$ref"].rsplit("/", 1)[1]
    return list(DOCUMENT["components"]["schemas"][name]["properties"])


class TestEveryParameter:
    def test_is_refused_or_finds_nothing(self, world: World) -> None:
        caller, failed = Caller.of(world.lead), []
        for operation in OPERATIONS:
            for name in parameters_of(operation):
                for value in ODD_TEXTS:
                    query = f"?{name}={quote(value.encode('utf-8', 'surrogatepass'))}"
                    answer = send(caller, operation, world.address(operation.path) + query)
                    if answer.status_code >= 500:
                        failed.append((operation.name, query))
        assert not failed


class TestEveryField:
    def test_is_refused_or_taken(self, world: World) -> None:
        caller, failed = Caller.of(world.lead), []
        pushes = [each for each in OPERATIONS if each.has_body and each.name != "import_add"]
        for operation in pushes:
            body, address = json.loads(body_for(operation.name)[0]), world.address(operation.path)
            changed = [body | {name: odd} for name in fields_of(operation) for odd in ODD_VALUES]
            for number, sent in enumerate([*map(json.dumps, changed), *ODD_BODIES]):
                key = {"Idempotency-Key": f"{operation.name} {number}"}
                if send(caller, operation, address, data=sent, headers=key).status_code >= 500:
                    failed.append((operation.name, sent[:200]))
        assert not failed


class TestEveryHeader:
    @pytest.mark.parametrize("header", ODD_HEADERS)
    def test_is_nobodys_token(self, header: str, db: None) -> None:
        answer = Caller().call("GET", "caller/", headers={"Authorization": header})
        assert answer.status_code == 401
