"""Take times: medians, side by side, and what they are held against."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured time; `ratio` is against what `against` names, where it is a ratio."""

    name: str
    seconds: float
    against: str = ""
    ratio: float | None = None
    limit: str = ""
    note: str = ""
    mebibytes: float | None = None


def seconds_of(act: Callable[[], object]) -> float:
    """Return how long one call took."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def medians_of(*acts: Callable[[], float], rounds: int) -> list[float]:
    """Return the median of each act, taken in turns so that a busy moment hits them all.

    An act returns the seconds that count; what it does besides stays out of them.
    """
    taken: list[list[float]] = [[] for _ in acts]
    for _ in range(rounds):
        for times, act in zip(taken, acts, strict=True):
            times.append(act())
    return [statistics.median(times) for times in taken]
