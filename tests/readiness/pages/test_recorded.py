"""Reading what a snapshot recorded."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from readiness.models import Snapshot
from readiness.pages.recorded import (
    body_of,
    day_of,
    first_need,
    gap_words,
    has_gap,
    moment_of,
    people,
    reported_colour,
    sentence_after_verdict,
)


def report(colour: str, verdict: str, **fields: Any) -> dict[str, Any]:
    """Return one reported colour as a body carries it."""
    told = {"item": "PROJECT", "name": "Mill", "by": "Pat", "at": "2026-06-01T07:00:00.000000Z"}
    return told | {"colour": colour, "verdict": verdict} | fields


class TestBodyOf:
    def test_is_empty_before_the_first_judgement(self) -> None:
        assert body_of(None) == {}

    def test_reads_the_stored_text(self) -> None:
        assert body_of(Snapshot(body='{"verdict":"GO"}')) == {"verdict": "GO"}


class TestFirstNeed:
    def test_is_the_most_urgent_action_with_its_people(self) -> None:
        action = {"todo": "Close 2 defects.", "sentence": "2 are open", "who": ["Ada", "Jon"]}
        need = first_need({"actions": [action, {}]})
        assert (need.what, need.who) == ("Close 2 defects.", "Ada, Jon")

    def test_falls_back_on_the_reason_where_nothing_is_asked(self) -> None:
        action = {"todo": "", "sentence": "2 are open", "who": []}
        need = first_need({"actions": [action]})
        assert (need.what, need.who) == ("2 are open", "Nobody is named")

    def test_is_empty_when_nothing_has_to_happen(self) -> None:
        assert first_need({}).what == ""


class TestPeople:
    def test_says_so_when_nobody_is_named(self) -> None:
        assert people([]) == "Nobody is named"


class TestSentenceAfterVerdict:
    @pytest.mark.parametrize(
        ("headline", "sentence"),
        [
            ("NO-GO: 3 hard criteria missed", "3 hard criteria missed"),
            ("NOT OPEN: no go-live date is set", "No go-live date is set"),
            ("Imported: as it was", "Imported: as it was"),
            ("GO", "GO"),
        ],
    )
    def test_leaves_out_what_the_badge_says(self, headline: str, sentence: str) -> None:
        assert sentence_after_verdict(headline) == sentence


class TestReportedColour:
    def test_is_the_projects_and_not_a_gates(self) -> None:
        told = [report("RED", "NO_GO", item="G3"), report("GREEN", "NO_GO")]
        assert reported_colour({"reported": told}) == "green"

    @pytest.mark.parametrize("told", [[], [report("NOT_REPORTED", "GO")]])
    def test_is_empty_when_nobody_reported(self, told: list[dict[str, Any]]) -> None:
        assert reported_colour({"reported": told}) == ""


class TestGapWords:
    def test_names_who_reported_what_and_when(self) -> None:
        words = gap_words({"reported": [report("GREEN", "NO_GO")]}, zone=UTC)
        assert words == "Pat reported green on 1 Jun 2026, 07:00; the evidence says no-go."

    def test_names_the_gate_and_stands_without_a_name_or_a_moment(self) -> None:
        told = report("AMBER", "NO_GO", item="G3", name="UAT exit", by="", at=None)
        words = gap_words({"reported": [told]}, zone=UTC)
        assert words == "G3 UAT exit: Somebody reported amber; the evidence says no-go."

    @pytest.mark.parametrize(
        ("colour", "verdict", "gap"),
        [
            ("GREEN", "NO_GO", True),
            ("GREEN", "CONDITIONAL", True),
            ("GREEN", "GO", False),
            ("GREEN", "NOT_OPEN", False),
            ("AMBER", "NO_GO", True),
            ("AMBER", "CONDITIONAL", False),
            ("RED", "NO_GO", False),
            ("RED", "GO", False),
            ("NOT_REPORTED", "NO_GO", False),
        ],
    )
    def test_speaks_only_when_the_report_is_rosier(
        self, colour: str, verdict: str, gap: bool
    ) -> None:
        body = {"reported": [report(colour, verdict)]}
        assert has_gap(body) is gap
        assert bool(gap_words(body, zone=UTC)) is gap


class TestDayOf:
    def test_reads_a_day_or_nothing(self) -> None:
        assert day_of("2026-06-01") == date(2026, 6, 1)
        assert day_of(None) is None


class TestMomentOf:
    def test_reads_a_moment_or_nothing(self) -> None:
        assert moment_of("2026-06-01T07:00:00.000000Z") == datetime(2026, 6, 1, 7, tzinfo=UTC)
        assert moment_of(None) is None
