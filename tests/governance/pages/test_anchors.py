"""How a record stands, in words: verified or not, anchored outside or not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from governance.pages.anchors import anchor_words, standing_of
from governance.services.anchoring import AnchorAge
from tests.factories import NOW
from tests.governance.services.test_anchoring import anchored, grow
from tests.governance.services.test_freezing import freeze
from tests.people import make_cast

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class TestAnchorWords:
    @pytest.mark.parametrize(
        ("ago", "words"),
        [
            (timedelta(minutes=3), "less than an hour ago"),
            (HOUR, "1 hour ago"),
            (47 * HOUR, "47 hours ago"),
            (3 * DAY, "3 days ago"),
        ],
    )
    def test_say_how_long_ago_and_how_far(self, ago: timedelta, words: str) -> None:
        said = anchor_words(AnchorAge(120, 118, NOW - ago), at=NOW)
        assert said.sentence == f"Anchored outside {words}, up to entry 118 of 120."
        assert said.is_late == (ago > 2 * DAY)

    def test_say_how_far_an_authority_dated_it(self) -> None:
        age = AnchorAge(120, 118, NOW - HOUR, stamped=112)
        said = anchor_words(age, at=NOW).sentence
        assert said == (
            "Anchored outside 1 hour ago, up to entry 118 of 120;"
            " time-stamped by an authority up to entry 112."
        )
        with translation.override("de"):
            assert "Zeitstempelstelle datiert bis Eintrag 112" in anchor_words(age, at=NOW).sentence

    def test_of_never_are_late(self) -> None:
        said = anchor_words(AnchorAge(120, 0, None), at=NOW)
        assert said.is_late
        assert said.sentence.startswith("Never anchored outside")
        with translation.override("de"):
            assert anchor_words(AnchorAge(120, 0, None), at=NOW).sentence.startswith("Noch nie")


@pytest.mark.django_db
class TestStandingOf:
    def test_is_neither_good_nor_bad_before_anybody_looked(self) -> None:
        standing = standing_of(make_cast().project, at=timezone.now())
        assert (standing.is_sound, standing.is_unsound) == (False, False)
        assert standing.check == "Not verified yet."

    def test_stands_on_the_page_of_the_record(self, client: Client) -> None:
        cast = make_cast()
        grow(cast.project)
        anchored(cast.project)
        freeze(cast.project)
        client.force_login(cast.sponsor)
        page = client.get(f"/p/{cast.project.public_id}/record/").content.decode()
        assert "it does not hold, and the gates are frozen. entry 1: its text was changed" in page
        assert "Anchored outside 1 hour ago, up to entry" in page
