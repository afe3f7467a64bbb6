"""Sheets that run nothing."""

from decimal import Decimal

import pytest

from governance.exports import csv_text, formula_safe
from tests.factories import NOW


class TestFormulaSafe:
    @pytest.mark.parametrize(
        "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "\uff1d1"]
    )
    def test_marks_what_a_spreadsheet_would_run(self, cell: str) -> None:
        assert formula_safe(cell) == f"'{cell}"

    @pytest.mark.parametrize("cell", ["", "a=1", "1+1", 5, Decimal("-1.5"), False])
    def test_leaves_everything_else(self, cell: object) -> None:
        assert formula_safe(cell) == cell

    def test_writes_moments_as_the_json_answers_do(self) -> None:
        assert formula_safe(NOW) == "2026-06-01T09:00:00Z"

    def test_leaves_nothing_empty(self) -> None:
        assert formula_safe(None) == ""


class TestCsvText:
    def test_writes_a_header_and_a_line_for_each_row(self) -> None:
        rows = [{"a": 'say "x", y', "b": None, "c": "left out"}]
        assert csv_text(["a", "b"], rows) == 'a,b\r\n"say ""x"", y",\r\n'
