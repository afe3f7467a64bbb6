"""Caveats on their pages: all of them, each by itself, and who opened it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import Caveat, User
from governance.services.caveats import CaveatSource, write_caveat
from readiness.models import CaveatReading
from readiness.services.caveats import open_caveat, resolve_caveat
from tests.factories import NOW
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db
LIST_QUERIES = 8


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


def caveat_of(cast: Cast, text: str = "Porto has no training room.") -> Caveat:
    """Return a caveat that is the note of a project manager's row."""
    return write_caveat(
        project=cast.project,
        text=text,
        writer=cast.project_manager,
        written_at=NOW,
        source=CaveatSource("date", "1", "Go-live 7 June"),
    )


def address(cast: Cast, name: str, *rows: object) -> str:
    """Return an address inside the project."""
    return reverse(f"readiness:{name}", args=[cast.project.public_id, *rows])


def page_of(client: Client, user: User, where: str) -> str:
    """Return a page as somebody sees it."""
    client.force_login(user)
    return client.get(where).content.decode()


class TestListCaveats:
    def test_says_which_executive_has_not_opened_it(self, client: Client, cast: Cast) -> None:
        caveat = caveat_of(cast)
        where = address(cast, "caveat-list")
        page = page_of(client, cast.auditor, where)
        assert "1 caveat stands on page one. 1 has not been opened by every executive." in page
        assert f"Not yet: {cast.sponsor.name}" in page
        assert f'href="{reverse("governance:go-live-show", args=[cast.project.public_id])}"' in page
        assert "Put on page one" not in page
        open_caveat(caveat, account=cast.sponsor, opened_at=NOW)
        assert "Every executive has opened them." in page_of(client, cast.auditor, where)

    def test_takes_one_and_refuses_the_same_again(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.project_manager)
        where = address(cast, "caveat-list")
        assert client.post(where, {"text": "Mind the tax."}).status_code == 302
        again = client.post(where, {"text": "Mind the tax."})
        assert again.status_code == 422
        assert "stands on page one already" in again.content.decode()
        client.force_login(cast.process_owner)
        assert client.post(where, {"text": "Mind it."}).status_code == 403
        assert Caveat.objects.count() == 1

    def test_keeps_what_was_resolved(self, client: Client, cast: Cast) -> None:
        resolve_caveat(
            caveat=caveat_of(cast), reason="A room.", resolver=cast.sponsor, resolved_at=NOW
        )
        page = page_of(client, cast.sponsor, address(cast, "caveat-list"))
        assert "No caveat stands on page one." in page
        assert "A room." in page

    def test_is_as_cheap_with_many(self, client: Client, cast: Cast) -> None:
        for number in range(9):
            open_caveat(caveat_of(cast, f"Number {number}"), account=cast.sponsor, opened_at=NOW)
        page_of(client, cast.sponsor, address(cast, "caveat-list"))
        with CaptureQueriesContext(connection) as asked:
            client.get(address(cast, "caveat-list"))
        assert len(asked) == LIST_QUERIES


class TestShowCaveat:
    def test_notes_by_name_that_it_was_opened(self, client: Client, cast: Cast) -> None:
        caveat = caveat_of(cast)
        where = address(cast, "caveat-detail", caveat.public_id)
        page = page_of(client, cast.sponsor, where)
        opened = address(cast, "caveat-open", caveat.public_id)
        assert f'hx-post="{opened}"' in page
        assert "Nobody so far." in page
        assert not CaveatReading.objects.exists()
        answer = client.post(opened, follow=True).content.decode()
        assert "Every executive has opened it." in answer
        assert f'hx-post="{opened}"' not in answer
        client.post(opened)
        assert CaveatReading.objects.get().account == cast.sponsor

    def test_notes_no_auditor(self, client: Client, cast: Cast) -> None:
        caveat = caveat_of(cast)
        opened = address(cast, "caveat-open", caveat.public_id)
        where = address(cast, "caveat-detail", caveat.public_id)
        assert opened not in page_of(client, cast.auditor, where)
        assert client.post(opened).status_code == 403

    def test_is_not_there_for_another_client(self, client: Client, cast: Cast) -> None:
        caveat = caveat_of(cast)
        client.force_login(cast.other_sponsor)
        for name in ("caveat-detail", "caveat-open"):
            where = address(cast, name, caveat.public_id)
            assert client.get(where).status_code in {404, 405}
            assert client.post(where).status_code in {404, 405}
        assert not CaveatReading.objects.exists()
