"""No row's own number is ever told: not in an address, not on a page, not over REST."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client
from time_machine import TimeMachineFixture

from tests.flows.rest.operations import OPERATIONS, send
from tests.flows.rest_world import make_world
from tests.flows.test_every_text import addresses, links, name_of
from tests.flows.test_working_pages import fill
from tests.people import make_cast
from tests.signing import LATER, Desk, make_desk
from tests.wire import Caller

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FIRST = 776_655_440_000
NUMBER = re.compile(rb"(?<!\d)7766554\d{5}(?!\d)")
READERS = ("project_manager", "sponsor", "consultant")
# The account's own passkeys, which their makers' pages name by number.
NOT_OURS = re.compile(r"^mfa_|-download$|^account_logout$|^i18n-set$")


@pytest.fixture(autouse=True)
def _numbered() -> None:
    """Let every table number its rows from a number that nothing else has."""
    if connection.vendor != "sqlite":
        pytest.fail("This test numbers the rows of SQLite.")
    with connection.cursor() as cursor:
        for model in apps.get_models():
            name = model._meta.db_table
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [name, FIRST])


def pages(client: Client, desk: Desk) -> Iterator[tuple[str, bytes]]:
    """Yield every page that a reader gets to, with all that its answer says."""
    waiting, seen = [*addresses(desk), "/", "/work/", "/imports/", "/tokens/"], set[str]()
    while waiting:
        address = waiting.pop()
        name = name_of(address)
        if name in seen or NOT_OURS.search(name):
            continue
        seen.add(name)
        for answer in (client.get(address, follow=True), client.post(address, follow=True)):
            text = b"" if answer.streaming else answer.content
            where = " ".join(str(hop) for hop in answer.redirect_chain)
            yield address, text + repr(sorted(answer.headers.items())).encode() + where.encode()
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                waiting.extend(links(answer))


class TestNumbers:
    def test_stand_on_no_page(self, time_machine: TimeMachineFixture) -> None:
        cache.clear()
        desk = make_desk()
        fill(desk)
        desk.judge(at=LATER)
        time_machine.move_to(LATER, tick=False)
        assert desk.cast.project.pk > FIRST
        told, walked = set(), 0
        for name in READERS:
            client = Client()
            client.force_login(getattr(desk.cast, name))
            for address, text in pages(client, desk):
                walked += 1
                told |= {(address, found.decode()) for found in NUMBER.findall(text)}
        assert told == set()
        assert walked > 100

    def test_stand_in_no_answer_of_rest(self) -> None:
        world = make_world(make_cast().project, mark="Northwind")
        caller = Caller.of(world.lead)
        told = set()
        for operation in OPERATIONS:
            answer = send(caller, operation, world.address(operation.path))
            assert answer.status_code < 300, operation.name
            text = answer.getvalue() + repr(sorted(answer.headers.items())).encode()
            told |= {(operation.name, found.decode()) for found in NUMBER.findall(text)}
        assert told == set()
