"""Aggregates written in SQL."""

import pytest

from governance.querysets.statements import fill


class TestFill:
    def test_puts_words_and_numbers_in_place(self) -> None:
        text = fill("{table} IN ({ids})", table="a", ids=[1, 2])
        assert text == "a IN (1,2)"

    def test_an_empty_list_matches_nothing(self) -> None:
        assert fill("id IN ({ids})", ids=[]) == "id IN (NULL)"

    def test_lets_no_words_in_among_numbers(self) -> None:
        with pytest.raises(ValueError, match="invalid literal"):
            fill("id IN ({ids})", ids=["1); DROP TABLE x"])  # type: ignore[list-item]
