"""Entries that break one rule each, with all that follows made to fit: FORMAT.md, section 2."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

from tests.record_packs import cases
from tests.record_packs.cases import GONE, Case, put
from tests.record_packs.keys import ED25519, NoteKey, base64_of
from tests.record_packs.logs import Log
from tests.record_packs.wrong_values import FIELDS, OTHER


def _base() -> Log:
    log = Log("entries")
    log.add("OWNER_NAMED", subject=log.subject(), texts={"note": "One."})
    log.add("DECISION_RECORDED", subject=log.subject(), texts={"note": "Two."})
    log.sign()
    return log


def _verifier(log: Log, value: str) -> None:
    log.entries[0]["terms"]["key"] = value


def _another_client(log: Log) -> None:
    log.client = OTHER
    log.entries[0]["terms"]["client"] = OTHER


def _gap(log: Log) -> None:
    for entry in log.entries[2:]:
        entry["seq"] += 1


def _from_one(log: Log) -> None:
    for entry in log.entries:
        entry["seq"] += 1


def _no_start(log: Log) -> None:
    del log.entries[0]
    for seq, entry in enumerate(log.entries):
        entry["seq"] = seq


def _twice(log: Log) -> None:
    log.entries.insert(2, copy.deepcopy(log.entries[1]))


def _other_host_everywhere(log: Log) -> None:
    for entry in log.entries:
        entry["origin"] = f"other.example/p/{log.project}"


def _origin_of_another_project(log: Log) -> None:
    log.origin = f"gate.example/p/{OTHER}"
    for entry in log.entries[:3]:
        entry["origin"] = log.origin
    del log.entries[3]
    log.documents.clear()


def _gone_without_a_word(log: Log) -> None:
    log.texts.clear()


def _gone_before_it_was_said(log: Log) -> None:
    commitment = log.commit("Never seen.")
    log.erase(commitment)
    log.add("DECISION_RECORDED")["texts"] = {"note": commitment}


def _gone_in_the_same_entry(log: Log) -> None:
    commitment = log.commit("Never seen.")
    log.erase(commitment)
    log.entries[-1]["texts"] = {"note": commitment}


def _erased(log: Log, terms: Any) -> None:
    log.erase(log.entries[1]["texts"]["note"])
    log.entries[-1]["terms"] = terms(log.entries[-1]["terms"]["commitments"])


def _rotated(log: Log, key: Any) -> None:
    log.rotate()
    put(log.entries[-1]["terms"], "key", key)


def _rotated_but_old_key(log: Log) -> None:
    log.rotate()
    log.keys.pop()


def _key_of_another_kind(log: Log) -> None:
    key = NoteKey("gate.example", "slipped in")
    log.add("OWNER_NAMED", terms={"key": key.verifier})
    log.keys.append((4, key))


def _large(log: Log) -> None:
    log.entries[1]["terms"]["long"] = "a" * (1 << 20)


def _not_keys() -> dict[str, Any]:
    key = NoteKey("gate.example", "another")
    name, identifier, coded = key.verifier.split("+", 2)
    public = ED25519 + key.public
    long = NoteKey("gate.example", "a name too many").verifier
    return {
        "a wrong identifier": f"{name}+{long.split('+')[1]}+{coded}",
        "an identifier in capitals": f"{name}+{_lettered(name)[0].upper()}+{_lettered(name)[1]}",
        "an identifier too short": f"{name}+{identifier[:-1]}+{coded}",
        "another algorithm": f"{name}+{identifier}+{base64_of(bytes([4]) + key.public)}",
        "31 bytes": f"{name}+{identifier}+{base64_of(public[:-1])}",
        "33 bytes": f"{name}+{identifier}+{base64_of(public + b'a')}",
        "no padding": f"{name}+{identifier}+{coded.rstrip('=')}",
        "base64 for addresses": f"{name}+{identifier}+{coded.replace('+', '-').replace('/', '_')}",
        "no name": key.verifier[len(name) :],
        "another name": f"other{key.verifier}",
        "a name with a space": NoteKey("gate example", "a").verifier,
        "a name with a no-break space": NoteKey("gate\u00a0example", "a").verifier,
        "a name with a plus": NoteKey("gate+example", "a").verifier,
        "a line feed after it": f"{key.verifier}\n",
        "no plus": key.verifier.replace("+", " "),
        "empty": "",
        "null": None,
        "gone": GONE,
    }


def _lettered(name: str) -> tuple[str, str]:
    """Return identifier and code of a key whose identifier has letters and whose code has both."""
    for number in range(100):
        key = NoteKey(name, f"lettered {number}")
        if not key.identifier.hex().isdecimal():
            return key.identifier.hex(), base64_of(ED25519 + key.public)
    raise LookupError(name)


FAULTS: dict[str, Callable[[Log], object]] = {
    "a gap in the numbers": _gap,
    "numbers from 1": _from_one,
    "no LOG_STARTED": _no_start,
    "an entry twice": _twice,
    "two entries swapped": lambda log: log.entries.insert(1, log.entries.pop(2)),
    "another host in all entries": _other_host_everywhere,
    "the origin of another project": _origin_of_another_project,
    "another kind first": lambda log: put(log.entries[0], "kind", "OWNER_NAMED"),
    "LOG_STARTED again": lambda log: log.add("LOG_STARTED", terms=log.entries[0]["terms"]),
    "another format": lambda log: put(log.entries[0], "terms.format", "readiness-record@2"),
    "no format": lambda log: put(log.entries[0], "terms.format", GONE),
    "no client": lambda log: put(log.entries[0], "terms.client", GONE),
    "a client in capitals": lambda log: put(log.entries[0], "terms.client", OTHER.upper()),
    "another client than the signers'": _another_client,
    "another client in the manifest": lambda log: put(log.__dict__, "client", OTHER),
    "a text gone without a word": _gone_without_a_word,
    "a text gone before it was said": _gone_before_it_was_said,
    "a text gone in the entry that says so": _gone_in_the_same_entry,
    "erasing a name": lambda log: _erased(log, lambda gone: {"commitments": ["note"]}),
    "erasing a text, not an array": lambda log: _erased(log, lambda gone: {"commitments": gone[0]}),
    "erasing with a key too many": lambda log: _erased(
        log, lambda gone: {"commitments": gone, "why": "asked"}
    ),
    "erasing nothing": lambda log: _erased(log, lambda gone: {}),
    "erasing in capitals": lambda log: _erased(
        log, lambda gone: {"commitments": [gone[0].upper()]}
    ),
    "rotated, signed by the old key": _rotated_but_old_key,
    "signed by a key of another kind of entry": _key_of_another_kind,
    "a body of more than 1 MiB": _large,
}


def bad_cases() -> Iterator[Case]:
    """Yield packs with one entry that breaks one rule."""
    for name, path, value in FIELDS:
        log = _base()
        put(log.entries[1], path, value)
        yield cases.bad(f"entry: {name}", log)
    for name, fault in FAULTS.items():
        log = _base()
        fault(log)
        yield cases.bad(f"entries: {name}", log)
    for name, key in _not_keys().items():
        log = _base()
        put(log.entries[0], "terms.key", key)
        yield cases.bad(f"first key: {name}", log)
        log = _base()
        _rotated(log, key)
        yield cases.bad(f"next key: {name}", log)


def good_cases() -> Iterator[Case]:
    """Yield packs whose entries go to the limits of what is allowed."""
    right: dict[str, Callable[[Log], object]] = {
        "kind of 40 letters": lambda log: put(log.entries[1], "kind", "A1_" * 13 + "A"),
        "kind of one letter": lambda log: put(log.entries[1], "kind", "A"),
        "the same moment": lambda log: put(log.entries[1], "at", log.entries[0]["at"]),
        "a leap day": _leap_day,
        "no subject": lambda log: put(log.entries[1], "subject", None),
        "a text twice": lambda log: put(log.entries[2], "texts.same", _note(log)),
        "texts with odd names": lambda log: log.add("ACT", texts={"": "a", "é\n": ""}),
        "a key in other terms": lambda log: log.add("ACT", terms={"key": "nothing"}),
        "more in the first terms": lambda log: put(log.entries[0], "terms.more", {"a": 1}),
        "erased twice": lambda log: _erased(log, _again),
        "the same key again": lambda log: _rotated(log, log.keys[0][1].verifier),
        "a new name for the key": lambda log: log.rotate("second.example"),
        "a body of just 1 MiB": _nearly_large,
    }  # fmt: skip
    for name, change in right.items():
        log = _base()
        change(log)
        if name == "the same key again":
            log.keys.pop()
        yield cases.good(f"entries: {name}", log)


def _shouted(gone: list[str]) -> dict[str, list[str]]:
    return {"commitments": [gone[0].upper()]}


def _note(log: Log) -> Any:
    return log.entries[1]["texts"]["note"]


def _again(gone: list[str]) -> dict[str, list[str]]:
    return {"commitments": gone * 2}


def _leap_day(log: Log) -> None:
    for entry in log.entries:
        entry["at"] = "2028-02-29T23:59:59.999999Z"


def _nearly_large(log: Log) -> None:
    log.entries[1]["terms"]["long"] = ""
    room = (1 << 20) - len(log.bodies()[1])
    log.entries[1]["terms"]["long"] = "a" * room
