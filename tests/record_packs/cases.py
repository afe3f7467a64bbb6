"""A case of the corpus: a pack, what is known outside, and the verdict known by construction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.record_packs import packs
from tests.record_packs.canonical import Json
from tests.record_packs.logs import Log, Signing
from tests.record_packs.packs import Stages

INVALID = "INVALID"
VALID = "VALID"
UNANCHORED = "NOT_ANCHORED"
THE_START = "THE START"


@dataclass(frozen=True)
class Case:
    """A pack and what a verifier must say of it."""

    name: str
    pack: bytes
    verdict: str = INVALID
    since: str | None = None
    anchors: tuple[bytes, ...] = ()
    pins: tuple[str, ...] = ()


def bad(name: str, log: Log, *, stages: Stages = packs.AS_IT_IS) -> Case:
    """Return a case whose pack is wrong in itself; nothing is known outside."""
    return Case(name, packs.make(log, stages=stages))


def good(name: str, log: Log, *, stages: Stages = packs.AS_IT_IS, at: int | None = None) -> Case:
    """Return a good pack, anchored at a size, or nowhere at 0; at its own size unless told."""
    pack = packs.make(log, stages=stages)
    size = len(log.entries) if at is None else at
    anchors = (log.checkpoint(size),) if size else ()
    return Case(name, pack, *expected(log, size), anchors=anchors)


def expected(log: Log, size: int) -> tuple[str, str | None]:
    """Return the verdict on a good pack whose largest anchor has a size."""
    if size == len(log.entries):
        return VALID, None
    return UNANCHORED, log.entries[size - 1]["at"] if size else THE_START


GONE = object()
"""Stands for: take this key away."""


def put(row: Json, path: str, value: Any) -> None:
    """Set or take away what stands at a path with dots."""
    *way, last = path.split(".")
    for name in way:
        row = row[name]
    if value is GONE:
        del row[last]
    else:
        row[last] = value


def setting(path: str, value: Any) -> Callable[[Json], None]:
    """Return a change that sets one thing."""
    return lambda row: put(row, path, value)


def signed(signing: Signing) -> Log:
    """Return a small log with one signature, at seq 2."""
    log = Log("signed")
    log.add("OWNER_NAMED", subject=log.subject())
    log.sign(signing)
    log.add("DECISION_RECORDED", texts={"note": "After it."})
    return log
