"""Codes, parents and loops of a catalogue."""

from collections import Counter

import pytest

from uat.imports.nodes import (
    Node,
    elect_parent,
    find_loop,
    number_twins,
    parent_code,
    sequence_code,
    settle_code,
    split_title,
    suggestion,
)


def node(code: str, *, level: int = 4, file: str = "f", **fields: object) -> Node:
    row = Node(file, 2, level, code, "Name")
    for name, value in fields.items():
        setattr(row, name, value)
    return row


class TestSplitTitle:
    @pytest.mark.parametrize(
        ("title", "expected"),
        [
            ("65.10.020 Enter orders", ("65.10.020", "Enter orders")),
            ("65.10.020Enter orders", ("65.10.020", "Enter orders")),
            ("65.10  Enter\n orders ", ("65.10", "Enter orders")),
            ("5. Enter", ("5", "Enter")),
            ("Enter orders", ("", "Enter orders")),
        ],
    )
    def test_parts_code_and_name(self, title: str, expected: tuple[str, str]) -> None:
        assert split_title(title) == expected


class TestElectParent:
    KNOWN = {"10": 1, "10.10": 2, "10.20": 2, "10.10.010": 3}

    def test_follows_the_majority(self) -> None:
        row = node("10.10.010", level=3, parents=("10.10", "10.10", "10.20"))
        assert elect_parent(row, self.KNOWN) == "10.10"

    def test_follows_the_place_in_the_file_on_a_tie(self) -> None:
        row = node("10.10.010", level=3, parents=("10.10", "", "10.20"))
        assert elect_parent(row, self.KNOWN) == "10.20"

    def test_finds_nobody_among_strangers_and_equals(self) -> None:
        assert elect_parent(node("10.30", level=2, parents=("10.10", "99")), self.KNOWN) == ""


class TestSettleCode:
    def test_takes_the_sequence_number_when_only_that_fits(self) -> None:
        row = node("10.90.010.100", sequence="10.10.010.100", parent="10.10.010")
        assert settle_code(row) == "10.10.010.100"

    def test_keeps_the_title_otherwise(self) -> None:
        row = node("10.10.010.100", sequence="10.90.010.100", parent="10.10.010")
        assert settle_code(row) == "10.10.010.100"


def test_twins_are_numbered_table_by_table() -> None:
    rows = [node("A"), node("A"), node("B"), node("A"), node("A", file="g")]
    number_twins(rows)
    assert [row.code for row in rows] == ["A", "A~2", "B", "A~3", "A"]


def test_a_loop_is_found_and_a_chain_is_none() -> None:
    assert find_loop("A", {"A": "B", "B": "C", "C": "A"}) == ["A", "B", "C", "A"]
    assert find_loop("D", {"D": "A", "A": "B", "B": "A"}) == ["A", "B", "A"]
    assert find_loop("A", {"A": "B", "B": ""}) == []


def test_codes_keep_their_last_zeros() -> None:
    assert parent_code("65.10.020") == "65.10"
    assert parent_code("65") == ""
    assert sequence_code("65.10.000.000.", level=2) == "65.10"


class TestSuggestion:
    def test_names_the_side_and_its_commonest_role(self) -> None:
        votes = Counter({("CLIENT", "Lead"): 2, ("CLIENT", "Clerk"): 1, ("PARTNER", "Guide"): 2})
        assert suggestion(votes) == ("CLIENT", "Lead")

    def test_says_nothing_on_a_tie_or_without_voices(self) -> None:
        assert suggestion(Counter({("CLIENT", "A"): 1, ("PARTNER", "B"): 1})) == ("", "")
        assert suggestion(Counter()) == ("", "")

    def test_leaves_the_role_open_when_nobody_names_one(self) -> None:
        assert suggestion(Counter({("PARTNER", ""): 1})) == ("PARTNER", "")
