"""Cells become values of ours, or refusals that say what to do."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from governance.imports.cells import (
    choice_of,
    code_of,
    date_of,
    decimal_of,
    moment_of,
    short_of,
    whole_of,
    yes_of,
)
from governance.imports.columns import Column, Record, lay_over
from governance.imports.ledger import CellRefused
from governance.imports.tables import Cell, Row, Table


def cell(value: Cell) -> Record:
    table = Table("t", [Row(1, 1, ["A"]), Row(2, 2, [value])])
    sheet = lay_over(table, (Column("a", ("A",), required=True),))
    assert sheet is not None
    return next(iter(sheet.records()))


class TestDecimalOf:
    @pytest.mark.parametrize(
        ("text", "number"),
        [("5", 5), ("85%", 85), ("12,5", Decimal("12.5")), (" -3 ", -3), (1.5, Decimal("1.5"))],
    )
    def test_reads_numbers(self, text: Cell, number: Decimal) -> None:
        assert decimal_of(cell(text), "a") == number

    @pytest.mark.parametrize("text", ["many", "NaN", "Infinity", "1,234,5", "--1"])
    def test_refuses_the_rest(self, text: str) -> None:
        with pytest.raises(CellRefused, match="is not a number"):
            decimal_of(cell(text), "a")

    def test_is_nothing_where_nothing_is(self) -> None:
        assert decimal_of(cell(""), "a") is None
        assert whole_of(cell(""), "a") is None


def test_a_whole_number_stays_within_its_bounds() -> None:
    assert whole_of(cell("5"), "a", most=5) == 5
    for text in ("5.5", "6", "-1"):
        with pytest.raises(CellRefused, match="is not a whole number from 0 to 5"):
            whole_of(cell(text), "a", most=5)


class TestYesOf:
    def test_reads_both_words(self) -> None:
        assert yes_of(cell("Yes"), "a", empty=False)
        assert not yes_of(cell("n"), "a", empty=True)

    def test_takes_what_an_empty_cell_means(self) -> None:
        assert yes_of(cell(""), "a", empty=True)

    def test_refuses_the_rest(self) -> None:
        with pytest.raises(CellRefused, match="neither yes nor no"):
            yes_of(cell("perhaps"), "a", empty=True)


class TestChoiceOf:
    WORDS = {"pass": "PASSED"}

    def test_does_not_mind_signs_around_the_word(self) -> None:
        assert choice_of(cell("✅ Pass"), "a", self.WORDS) == "PASSED"

    def test_takes_what_an_empty_cell_means(self) -> None:
        assert choice_of(cell(""), "a", self.WORDS, empty="FAILED") == "FAILED"
        with pytest.raises(CellRefused, match="is empty"):
            choice_of(cell(""), "a", self.WORDS)

    def test_names_the_words_it_knows(self) -> None:
        with pytest.raises(CellRefused) as refusal:
            choice_of(cell("maybe"), "a", self.WORDS)
        assert refusal.value.remedy == "Write one of: pass."


class TestCodeOf:
    def test_keeps_the_last_zero_of_a_text(self) -> None:
        assert code_of(cell("65.10"), "a") == "65.10"
        assert code_of(cell(65), "a") == "65"

    def test_refuses_a_number_that_may_have_lost_it(self) -> None:
        with pytest.raises(CellRefused, match="zeros at its end may be lost"):
            code_of(cell(65.1), "a")

    def test_refuses_what_is_too_long(self) -> None:
        with pytest.raises(CellRefused, match="is longer than 40 signs"):
            code_of(cell("x" * 41), "a")


def test_text_has_a_longest_length() -> None:
    assert short_of(cell("abc"), "a", most=3) == "abc"
    with pytest.raises(CellRefused, match="is empty"):
        short_of(cell(""), "a", most=3, needed=True)


def test_dates_and_moments_name_the_cell_that_is_none() -> None:
    zone = ZoneInfo("UTC")
    assert date_of(cell("2026-05-04"), "a") == date(2026, 5, 4)
    assert moment_of(cell("2026-05-04"), "a", zone=zone) == datetime(2026, 5, 4, tzinfo=UTC)
    assert date_of(cell(""), "a") is None
    assert moment_of(cell(""), "a", zone=zone) is None
    with pytest.raises(CellRefused) as refusal:
        date_of(cell("soon"), "a")
    assert (refusal.value.column, refusal.value.value) == ("A", "soon")
    with pytest.raises(CellRefused, match="is not a date"):
        moment_of(cell("soon"), "a", zone=zone)
