"""Sentences in the users' words, for every state and kind of number."""

from decimal import Decimal

import pytest

from governance.readings import Reading, ReadingKind
from readiness.choices import Comparison
from readiness.policy.judging import judge
from readiness.policy.outcomes import Finding
from readiness.policy.sentences import (
    amount_text,
    measured_text,
    number_text,
    sentence_of,
    todo_of,
)
from readiness.policy.terms import BaselineTerms, CriterionTerms
from tests.readiness.policy.cases import (
    BERLIN,
    DAY,
    NOW,
    acceptance,
    count_criterion,
    criterion,
    exemption,
    share_reading,
    table,
    value_reading,
    yes_criterion,
)


def found(terms: CriterionTerms, *readings: Reading, days_left: int = 0, **more: object) -> Finding:
    """Return the one finding of one criterion."""
    accepted = [acceptance()] if more.get("accepted") else []
    exempt = [exemption()] if more.get("exempt") else []
    (finding,) = judge(
        [terms], table(*readings), accepted, as_of=NOW, days_left=days_left, exemptions=exempt
    ).findings
    return finding


def said(finding: Finding, days_left: int = 0) -> str:
    """Return the sentence of a finding in Berlin."""
    return sentence_of(finding, days_left=days_left, zone=BERLIN)


class TestSentenceOf:
    def test_names_the_shortfall_and_what_is_due_today(self) -> None:
        finding = found(criterion(target=98, warn=95), share_reading(309, 350))
        assert said(finding) == (
            "41 of 350 scenarios without a run by a client user; 98 % due today"
        )

    def test_says_one_thing_in_the_singular(self) -> None:
        assert said(found(count_criterion(), value_reading(1))) == (
            "1 defect open; none allowed today"
        )

    def test_says_what_was_measured_when_it_is_met(self) -> None:
        assert said(found(criterion(), share_reading(350, 350))) == (
            "350 of 350 scenarios; 100 % due today"
        )
        assert said(found(count_criterion(), value_reading(0))) == ("0 defects; none allowed today")

    @pytest.mark.parametrize(
        ("days_left", "words"), [(29, "due in 1 day"), (42, "due in 14 days"), (28, "due now")]
    )
    def test_says_when_it_is_due(self, days_left: int, words: str) -> None:
        reading = value_reading(0, "uat.closure_signed", ReadingKind.YES_NO)
        finding = found(yes_criterion(), reading, days_left=days_left)
        assert said(finding, days_left) == f"The report is not signed; {words}"

    @pytest.mark.parametrize(
        ("comparison", "days_left", "words"),
        [
            (Comparison.AT_MOST, 0, "at most 5 allowed today"),
            (Comparison.AT_MOST, 29, "at most 5 allowed in 1 day"),
            (Comparison.LESS_THAN, 0, "less than 5 allowed today"),
            (Comparison.LESS_THAN, 31, "less than 5 allowed in 3 days"),
            (Comparison.EQUAL, 0, "exactly 5 due today"),
            (Comparison.AT_LEAST, 31, "; 5 due in 3 days"),
        ],
    )
    def test_says_what_is_asked(self, comparison: Comparison, days_left: int, words: str) -> None:
        terms = count_criterion(comparison=comparison, target=5)
        assert said(found(terms, value_reading(7), days_left=days_left), days_left).endswith(words)

    def test_says_that_nobody_reported(self) -> None:
        assert said(found(criterion())) == "Nobody has reported this yet"
        against = criterion(baseline=BaselineTerms("b.pct", is_factor=False))
        assert said(found(against, share_reading(1, 2))) == (
            "Nobody has reported the baseline to compare with"
        )

    def test_says_since_when_a_report_is_out_of_date(self) -> None:
        finding = found(criterion(), share_reading(1, 2, expires_at=NOW - 3 * DAY))
        assert said(finding) == "The last report is out of date since 29 May 2026"

    def test_says_that_there_is_nothing_to_measure(self) -> None:
        assert said(found(criterion(), share_reading(0, 0))) == (
            "Nothing to measure yet: no scenarios on record"
        )
        few = found(criterion(min_population=20), share_reading(3, 3))
        assert said(few) == "Nothing to measure yet: only 3 on record"

    def test_says_who_accepted_the_risk_and_until_when(self) -> None:
        finding = found(criterion(), share_reading(9, 10), accepted=True)
        assert said(finding) == (
            "1 of 10 scenarios without a run by a client user; 100 % due today."
            " Risk accepted by Ada Sponsor until 8 June 2026"
        )

    def test_says_why_something_does_not_apply(self) -> None:
        assert said(found(criterion(), exempt=True)) == (
            "Does not apply: No warehouse in scope (approved by Ada Sponsor)"
        )

    def test_falls_back_to_the_numbers_where_the_policy_has_no_words(self) -> None:
        finding = found(criterion(says=""), share_reading(9, 10))
        assert said(finding) == "9 of 10 scenarios; 100 % due today"


class TestTodoOf:
    def test_says_how_much_more(self) -> None:
        assert todo_of(found(criterion(), share_reading(9, 10))) == (
            "Have client users run 1 scenario more."
        )

    def test_asks_for_the_report(self) -> None:
        assert todo_of(found(criterion())) == "Report: Every scenario was run."
        stale = found(criterion(), share_reading(1, 2, expires_at=NOW - DAY))
        assert todo_of(stale) == "Report again: Every scenario was run."

    def test_asks_for_something_to_measure(self) -> None:
        assert todo_of(found(criterion(), share_reading(0, 0))) == (
            "Put scenarios on record, so that there is something to measure"
        )

    def test_asks_for_nothing_when_nothing_is_needed(self) -> None:
        assert todo_of(found(criterion(), share_reading(1, 1))) == ""
        assert todo_of(found(criterion(), exempt=True)) == ""

    def test_still_says_what_ends_an_accepted_risk(self) -> None:
        finding = found(criterion(), share_reading(9, 10), accepted=True)
        assert todo_of(finding) == "Have client users run 1 scenario more."

    @pytest.mark.parametrize(
        ("template", "text"),
        [
            ("{done} {due} {population} {done_noun}", "9 10 12 9 scenarios"),
            ("{value} and {value_noun}", "no and no"),
        ],
    )
    def test_fills_every_field(self, template: str, text: str) -> None:
        finding = found(criterion(todo=template), share_reading(9, 10, population=12))
        assert todo_of(finding) == text

    def test_has_no_number_for_what_nobody_reported(self) -> None:
        finding = found(criterion())
        assert finding.criterion.todo.format_map is not None
        assert measured_text(finding) == "Nothing reported"


class TestMeasuredText:
    @pytest.mark.parametrize(
        ("reading", "text"),
        [
            (share_reading(1200, 3500), "1,200 of 3,500 scenarios"),
            (share_reading(0, 1), "0 of 1 scenario"),
            (value_reading(1), "1 scenario"),
            (value_reading(1200), "1,200 scenarios"),
            (value_reading(1, kind=ReadingKind.YES_NO), "Yes"),
            (value_reading(0, kind=ReadingKind.YES_NO), "No"),
            (value_reading("4.50", kind=ReadingKind.DAYS), "4.5 days"),
            (value_reading("0.8512", kind=ReadingKind.RATIO), "0.85 of the window"),
            (Reading("def.open_s1s2", ReadingKind.DAYS, NOW), "Nothing to measure"),
        ],
    )
    def test_says_what_was_measured(self, reading: Reading, text: str) -> None:
        finding = found(criterion(metric=reading.metric, unit="of the window"), reading)
        assert measured_text(finding) == text


class TestNumberText:
    @pytest.mark.parametrize(
        ("number", "text"),
        [(Decimal("1234567"), "1,234,567"), (Decimal("99.50"), "99.5"), (Decimal("-0.004"), "0"),
         (Decimal("-3"), "-3"), (7, "7"), (Decimal("2.345"), "2.34")],
    )  # fmt: skip
    def test_is_short(self, number: Decimal | int, text: str) -> None:
        assert number_text(number) == text

    def test_takes_the_unit_of_the_metric(self) -> None:
        assert amount_text(Decimal(98), ReadingKind.SHARE) == "98 %"
        assert amount_text(Decimal(3), ReadingKind.MONEY) == "3"
