"""The mail of the day: words and HTML, links that lead in and out, in the reader's language."""

import smtplib
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from governance.choices import MailState, NoticeKind
from governance.models import Decision, Project, User
from governance.pages.notices import href_of
from readiness.models import Digest
from readiness.pages import digest
from readiness.pages.digest import MOST_ITEMS, compose_digests, mail_setting
from readiness.pages.work import MyWork, WorkItem
from readiness.pages.work.learning import COURSE
from readiness.services.digests import post_digests, write_due_digests
from tests.factories import EARLY, NOW
from tests.people import Cast, make_cast, make_shared_partner_cast
from tests.telling import Stubborn, told

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


class TestNewsInADigest:
    def test_tells_each_thing_once_and_leads_to_its_screen(self, cast: Cast) -> None:
        notice = told(cast, cast.sponsor, kind=NoticeKind.OWNERSHIP_GIVEN, title="Go on")
        (letter,) = compose_digests(cast.sponsor, NOW, NOW.date())
        assert letter.tells == [notice.pk]
        for body in (letter.text, letter.html):
            assert "New since the last mail" in body
            assert "You own a process" in body
            assert f"{SITE}{href_of(notice)}" in body
        write_due_digests(now=NOW)
        post_digests(now=NOW, compose=compose_digests)
        notice.refresh_from_db()
        assert notice.mail_state == MailState.SENT
        (next_one,) = compose_digests(cast.sponsor, NOW, NOW.date())
        assert next_one.tells == []
        assert "Go on" not in next_one.text

    def test_does_not_say_twice_what_also_waits(self, cast: Cast) -> None:
        decision = Decision.objects.get()
        told(cast, cast.sponsor, subject_id=decision.public_id, title=str(decision))
        (letter,) = compose_digests(cast.sponsor, NOW, NOW.date())
        assert letter.text.count(str(decision.public_id)) == 1
        assert letter.subject == "Readiness Gate: 1 thing waits for you"

    def test_is_written_for_news_alone(self, cast: Cast) -> None:
        told(cast, cast.auditor, kind=NoticeKind.OWNERSHIP_GIVEN, title="Go on")
        (letter,) = compose_digests(cast.auditor, NOW, NOW.date())
        assert letter.subject == "Readiness Gate: 1 thing is new"
        assert "1 thing is new." in letter.text

    def test_tells_a_partner_of_one_client_at_a_time(self, settings: Settings) -> None:
        settings.SITE_URL = SITE
        cast = make_shared_partner_cast()
        told(cast, cast.consultant, kind=NoticeKind.OWNERSHIP_GIVEN, title="Go on")
        (letter,) = compose_digests(cast.consultant, NOW, NOW.date())
        assert letter.subject == f"Readiness Gate for {cast.client.name}: 1 thing is new"

    def test_gives_back_what_a_server_refused(self, cast: Cast, settings: Settings) -> None:
        notice = told(cast, cast.sponsor)
        settings.EMAIL_BACKEND = "tests.telling.Stubborn"
        Stubborn.forget()
        Stubborn.on_send = [smtplib.SMTPDataError(451, b"later")]
        write_due_digests(now=NOW)
        assert post_digests(now=NOW, compose=compose_digests)["WAITING"] == 1
        notice.refresh_from_db()
        assert notice.mail_state == MailState.WAITING
        post_digests(now=NOW + timedelta(hours=2), compose=compose_digests)
        notice.refresh_from_db()
        assert notice.mail_state == MailState.SENT

    def test_tells_tomorrow_what_perhaps_arrived_today(
        self, cast: Cast, settings: Settings
    ) -> None:
        notice = told(cast, cast.sponsor)
        settings.EMAIL_BACKEND = "tests.telling.Stubborn"
        Stubborn.forget()
        Stubborn.on_send = [TimeoutError()]
        User.objects.exclude(pk=cast.sponsor.pk).update(is_active=False)
        write_due_digests(now=NOW)
        assert post_digests(now=NOW, compose=compose_digests) == {"UNKNOWN": 1}
        notice.refresh_from_db()
        assert notice.mail_state == MailState.UNKNOWN
        (letter,) = compose_digests(cast.sponsor, NOW, NOW.date() + timedelta(days=1))
        assert letter.tells == [notice.pk]
