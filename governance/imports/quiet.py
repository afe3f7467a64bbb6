"""Keep the garbage collector from walking over a hundred thousand rows again and again."""

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def without_collection() -> Iterator[None]:
    """Switch the collector off for a while: rows of cells make no cycles, and looking costs half.

    It is the whole process's collector; a second import that ends earlier switches it on
    again, which costs time and nothing else.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
