"""Draw what waits for one decision as a small graph: boxes in columns, lines between them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from governance.charts.reach import from_the_end

WIDTH, HEIGHT = 196, 60
ACROSS, DOWN = 56, 18
MARGIN = 6
MOST_BOXES = 12


@dataclass(frozen=True, slots=True)
class Node:
    """What stands in a box: its lines, the first one bold; `tone` says how it is drawn."""

    key: str
    lines: tuple[str, ...]
    tone: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A node and where its corner is."""

    node: Node
    x: int
    y: int

    @property
    def width(self) -> int:
        """Return how wide every box is."""
        return WIDTH

    @property
    def height(self) -> int:
        """Return how high every box is."""
        return HEIGHT

    @property
    def rows(self) -> list[tuple[int, str]]:
        """Return each line with where it is written."""
        return [(self.y + 17 + 17 * place, text) for place, text in enumerate(self.node.lines)]

    @property
    def text_x(self) -> int:
        """Return where a line begins."""
        return self.x + 10


@dataclass(frozen=True, slots=True)
class Drawing:
    """A graph as it is drawn: boxes, and the paths of the lines from each to what waits."""

    boxes: tuple[Box, ...]
    lines: tuple[str, ...]
    width: int
    height: int


def draw(nodes: Sequence[Node], *, edges: Collection[tuple[str, str]]) -> Drawing:
    """Return boxes in columns, each to the right of everything that it waits for.

    `edges` lead from a node to one that waits for it; those to nodes not there are left out.
    """
    places = {node.key: place for place, node in enumerate(nodes)}
    known = [(start, end) for start, end in edges if start in places and end in places]
    columns = _columns(nodes, known, places)
    boxes = {}
    for column, keys in enumerate(columns):
        for row, key in enumerate(keys):
            x, y = MARGIN + column * (WIDTH + ACROSS), MARGIN + row * (HEIGHT + DOWN)
            boxes[key] = Box(nodes[places[key]], x, y)
    tallest = max((len(keys) for keys in columns), default=0)
    return Drawing(
        boxes=tuple(boxes.values()),
        lines=tuple(_line(boxes[start], boxes[end]) for start, end in known),
        width=2 * MARGIN + len(columns) * (WIDTH + ACROSS) - ACROSS if columns else 0,
        height=2 * MARGIN + tallest * (HEIGHT + DOWN) - DOWN if columns else 0,
    )


def _columns(
    nodes: Sequence[Node], edges: Collection[tuple[str, str]], places: Mapping[str, int]
) -> list[list[str]]:
    """Return the keys of each column; a node stands right of the last one it waits for."""
    after: dict[int, list[int]] = {}
    for start, end in edges:
        after.setdefault(places[start], []).append(places[end])
    column = dict.fromkeys(range(len(nodes)), 0)
    for place in reversed(from_the_end(range(len(nodes)), after=after)):
        for waiting in after.get(place, ()):
            column[waiting] = max(column[waiting], column[place] + 1)
    found: list[list[str]] = [[] for _ in range(max(column.values(), default=-1) + 1)]
    for place, node in enumerate(nodes):
        found[column[place]].append(node.key)
    return found


def _line(start: Box, end: Box) -> str:
    """Return the path from the right side of one box to the left side of another."""
    x1, y1 = start.x + WIDTH, start.y + HEIGHT // 2
    x2, y2 = end.x, end.y + HEIGHT // 2
    middle = (x1 + x2) // 2
    return f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
