import json
from datetime import date
from typing import Any

import pytest

from reports.rendering.gates import criterion_line, gate_line, tally_of
from tests.reports.papers import judgement_of, unsaved_upgrade

TODAY = date(2026, 6, 1)
FINDING: dict[str, Any] = {
    "criterion": "UX-01",
    "wording": "Every scenario was run.",
    "class": "HARD",
    "kind": "SHARE",
    "comparison": "AT_LEAST",
    "unit": "",
    "grade": "C",
    "who": ["Process owner", "Ada Brandt (Sponsor)"],
    "state": "MISSED",
    "done": 349,
    "due": 350,
    "due_today": "98",
    "target": "99.5",
    "measured": "349 of 350 scenarios",
    "todo": "Have client users run 1 scenario more.",
    "report": None,
}


class TestCriterionLine:
    def test_shows_the_recorded_numbers(self) -> None:
        line = criterion_line(FINDING)
        assert (line.measured, line.taken_over) == ("99.7 %", "349 of 350 scenarios")
        assert (line.due_today, line.target) == ("≥ 98 %", "≥ 99.5 %")
        assert line.accountable == "Process owner, Ada Brandt (Sponsor)"
        assert (line.hard, line.grade, line.source) == (True, "C", "")

    def test_says_when_nothing_is_due_or_there_is_no_baseline(self) -> None:
        line = criterion_line(FINDING | {"due_today": None, "target": None})
        assert (line.due_today, line.target) == ("Not due yet", "No baseline")

    def test_names_the_system_a_reported_figure_comes_from(self) -> None:
        line = criterion_line(FINDING | {"report": {"source": "Jira"}})
        assert line.source == "Jira"

    @pytest.mark.parametrize(
        ("state", "is_told"),
        [
            ("MISSED", True),
            ("AT_RISK", True),
            ("INSUFFICIENT", True),
            ("NOT_REPORTED", False),
            ("STALE", False),
            ("ACCEPTED", False),
            ("NOT_APPLICABLE", False),
            ("MET", False),
        ],
    )
    def test_names_the_remedy_where_the_word_alone_does_not(
        self, state: str, is_told: bool
    ) -> None:
        assert bool(criterion_line(FINDING | {"state": state}).todo) is is_told


class TestGateLine:
    def test_takes_over_what_was_recorded(self) -> None:
        body = json.loads(judgement_of(unsaved_upgrade()).body)
        line = gate_line(body["gates"][1], today=TODAY)
        assert (line.key, line.name, line.verdict) == ("G2", "UAT entry", "NO_GO")
        assert line.sentence == "2 hard criteria missed, 1 not reported"
        assert line.tally == "12 met, 5 missed, 1 not reported"
        assert line.dates == ("Decision 18 May 2026, 14 days ago",)
        assert len(line.criteria) == 18
        assert line.in_meeting == ()

    def test_names_what_the_meeting_itself_checks(self) -> None:
        body = json.loads(judgement_of(unsaved_upgrade()).body)
        line = gate_line(body["gates"][5], today=TODAY)
        assert line.in_meeting
        assert line.in_meeting[0].endswith("(GO-08)")

    def test_names_the_opening_day_only_while_it_lies_ahead(self) -> None:
        body = json.loads(judgement_of(unsaved_upgrade()).body)
        line = gate_line(body["gates"][6], today=TODAY)
        assert line.dates == (
            "Opens 27 Jul 2026, in 56 days",
            "Decision 7 Sep 2026, in 98 days",
        )
        assert line.criteria == ()

    def test_has_no_dates_without_a_go_live(self) -> None:
        body = json.loads(judgement_of(unsaved_upgrade()).body)
        gate = body["gates"][1] | {"opens_date": None, "decision_date": None}
        assert gate_line(gate, today=TODAY).dates == ()


class TestTallyOf:
    def test_counts_in_words(self) -> None:
        assert tally_of({"MET": 1200, "AT_RISK": 1}) == "1,200 met, 1 at risk"
        assert tally_of({}) == ""
