"""The small graph: each box right of everything that it waits for, lines between them."""

from governance.charts.waiting import Node, draw


def nodes(*keys: str) -> list[Node]:
    """Return boxes with their keys written in them."""
    return [Node(key, (key, "second line")) for key in keys]


class TestDraw:
    def test_puts_what_waits_to_the_right(self) -> None:
        drawn = draw(nodes("a", "b", "c"), edges=[("a", "b"), ("b", "c"), ("a", "c")])
        places = {box.node.key: box.x for box in drawn.boxes}
        assert places["a"] < places["b"] < places["c"]
        assert len(drawn.lines) == 3

    def test_puts_those_that_wait_for_the_same_below_each_other(self) -> None:
        drawn = draw(nodes("a", "b", "c"), edges=[("a", "b"), ("a", "c")])
        left, first, second = drawn.boxes
        assert first.x == second.x > left.x
        assert first.y + first.height < second.y
        assert drawn.height > second.y + second.height

    def test_leaves_out_lines_to_what_is_not_there(self) -> None:
        drawn = draw(nodes("a"), edges=[("a", "b")])
        assert drawn.lines == ()
        assert drawn.boxes[0].rows[0][1] == "a"

    def test_draws_nothing_of_nothing(self) -> None:
        assert draw([], edges=[]).width == 0
