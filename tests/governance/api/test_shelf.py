"""A memory that holds so many texts."""

from governance.api.shelf import Shelf


class TestShelf:
    def test_drops_what_was_not_asked_for_the_longest(self) -> None:
        shelf = Shelf(size=2)
        shelf.put("a", b"1")
        shelf.put("b", b"2")
        assert shelf.get("a") == b"1"
        shelf.put("c", b"3")
        assert (shelf.get("a"), shelf.get("b"), shelf.get("c")) == (b"1", None, b"3")
