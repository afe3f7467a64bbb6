"""What is done to a record behind its back: each attack changes a log as its author would.

An attack returns what it touched: the first entry that differs from the record as it was, and
whether the page that says what a pack is (FORMAT.md) forbids the result whoever signed it.
"""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.record_packs import canonical
from tests.record_packs.canonical import Json
from tests.record_packs.logs import Log

SIGNATURES = {"SIGNED", "REFUSED", "WITHDRAWN"}
BOUND = {"LOG_STARTED", "KEY_ROTATED", "TEXT_ERASED", "EXPORTED"} | SIGNATURES


@dataclass(frozen=True)
class Touched:
    """The first entry that an attack changed, and whether it can never be right."""

    first: int
    is_forbidden: bool = False


Attack = Callable[[Log, random.Random], Touched]


def ordinary(log: Log) -> list[int]:
    """Return where the entries stand that bind nothing else."""
    return [seq for seq, entry in enumerate(log.entries) if entry["kind"] not in BOUND]


def signed(log: Log, method: str | None = None) -> list[int]:
    """Return where the signatures stand."""
    return [
        seq
        for seq, entry in enumerate(log.entries)
        if entry["kind"] in SIGNATURES and method in {None, entry["terms"]["method"]}
    ]


def renumber(log: Log) -> None:
    """Give numbers and moments again, so that neither tells."""
    moments = sorted(entry["at"] for entry in log.entries)
    for seq, entry in enumerate(log.entries):
        entry["seq"], entry["at"] = seq, moments[seq]


def statement_of(log: Log, at: int) -> Json:
    """Return what somebody signed."""
    content = log.documents[log.entries[at]["terms"]["statement"]]
    said = json.loads(content)
    assert isinstance(said, dict)
    return said


def restate(log: Log, at: int, **changes: Any) -> None:
    """Write the statement of a signature anew and let the entry name it."""
    content = canonical.write(statement_of(log, at) | changes)
    log.entries[at]["terms"]["statement"] = log.document(content)


def edit(log: Log, chance: random.Random) -> Touched:
    """Change what an entry says."""
    at = chance.choice(ordinary(log))
    log.entries[at]["terms"]["share"] = "1.00"
    return Touched(at)


def delete(log: Log, chance: random.Random) -> Touched:
    """Take an entry away and close the gap."""
    at = chance.choice(ordinary(log)[:-1])
    del log.entries[at]
    renumber(log)
    return Touched(at)


def insert(log: Log, chance: random.Random) -> Touched:
    """Slip an entry in."""
    at = chance.choice(ordinary(log))
    log.add("DECISION_RECORDED", by="CLIENT", texts={"note": "Agreed all along."})
    log.entries.insert(at, log.entries.pop())
    log.entries[at]["at"] = log.entries[at - 1]["at"]
    renumber(log)
    return Touched(at)


def swap(log: Log, chance: random.Random) -> Touched:
    """Let two entries change places."""
    first, second = sorted(chance.sample(ordinary(log), 2))
    entries = log.entries
    entries[first], entries[second] = entries[second], entries[first]
    renumber(log)
    return Touched(first)


def truncate(log: Log, chance: random.Random) -> Touched:
    """Cut the tail off, with at least one signature in it."""
    last = chance.choice([at for at in signed(log) if at > 1])
    size = chance.randrange(max(1, last - 2), last) + 1
    del log.entries[min(size, last) :]
    return Touched(len(log.entries))


def predate(log: Log, chance: random.Random) -> Touched:
    """Set the clock back for the whole record, an hour for each entry."""
    for entry in log.entries:
        entry["at"] = entry["at"].replace("2026-", "2025-", 1)
    return Touched(0)


def set_clock_back(log: Log, chance: random.Random) -> Touched:
    """Set the clock back for one entry."""
    at = chance.randrange(1, len(log.entries))
    log.entries[at]["at"] = "2026-01-05T07:00:00.000000Z"
    return Touched(at, is_forbidden=True)


def leave_gap(log: Log, chance: random.Random) -> Touched:
    """Take an entry away and leave the numbers as they were."""
    at = chance.choice(ordinary(log)[:-1])
    del log.entries[at]
    return Touched(at, is_forbidden=True)


def forget_start(log: Log, chance: random.Random) -> Touched:
    """Let the record begin after what one would forget; the first entry stays."""
    at = chance.choice(signed(log))
    kept = {"KEY_ROTATED", "TEXT_ERASED"}
    middle = [entry for entry in log.entries[1:at] if entry["kind"] in kept]
    log.entries[1:at] = middle
    renumber(log)
    return Touched(1)


def replace_text(log: Log, chance: random.Random) -> Touched:
    """Replace a text beside its commitment."""
    name = chance.choice(sorted(log.texts))
    log.texts[name]["text"] += " Agreed."
    return Touched(_holder(log, name), is_forbidden=True)


def rewrite_text(log: Log, chance: random.Random) -> Touched:
    """Replace a text and its commitment."""
    at = chance.choice(
        [at for at in ordinary(log) if set(log.entries[at]["texts"].values()) & set(log.texts)]
    )
    log.entries[at]["texts"]["note"] = log.commit("Agreed.")
    return Touched(at)


def drop_text(log: Log, chance: random.Random) -> Touched:
    """Lose a text without a word."""
    name = chance.choice(sorted(log.texts))
    del log.texts[name]
    return Touched(_holder(log, name), is_forbidden=True)


def restore_other_text(log: Log, chance: random.Random) -> Touched:
    """Put another text in the place of one that was erased."""
    at = next(at for at, entry in enumerate(log.entries) if entry["kind"] == "TEXT_ERASED")
    name = log.entries[at]["terms"]["commitments"][0]
    log.texts[name] = {"nonce": log.nonce(), "text": "Agreed."}
    return Touched(at, is_forbidden=True)


def replace_key(log: Log, chance: random.Random) -> Touched:
    """Say that another key was there from the start."""
    key = type(log.key)(log.key.name, "of the author")
    log.keys = [(seq, key) for seq, _ in log.keys]
    for seq, _ in log.keys:
        log.entries[seq]["terms"]["key"] = key.verifier
    return Touched(0)


def rotate_away(log: Log, chance: random.Random) -> Touched:
    """Let a key of the author's follow."""
    log.rotate()
    log.add("DECISION_RECORDED", by="PARTNER")
    return Touched(len(log.entries) - 2)


def _holder(log: Log, commitment: str) -> int:
    return next(at for at, entry in enumerate(log.entries) if commitment in entry["texts"].values())


def tidy(log: Log) -> None:
    """Leave no text and no document that nothing names any more."""
    held = {text for entry in log.entries for text in entry["texts"].values()}
    log.texts = {name: text for name, text in log.texts.items() if name in held}
    named: set[str] = set()
    for at in signed(log):
        statement = log.entries[at]["terms"]["statement"]
        named |= (
            {statement, statement_of(log, at)["exhibit"]} if statement in log.documents else set()
        )
    log.documents = {name: doc for name, doc in log.documents.items() if name in named}


BASIC: dict[str, Attack] = {"edit": edit, "delete": delete, "insert": insert, "swap": swap}
OTHERS: dict[str, Attack] = {
    "the whole record dated back": predate,
    "the clock set back": set_clock_back,
    "a gap in the numbers": leave_gap,
    "the record begins later": forget_start,
    "a text replaced": replace_text,
    "a text and its commitment replaced": rewrite_text,
    "a text dropped": drop_text,
    "an erased text replaced": restore_other_text,
    "the key replaced": replace_key,
    "a key of the author's follows": rotate_away,
}
