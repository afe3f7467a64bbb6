"""What happened to each row is kept, in full and in plain words."""

from governance.imports.ledger import CellRefused, Ledger


def refusal(value: object) -> CellRefused:
    return CellRefused(column="A", value=value, reason="is bad", remedy="Mend it.")


class TestLedger:
    def test_keeps_refusals_and_shortens_what_was_found(self) -> None:
        ledger = Ledger()
        ledger.refuse("f.csv", 2, refusal("x" * 500))
        ledger.refuse("f.csv", 3, refusal(5))
        ledger.skip("f.csv", 4, "a total")
        refused, skipped = ledger.as_lists()
        assert refused[0]["value"] == "x" * 120 + "…"
        assert refused[1] == {
            "file": "f.csv",
            "row": 3,
            "column": "A",
            "value": "5",
            "reason": "is bad",
            "remedy": "Mend it.",
        }
        assert skipped == [{"file": "f.csv", "row": 4, "reason": "a total"}]

    def test_gives_no_more_than_asked_for(self) -> None:
        ledger = Ledger()
        for row in range(5):
            ledger.refuse("f", row, refusal(row))
            ledger.skip("f", row, "why")
        assert [len(rows) for rows in ledger.as_lists(most=2)] == [2, 2]
        assert ledger.skipped_because() == {"why": 5}
