"""The mail of an urgent notice leads to its one screen, in the language of its account."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from governance.choices import NoticeKind
from governance.pages.notice_mail import compose_notice
from governance.pages.notices import SHAPES, href_of
from governance.pages.places import place_of
from tests.factories import NOW
from tests.people import make_cast
from tests.telling import told

pytestmark = pytest.mark.django_db
SITE = "https://gate.example.com"


class TestComposeNotice:
    def test_says_the_same_in_words_and_in_html(self, settings: Settings) -> None:
        settings.SITE_URL = SITE
        cast = make_cast()
        notice = told(
            cast,
            cast.sponsor,
            kind=NoticeKind.ESCALATED,
            title="No <room>\nin Porto",
            due_at=NOW + timedelta(days=2),
            is_urgent=True,
        )
        letter = compose_notice(notice)
        assert letter.subject == "Readiness Gate: Escalated to you: No <room> in Porto"
        assert letter.to == cast.sponsor.email
        assert letter.headers["Message-ID"] == f"<notice-{notice.public_id}@gate.example.com>"
        where = place_of(cast.project, noun="decision", subject_id=notice.subject_id)
        for body in (letter.text, letter.html):
            assert f"{SITE}{where}" in body
            assert "due in 2 days" in body
            assert cast.project.name in body
        assert "No &lt;room&gt;" in letter.html

    def test_speaks_the_language_of_its_account(self) -> None:
        cast = make_cast()
        cast.sponsor.language = "de"
        cast.sponsor.save()
        letter = compose_notice(told(cast, cast.sponsor, kind=NoticeKind.ESCALATED))
        assert "An Sie eskaliert" in letter.text

    def test_leads_to_the_gate_where_a_thing_has_no_screen(self) -> None:
        cast = make_cast()
        notice = told(cast, cast.sponsor, noun="anything")
        assert href_of(notice) == place_of(cast.project, noun="project")

    def test_knows_a_shape_for_every_kind(self) -> None:
        assert set(SHAPES) == set(NoticeKind)
