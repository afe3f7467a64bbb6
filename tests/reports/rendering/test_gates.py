import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from readiness.pages.findings import Setting
from reports.rendering.contents import CriterionLine, GateLine
from reports.rendering.gates import gate_line, tally_of
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
    "threshold_grade": "P",
    "value": None,
    "beneath": "MISSED",
    "sentence": "349 of 350 scenarios; 98 % are due.",
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


GATE: dict[str, Any] = {
    "key": "G3",
    "name": "UAT exit",
    "question": "Did the business try it?",
    "verdict": "NO_GO",
    "headline": "NO-GO: 1 hard criterion missed",
    "opens_date": None,
    "decision_date": None,
    "counts": {"MISSED": 1},
    "in_meeting": [],
}


def shown(gate: dict[str, Any], *, today: date = TODAY) -> GateLine:
    setting = Setting(unsaved_upgrade(), ZoneInfo("Europe/Berlin"), "1 Jun 2026, 23:59", {})
    return gate_line(gate, setting, today=today)


def criterion_line(*findings: dict[str, Any]) -> CriterionLine:
    """Return the first line of a gate with these findings."""
    return shown(GATE | {"findings": findings}).criteria[0]


class TestCriterionLine:
    def test_shows_the_recorded_numbers(self) -> None:
        line = criterion_line(FINDING)
        assert (line.measured, line.taken_over) == ("99.7 %", "349 of 350 scenarios")
        assert (line.due_today, line.target) == ("≥ 98 %", "≥ 99.5 %")
        assert line.accountable == "Process owner, Ada Brandt (Sponsor)"
        assert (line.hard, line.grades) == (True, "C/P")
        assert (line.source, line.fresh) == ("Counted here", "")

    def test_says_when_nothing_is_due_or_there_is_no_baseline(self) -> None:
        line = criterion_line(FINDING | {"due_today": None, "target": None})
        assert (line.due_today, line.target) == ("Not due yet", "No baseline")

    def test_names_the_system_a_reported_figure_comes_from(self) -> None:
        report = {
            "source": "Jira",
            "measured_at": "2026-05-30T22:30:00Z",
            "expires_at": "2026-06-29T22:30:00Z",
        }
        line = criterion_line(FINDING | {"report": report, "threshold_grade": "C"})
        assert (line.source, line.fresh) == ("Jira", "31 May 2026 to 30 Jun 2026")
        assert line.grades == "C"

    def test_sets_what_is_missed_first(self) -> None:
        met = FINDING | {"state": "MET", "criterion": "UX-00"}
        soft = FINDING | {"class": "SOFT", "criterion": "UX-02"}
        line = shown(GATE | {"findings": [met, soft, FINDING]})
        assert [each.key for each in line.criteria] == ["UX-01", "UX-02", "UX-00"]


class TestGateLine:
    def test_takes_over_what_was_recorded(self) -> None:
        body = json.loads(judgement_of(unsaved_upgrade()).body)
        line = shown(body["gates"][1])
        assert (line.key, line.name, line.verdict) == ("G2", "UAT entry", "NO_GO")
        assert line.sentence == "2 hard criteria missed, 1 not reported"
        assert line.tally == "12 met, 5 missed, 1 not reported"
        assert line.dates == ("Decision 18 May 2026, 14 days ago",)
        assert len(line.criteria) == 18
        assert line.in_meeting == ()

    def test_names_what_the_meeting_itself_checks(self) -> None:
        body = json.loads(judgement_of(unsaved_upgrade()).body)
        line = shown(body["gates"][5])
        assert line.in_meeting
        assert line.in_meeting[0].endswith("(GO-08)")

    def test_names_the_opening_day_only_while_it_lies_ahead(self) -> None:
        body = json.loads(judgement_of(unsaved_upgrade()).body)
        line = shown(body["gates"][6])
        assert line.dates == (
            "Opens 27 Jul 2026, in 56 days",
            "Decision 7 Sep 2026, in 98 days",
        )
        assert line.criteria == ()

    def test_has_no_dates_without_a_go_live(self) -> None:
        body = json.loads(judgement_of(unsaved_upgrade()).body)
        gate = body["gates"][1] | {"opens_date": None, "decision_date": None}
        assert shown(gate).dates == ()


class TestTallyOf:
    def test_counts_in_words(self) -> None:
        assert tally_of({"MET": 1200, "AT_RISK": 1}) == "1,200 met, 1 at risk"
        assert tally_of({}) == ""
