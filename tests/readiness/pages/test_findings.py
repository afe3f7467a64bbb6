"""Recorded findings as rows of the criteria table."""

from datetime import UTC
from typing import Any

import pytest

from governance.models import Project
from readiness.choices import Comparison, FindingState
from readiness.pages.findings import (
    Setting,
    by_urgency,
    criterion_row,
    demand_words,
    figure_text,
    grade_words,
    grades_text,
    measured_words,
    share_text,
)
from readiness.pages.rows import CriterionRow

SETTING = Setting(Project(), UTC, "1 Jun 2026, 09:00", {"UX-01": "61.2 %"})
REPORT = {
    "source": "Jira",
    "measured_at": "2026-05-30T07:00:00.000000Z",
    "expires_at": "2026-06-06T07:00:00.000000Z",
}


def finding(**fields: Any) -> dict[str, Any]:
    """Return a finding as a body carries it: 309 of 350 scenarios, 100 % due."""
    return {
        "criterion": "UX-01",
        "wording": "Every scenario was run.",
        "class": "HARD",
        "state": "MISSED",
        "beneath": "MISSED",
        "kind": "SHARE",
        "comparison": "AT_LEAST",
        "unit": "",
        "grade": "A",
        "threshold_grade": "P",
        "sources": "",
        "who": ["Process owner"],
        "done": 309,
        "due": 350,
        "value": None,
        "due_today": "98",
        "target": "100",
        "measured": "309 of 350 scenarios",
        "sentence": "41 scenarios nobody tested; 98 % due today",
        "report": None,
    } | fields


def row_of(**fields: Any) -> CriterionRow:
    """Return the row of a finding."""
    return criterion_row(finding(**fields), gate_key="G3", setting=SETTING)


class TestCriterionRow:
    def test_sets_measured_due_and_target_side_by_side(self) -> None:
        row = row_of()
        assert (row.measured, row.of) == ("88.2 %", "309 of 350 scenarios")
        assert (row.due_today, row.target) == ("≥ 98 %", "100 %")
        assert (row.accountable, row.hard, row.state) == ("Process owner", True, "MISSED")
        assert row.href.endswith("/criteria/G3/UX-01/")

    def test_says_when_it_was_counted_here(self) -> None:
        row = row_of()
        assert (row.source, row.fresh) == ("Counted here", "counted 1 Jun 2026, 09:00")

    def test_says_who_reported_and_how_long_it_counts(self) -> None:
        row = row_of(report=REPORT)
        assert row.source == "Jira"
        assert row.fresh == "reported 30 May 2026, counts until 6 Jun 2026"

    def test_never_says_counted_where_nobody_reported(self) -> None:
        row = row_of(state="ACCEPTED", beneath="NOT_REPORTED")
        assert (row.source, row.fresh) == ("Nobody has reported it", "")

    def test_compares_with_the_week_before(self) -> None:
        assert row_of().trend == "a week ago 61.2 %"
        assert row_of(done=612, due=1000).trend == ""
        assert row_of(criterion="UX-02").trend == ""

    def test_compares_figures_and_not_their_nouns(self) -> None:
        setting = Setting(Project(), UTC, "now", {"UX-01": "3"})
        told = finding(kind="COUNT", done=None, due=None, value="3", measured="3 defects")
        assert criterion_row(told, gate_key="G3", setting=setting).trend == ""

    def test_explains_what_is_not_met_and_only_that(self) -> None:
        assert row_of().note == "41 scenarios nobody tested; 98 % due today"
        assert row_of(state="MET").note == ""

    def test_says_when_nothing_is_due_or_comparable(self) -> None:
        row = row_of(due_today=None, target=None)
        assert (row.due_today, row.target) == ("Not due yet", "No baseline")


class TestShareText:
    @pytest.mark.parametrize(
        ("done", "due", "words"),
        [(349, 350, "99.7 %"), (350, 350, "100 %"), (0, 9, "0 %"), (2, 3, "66.6 %")],
    )
    def test_never_rounds_up(self, done: int, due: int, words: str) -> None:
        assert share_text(done, due, "SHARE") == words

    @pytest.mark.parametrize(("due", "kind"), [(0, "SHARE"), (None, "SHARE"), (5, "COUNT")])
    def test_is_empty_where_there_is_no_share(self, due: int | None, kind: str) -> None:
        assert share_text(0, due, kind) == ""


class TestFigureText:
    @pytest.mark.parametrize(
        ("kind", "done", "due", "value", "words"),
        [
            ("SHARE", 1, 4, None, "25 %"),
            ("COUNT", None, None, "1200.0000", "1,200"),
            ("YES_NO", None, None, "1", "Yes"),
            ("YES_NO", None, None, "0", "No"),
            ("COUNT", None, None, None, ""),
            ("", None, None, "3", ""),
        ],
    )
    def test_says_a_figure_in_few_characters(
        self, kind: str, done: int | None, due: int | None, value: str | None, words: str
    ) -> None:
        assert figure_text(kind, done=done, due=due, value=value) == words


class TestMeasuredWords:
    def test_takes_the_recorded_words_of_any_other_kind(self) -> None:
        told = finding(kind="COUNT", done=None, due=None, measured="3 defects")
        assert measured_words(told) == ("3 defects", "")


class TestDemandWords:
    @pytest.mark.parametrize(
        ("kind", "comparison", "number", "words"),
        [
            ("COUNT", Comparison.AT_MOST, "0", "0"),
            ("COUNT", Comparison.AT_MOST, "3", "≤ 3"),
            ("COUNT", Comparison.LESS_THAN, "5", "< 5"),
            ("COUNT", Comparison.AT_LEAST, "100", "≥ 100"),
            ("SHARE", Comparison.EQUAL, "50", "= 50 %"),
            ("DAYS", Comparison.AT_MOST, "5", "≤ 5 days"),
            ("YES_NO", Comparison.IS_TRUE, "1", "Yes"),
        ],
    )
    def test_shows_how_the_number_compares(
        self, kind: str, comparison: str, number: str, words: str
    ) -> None:
        told = finding(kind=kind, comparison=str(comparison), target=number)
        assert demand_words(told, "target") == words


class TestGradeWords:
    def test_grades_the_demand_and_its_number_apart(self) -> None:
        assert grade_words(finding()) == (
            "official text or standard; its number: our proposed default"
        )
        assert grade_words(finding(threshold_grade="A")) == "official text or standard"


class TestGradesText:
    def test_says_both_grades_where_they_differ(self) -> None:
        assert grades_text(finding()) == "Grade A, number P"
        assert grades_text(finding(threshold_grade="A")) == "Grade A"


class TestByUrgency:
    def test_puts_hard_misses_first_and_what_is_met_last(self) -> None:
        wanted = [
            row_of(state=FindingState.NOT_REPORTED),
            row_of(state=FindingState.MISSED, **{"class": "SOFT"}),
            row_of(state=FindingState.AT_RISK),
            row_of(state=FindingState.ACCEPTED),
            row_of(state=FindingState.NOT_APPLICABLE),
            row_of(state=FindingState.MET),
        ]
        turned = wanted[::-1]
        assert sorted(turned, key=by_urgency) == wanted
