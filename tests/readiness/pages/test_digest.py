"""The weekly mail: words and HTML, links that lead in and out, in the reader's language."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from governance.models import Decision, Project, User
from readiness.models import Digest
from readiness.pages import digest
from readiness.pages.digest import MOST_ITEMS, compose_digests, mail_setting
from readiness.pages.work import MyWork, WorkItem
from readiness.pages.work.learning import COURSE
from readiness.services.digests import post_digests, write_due_digests
from tests.factories import EARLY, NOW
from tests.people import Cast, make_cast, make_shared_partner_cast

pytestmark = pytest.mark.django_db
SITE = "https://gate.example.com"


@pytest.fixture
def cast(settings: Settings) -> Cast:
    """Return everybody, with a decision that waits for the sponsor."""
    settings.SITE_URL = SITE
    found = make_cast()
    ask(found, title="Which <plant>\n\n* comes first?")
    User.objects.update(created_at=EARLY)
    return found


def ask(cast: Cast, *, title: str, code: str = "D-1") -> None:
    """Ask the sponsor something."""
    Decision.objects.create(
        organisation=cast.client,
        project=cast.project,
        code=code,
        title=title,
        raised_at=EARLY,
        decider=cast.sponsor,
    )


def one_thing_in_each_project(user: User, *, at: datetime) -> MyWork:
    """Find something to do in every project that the account reaches."""
    items = [
        WorkItem(COURSE, project.name, project, f"/p/{project.public_id}/", at, "0 days")
        for project in Project.objects.visible_to(user)
    ]
    return MyWork(items, "Something waits.", [])


class TestComposeForAPartner:
    def test_writes_one_mail_for_each_client_and_names_no_other(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.SITE_URL = SITE
        monkeypatch.setattr(digest, "my_work", one_thing_in_each_project)
        cast = make_shared_partner_cast()
        letters = compose_digests(cast.consultant, NOW, NOW.date())
        clients = (cast.other_client, cast.client)  # by name
        assert [letter.subject for letter in letters] == [
            f"Readiness Gate for {client.name}: 1 thing waits for you" for client in clients
        ]
        other, own = letters
        for letter, own_project, foreign in (
            (own, cast.project, cast.other_project),
            (other, cast.other_project, cast.project),
        ):
            for body in (letter.subject, letter.text, letter.html):
                assert foreign.name not in body
                assert str(foreign.public_id) not in body
                assert foreign.organisation.name not in body
            assert own_project.name in letter.text
        assert other.headers["Message-ID"] != own.headers["Message-ID"]
        assert cast.consultant.acting_for_id is None


class TestComposeDigests:
    def test_says_the_same_in_words_and_in_html(self, cast: Cast) -> None:
        (letter,) = compose_digests(cast.sponsor, NOW, NOW.date())
        assert letter.subject == "Readiness Gate: 1 thing waits for you"
        assert letter.to == cast.sponsor.email
        for body in (letter.text, letter.html):
            assert "1 thing waits for you, the oldest for 146 days." in body
            assert f"{SITE}/p/{cast.project.public_id}/decisions/" in body
            assert f"{SITE}/work/" in body
        assert "D-1 Which <plant> * comes first?" in letter.text
        assert "D-1 Which &lt;plant&gt; * comes first?" in letter.html

    def test_can_be_stopped_by_one_click(self, cast: Cast, client: Client) -> None:
        (letter,) = compose_digests(cast.sponsor, NOW, NOW.date())
        assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = letter.headers["List-Unsubscribe"].strip("<>")
        assert address in letter.text
        path = address.removeprefix(SITE)
        assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert not mail_setting(cast.sponsor).is_on

    def test_is_not_written_when_nothing_waits(self, cast: Cast) -> None:
        assert compose_digests(cast.auditor, NOW, NOW.date()) == []

    def test_sums_up_what_is_too_much_for_a_mail(self, cast: Cast) -> None:
        for number in range(MOST_ITEMS + 1):
            ask(cast, title="x" * 300, code=f"E-{number}")
        (letter,) = compose_digests(cast.sponsor, NOW, NOW.date())
        assert letter.things == MOST_ITEMS + 2
        assert "And 2 more things." in letter.text
        assert "x" * 200 not in letter.text

    def test_survives_a_zone_that_is_none(self, cast: Cast) -> None:
        cast.sponsor.time_zone = "Nowhere/At all"
        assert compose_digests(cast.sponsor, NOW, NOW.date())

    def test_arrives_with_its_headers(self, cast: Cast) -> None:
        write_due_digests(now=NOW)
        post_digests(now=NOW, compose=compose_digests)
        assert post_digests(now=NOW + timedelta(hours=1), compose=compose_digests) == {}
        (message,) = mail.outbox
        sent = message.message()
        assert sent["List-Unsubscribe"].startswith(f"<{SITE}/work/mail/stop/")
        assert sent["Message-ID"] == (
            f"<digest-{cast.sponsor.public_id}-2026-06-01@gate.example.com>"
        )
        assert sent["Auto-Submitted"] == "auto-generated"
        assert [part.get_content_type() for part in sent.walk()][1:] == ["text/plain", "text/html"]
        states = Digest.objects.values_list("user__name", "state")
        assert dict(states)["Stranger"] == "EMPTY"
