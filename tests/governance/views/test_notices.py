"""What somebody was told: the feed, what was read by opening its screen, and the count."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import Notice, Participation, User
from governance.outbox import settle
from governance.pages.places import place_of
from tests.factories import NOW
from tests.people import Cast, make_cast
from tests.telling import told

pytestmark = pytest.mark.django_db
FEED = reverse("governance:notice-list")
FEED_QUERIES = 5


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


def page_of(client: Client, user: User, query: str = "") -> str:
    """Return the feed of an account."""
    client.force_login(user)
    return client.get(f"{FEED}{query}").content.decode()


def opens(client: Client, path: str) -> str:
    """Return what an open page says after it noted that it was opened."""
    return client.post(reverse("governance:notice-seen"), {"path": path}).content.decode()


class TestListNotices:
    def test_leads_to_the_one_screen_of_each(self, client: Client, cast: Cast) -> None:
        notice = told(cast, cast.sponsor, is_urgent=True)
        page = page_of(client, cast.sponsor)
        assert "1 thing that you have not read." in page
        assert "A decision waits for you" in page
        assert "Urgent" in page
        href = place_of(cast.project, noun="decision", subject_id=notice.subject_id)
        assert f'href="{href}"' in page

    def test_shows_what_is_due_and_overdue_and_done(self, client: Client, cast: Cast) -> None:
        told(cast, cast.sponsor, title="Early", due_at=NOW - timedelta(days=900))
        done = told(cast, cast.sponsor, title="Finished", due_at=NOW)
        settle(project=cast.project, noun="decision", subject_id=done.subject_id, settled_at=NOW)
        page = page_of(client, cast.sponsor)
        assert "overdue for" in page
        assert "Finished" not in page
        everything = page_of(client, cast.sponsor, "?show=all")
        assert "Finished" in everything
        assert "Done" in everything

    def test_says_so_when_nothing_is_new(self, client: Client, cast: Cast) -> None:
        assert "You have read everything." in page_of(client, cast.sponsor)
        assert "Nothing new" in page_of(client, cast.sponsor)

    def test_shows_nothing_of_others_nor_of_what_is_out_of_reach(
        self, client: Client, cast: Cast
    ) -> None:
        told(cast, cast.process_owner, title="Not yours")
        assert "Not yours" not in page_of(client, cast.sponsor, "?show=all")
        Participation.objects.filter(user=cast.process_owner).update(ended_at=NOW)
        assert "Not yours" not in page_of(client, cast.process_owner, "?show=all")

    def test_is_as_cheap_with_many(self, client: Client, cast: Cast) -> None:
        for number in range(30):
            told(cast, cast.sponsor, title=f"Thing {number}")
        page_of(client, cast.sponsor)
        with CaptureQueriesContext(connection) as asked:
            client.get(FEED)
        assert len(asked) == FEED_QUERIES

    def test_asks_a_stranger_to_sign_in(self, client: Client, db: None) -> None:
        assert client.get(FEED).status_code == 302


class TestMarkRead:
    def test_marks_one_or_all_of_ones_own(self, client: Client, cast: Cast) -> None:
        first, second = told(cast, cast.sponsor), told(cast, cast.sponsor)
        other = told(cast, cast.process_owner)
        client.force_login(cast.sponsor)
        where = reverse("governance:notice-read")
        client.post(where, {"notice": first.public_id})
        assert list(Notice.objects.filter(read_at=None)) == [second, other]
        client.post(where)
        assert list(Notice.objects.filter(read_at=None)) == [other]

    def test_answers_to_somebody_elses_as_to_one_that_is_not(
        self, client: Client, cast: Cast
    ) -> None:
        other = told(cast, cast.process_owner)
        client.force_login(cast.sponsor)
        where = reverse("governance:notice-read")
        for named in (other.public_id, cast.project.public_id, "x"):
            assert client.post(where, {"notice": named}).status_code == 404
        assert client.get(where).status_code == 405


class TestNoteSeen:
    def test_marks_what_the_open_screen_is_for_and_counts_the_rest(
        self, client: Client, cast: Cast
    ) -> None:
        notice, rest = told(cast, cast.sponsor), told(cast, cast.sponsor)
        client.force_login(cast.sponsor)
        assert ">2</span>" in opens(client, "/work/")
        href = place_of(cast.project, noun="decision", subject_id=notice.subject_id)
        assert ">1</span>" in opens(client, href)
        assert list(Notice.objects.filter(read_at=None)) == [rest]
        assert "bell-count" not in opens(
            client, place_of(cast.project, noun="decision", subject_id=rest.subject_id)
        )

    def test_marks_nothing_of_others(self, client: Client, cast: Cast) -> None:
        notice = told(cast, cast.process_owner)
        client.force_login(cast.sponsor)
        opens(client, place_of(cast.project, noun="decision", subject_id=notice.subject_id))
        assert Notice.objects.filter(read_at=None).exists()

    def test_is_asked_by_every_page_of_somebody_who_has_signed_in(
        self, client: Client, cast: Cast
    ) -> None:
        page = page_of(client, cast.sponsor)
        assert f'hx-post="{reverse("governance:notice-seen")}"' in page
        assert f'name="path" value="{FEED}"' in page
