"""Two answers side by side: a foreign row must read as a missing one."""

import re
from collections.abc import Iterator
from typing import Any

from tests.authorisation import rules
from tests.authorisation.asking import UUID, Answer
from tests.authorisation.judging import Cell, Leak, around


def apart(
    cell: Cell, answer: Answer, *, twin: Cell, of_twin: Answer, loosely: bool = False
) -> Iterator[Leak]:
    """Yield how a foreign row's answer differs from that of a row which does not exist."""
    if cell.address.name in rules.BY_LINK or (answer.is_door and of_twin.is_door):
        return  # a link is a right of its own; a way back repeats what was asked for
    one, other = answer.alike(cell.ask), of_twin.alike(twin.ask)
    if one != other and (not loosely or _numberless(one) != _numberless(other)):
        yield Leak(str(cell), "404 rule", f"unlike a missing row: {difference(one, other)}")


def _numberless(alike: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return an answer without its numbers: a form repeats the key that was no choice.

    A new row has a new identifier each time, and the answer leads to it.
    """
    headers = tuple((name, UUID.sub(b"#", held)) for name, held in alike[1])
    return alike[0], headers, re.sub(rb"\d+", b"#", UUID.sub(b"#", alike[2]))


def difference(one: tuple[Any, ...], other: tuple[Any, ...]) -> str:
    """Say in a few words where two answers part."""
    if one[0] != other[0]:
        return f"{one[0]} instead of {other[0]}"
    if one[1] != other[1]:
        held, wanted = dict(one[1]), dict(other[1])
        names = sorted(name for name in held | wanted if held.get(name) != wanted.get(name))
        return "; ".join(f"{name}: {held.get(name)!r} / {wanted.get(name)!r}" for name in names[:2])
    left, right = bytes(one[2]), bytes(other[2])
    at = next(
        (i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b),
        min(len(left), len(right)),
    )
    return f"{around(left, at)!r} / {around(right, at)!r}"
