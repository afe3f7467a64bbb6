"""Headings are found, rows are read by our names, shifted rows are refused."""

import pytest

from governance.imports.columns import Column, Record, gather, lay_over, plain_heading
from governance.imports.ledger import CellRefused, Ledger
from governance.imports.tables import Cell, Row, Table

COLUMNS = (
    Column("code", ("Code", "ID"), required=True),
    Column("name", ("Name",), required=True),
    Column("note", ("Note",), begins=("Remarks",)),
)


def table_of(*rows: list[Cell]) -> Table:
    return Table("t.csv", [Row(number, number + 10, cells) for number, cells in enumerate(rows, 1)])


def codes(table: Table, ledger: Ledger) -> list[str]:
    sheet = lay_over(table, COLUMNS)
    assert sheet is not None
    return [code for _, code in gather(sheet, ledger, lambda record: record.needed("code"))]


class TestLayOver:
    def test_finds_a_heading_below_other_rows(self) -> None:
        table = table_of(["Report of May"], ["", ""], ["NAME ", " code", "Remarks (if any)"])
        sheet = lay_over(table, COLUMNS)
        assert sheet is not None
        assert (sheet.at, dict(sheet.places)) == (2, {"name": 0, "code": 1, "note": 2})
        assert sheet.title("note") == "Remarks (if any)"
        assert sheet.title("missing") == "missing"

    def test_takes_the_first_of_two_columns_with_the_same_meaning(self) -> None:
        sheet = lay_over(table_of(["ID", "Code", "Name"]), COLUMNS)
        assert sheet is not None
        assert sheet.places["code"] == 0

    def test_finds_none_where_a_needed_column_is_missing(self) -> None:
        assert lay_over(table_of(["Code", "Note"]), COLUMNS) is None
        assert lay_over(table_of(), COLUMNS) is None

    def test_reads_headings_without_signs(self) -> None:
        assert plain_heading("✅ Pass-Rate (%)") == "pass rate"


class TestGather:
    def test_leaves_out_totals_and_says_so(self) -> None:
        ledger = Ledger()
        found = codes(table_of(["Code", "Name"], ["a", "b"], ["TOTAL:", "1"]), ledger)
        assert found == ["a"]
        assert ledger.skipped_because() == {"a total, not data": 1}

    def test_refuses_rows_with_more_or_fewer_cells(self) -> None:
        ledger = Ledger()
        rows = table_of(["Code", "Name"], ["a"], ["b", "c", "d"], ["e", "f", " "], ["g", "h"])
        assert codes(rows, ledger) == ["g"]
        assert [(one.row, one.value) for one in ledger.refusals] == [(2, "a"), (3, "b"), (4, "e")]
        assert "has 1 fields where the heading has 2 (line 12 of the file)" in (
            ledger.refusals[0].reason
        )

    def test_drops_rows_of_which_nothing_is_made(self) -> None:
        sheet = lay_over(table_of(["Code", "Name"], ["a", "b"]), COLUMNS)
        assert sheet is not None
        assert gather(sheet, Ledger(), lambda record: None) == []

    def test_tells_how_many_rows_were_checked(self) -> None:
        heard: list[int] = []
        row: list[Cell] = ["a", "b"]
        rows = table_of(["Code", "Name"], *[row] * 10_001)
        codes(rows, Ledger(heard=heard.append))
        assert heard == [5_000, 10_000]


class TestRecord:
    def record(self, *cells: Cell) -> Record:
        sheet = lay_over(table_of(["Code", "Name", "Note"], list(cells)), COLUMNS)
        assert sheet is not None
        return next(iter(sheet.records()))

    def test_cleans_text(self) -> None:
        record = self.record(" a\x00b\x07 ", "one\r\ntwo\rthree", "x\xa0y")
        assert record.text("code") == "ab"
        assert record.text("name") == "one\ntwo\nthree"
        assert record.text("note") == "x y"

    def test_shows_numbers_as_they_are(self) -> None:
        assert self.record(4711, 1.5, "").text("code") == "4711"

    def test_is_empty_where_nothing_is(self) -> None:
        record = self.record("a", "b")
        assert (record.text("note"), record.raw("nothing")) == ("", "")

    def test_refuses_an_empty_cell_that_is_needed(self) -> None:
        with pytest.raises(CellRefused, match="is empty"):
            self.record("", "b", "").needed("code")
