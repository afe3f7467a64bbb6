#!/usr/bin/env python3
"""Verify an exported record pack without the server and without a network.

    python3 verify_record.py PACK.zip [--anchor FILE]... [--key VERIFIER_KEY]... [--json]

The first line is the verdict: VALID, INVALID or VALID BUT NOT ANCHORED OUTSIDE SINCE <moment>.
Exit codes: 0 valid, 1 invalid, 3 not anchored, 2 wrong call. Needs Python 3.9 and nothing else.
The numbers in brackets are the sections of FORMAT.md, the page that this file was written from.
"""
# ruff: noqa: PLR2004 - the numbers of a byte format stand where the page has them

from __future__ import annotations

import argparse
import base64
import bisect
import contextlib
import datetime
import functools
import hashlib
import json
import os
import re
import struct
import sys
import zlib
from dataclasses import dataclass, field
from typing import Any, Callable, Iterator, Sequence  # noqa: UP035 - read by Python 3.9

GIB, MIB = 2**30, 2**20
MAX_ENTRIES, MAX_MEMBERS, MAX_JSON, MAX_DEPTH = 1_000_000, 60_000, 64 * MIB, 32
Point = tuple[int, ...]


class Broken(ValueError):
    """Say what does not hold, in words for people."""


@dataclass(frozen=True)
class Verdict:
    """Hold what was found: VALID, INVALID or NOT_ANCHORED, and since when."""

    verdict: str
    since: str | None = None
    reason: str = ""
    entries: int = 0
    signatures: int = 0
    remarks: tuple[str, ...] = ()


def need(holds: object, reason: str) -> None:
    """Stop with a reason unless something holds."""
    if not holds:
        raise Broken(reason)


@contextlib.contextmanager
def about(what: str) -> Iterator[None]:
    """Say what a reason is about."""
    try:
        yield
    except Broken as error:
        raise Broken(f"{what}: {error}") from error


# --- Canonical JSON [1] ----------------------------------------------------------------------


def _integer(text: str) -> int:
    """Read an integer within the 53 bits; the length goes first, for int() is slow on long ones."""
    need(len(text) <= 17 and abs(int(text)) < 2**53, "a number is too large")
    return int(text)


def _refuse(text: str) -> None:
    """Refuse decimals and NaN."""
    raise Broken("a number is not an integer")


def _in_order(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse keys that are not in the order of UTF-16 code units, or that come twice."""
    keys = [key for key, _ in pairs]
    need(keys == sorted(set(keys), key=lambda key: key.encode("utf-16-be")), "keys are not sorted")
    return dict(pairs)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse keys that come twice."""
    need(len(dict(pairs)) == len(pairs), "a key comes twice")
    return dict(pairs)


def _shallow(value: object, left: int = MAX_DEPTH) -> bool:
    """Say whether arrays and objects nest no deeper than is left."""
    if not isinstance(value, (dict, list)):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return left > 0 and all(_shallow(each, left - 1) for each in inner)


_CANONICAL = json.JSONDecoder(
    object_pairs_hook=_in_order,
    parse_int=_integer,
    parse_float=_refuse,
    parse_constant=_refuse,
)
_LOOSE = json.JSONDecoder(
    object_pairs_hook=_once,
    parse_int=lambda text: 0,
    parse_float=lambda text: 0,
    parse_constant=_refuse,
)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def canonical(data: bytes) -> Any:
    """Read a text that is byte for byte the canonical form of what it says."""
    try:
        value = _CANONICAL.decode(data.decode())
        same = _shallow(value) and _ENCODER.encode(value).encode() == data
    except (ValueError, RecursionError) as error:
        raise Broken("is not canonical JSON") from error
    need(same, "is not canonical JSON")
    return value


def loose(data: bytes) -> Any:
    """Read any JSON text, as an authenticator writes it [4]."""
    try:
        value = _LOOSE.decode(data.decode())
    except (ValueError, RecursionError) as error:
        raise Broken("client data are not JSON") from error
    need(_shallow(value), "client data nest too deep")
    return value


# --- Forms: a constant, a type, a pattern, a range, a function, (one of), [array of], {exact keys}

HASH, HEX, RANDOM = (re.compile(p) for p in ("[0-9a-f]{64}", "(?:[0-9a-f]{2})+", "[0-9a-f]{32}"))
_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
UUID = re.compile(_UUID)
ORIGIN = re.compile(rf"(?=.{{1,200}}\Z)[A-Za-z0-9._:\[\]-]+/p/{_UUID}")
COUNT, POSITIVE = range(2**53), range(1, 2**53)
_TIME = re.compile(r"([0-9-]{10})T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}\.[0-9]{6}Z")


def moment(value: object) -> bool:
    """Say whether a value is a moment, on a day that there was."""
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    try:
        return bool(found and str(datetime.date.fromisoformat(found[1])) == found[1])
    except ValueError:
        return False


def fits(value: Any, form: Any) -> bool:  # noqa: PLR0911 - one way out for each form
    """Say whether a value has a form."""
    if isinstance(form, tuple):
        return any(fits(value, each) for each in form)
    if isinstance(form, list):
        return type(value) is list and all(fits(each, form[0]) for each in value)
    if isinstance(form, dict):
        if type(value) is dict and form.keys() == {str}:  # any keys
            return all(fits(each, form[str]) for each in value.values())
        same = type(value) is dict and value.keys() == form.keys()
        return same and all(fits(value[key], each) for key, each in form.items())
    if isinstance(form, re.Pattern):
        return type(value) is str and form.fullmatch(value) is not None
    if isinstance(form, range):
        return type(value) is int and value in form
    if isinstance(form, type):
        return type(value) is form
    return bool(form(value)) if callable(form) else type(value) is type(form) and value == form


def fit(value: Any, form: dict[str, Any], what: str) -> Any:
    """Return an object that has exactly the keys of a form, each in its form."""
    need(type(value) is dict and value.keys() == form.keys(), f"{what} has not the right keys")
    for key, each in form.items():
        need(fits(value[key], each), f"{what} has no right {key}")
    return value


# fmt: off
ACTOR = tuple({"id": who, "kind": kind, "organisation": who}
              for kind, who in (("CLIENT", UUID), ("PARTNER", UUID), ("SYSTEM", None)))
SUBJECT = {"id": UUID, "noun": str}
ENTRY = {
    "version": 1, "origin": ORIGIN, "project": UUID, "seq": COUNT, "at": moment,
    "kind": re.compile("[A-Z0-9_]{1,40}"), "actor": ACTOR, "subject": (None, SUBJECT),
    "terms": dict, "texts": {str: HASH}, "nonce": RANDOM,
}
SIGNATURES = ("SIGNED", "REFUSED", "WITHDRAWN")
SIGNATURE_TERMS = {
    "statement": HASH, "method": ("PASSWORD_TOTP", "PASSKEY", "SINGLE_SIGN_ON"),
    "assertion": (None, dict), "signer_name": str, "signer_organisation_name": str,
    "reset_hours": (None, COUNT),
}
STATEMENT = {
    "format": "readiness-statement@1", "act": SIGNATURES, "kind": re.compile("[A-Z_]+"),
    "origin": ORIGIN, "project": UUID, "subject": SUBJECT, "title": str,
    "signer": {"id": UUID, "name": str, "organisation": UUID, "organisation_name": str},
    "meaning": {"key": str, "language": str, "sentence": str, "shown": str, "version": POSITIVE},
    "authority": str, "delegation": (None, dict), "reason": (None, HASH), "exhibit": HASH,
    "zone": str, "challenge": RANDOM,
}
ASSERTION = {
    "authenticator_data": HEX, "client_data": HEX, "credential": HEX, "rp": str, "signature": HEX,
    "key": ({"alg": -7, "x": HASH, "y": HASH}, {"alg": -8, "x": HASH},
            {"alg": -257, "e": HEX, "n": HEX}),
}
MANIFEST = {
    "format": "readiness-record-pack@1", "origin": ORIGIN, "project": UUID, "client": UUID,
    "project_name": str, "client_name": str, "size": POSITIVE, "root": HASH,
    "files": [{"path": str, "sha256": HASH, "size": COUNT}],
}
SENT = {"at": moment, "kind": str, "to": str}
FILES = [{"path": str, "sha256": HASH}]
FIXED = ("checkpoint.txt", "entries.jsonl", "documents.jsonl", "texts.json", "checkpoints.json",
         "anchors.json")
OPTIONAL = ("VERIFY.txt", "verify_record.py", "verify_record.mjs")
# fmt: on


# --- Signatures: Ed25519 [5], and ECDSA and RSA for passkeys [4] -----------------------------

Add = Callable[[Point, Point], Point]


def _multiples(add: Add, zero: Point, one: tuple[int, Point], other: tuple[int, Point]) -> Point:
    """Return u·P + v·Q, bit by bit for both together (Straus)."""
    (u, p), (v, q) = one, other
    table, result = (zero, p, q, add(p, q)), zero
    for bit in range(max(u.bit_length(), v.bit_length()) - 1, -1, -1):
        result = add(result, result)
        if chosen := (u >> bit & 1) + 2 * (v >> bit & 1):
            result = add(result, table[chosen])
    return result


P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ED_ZERO = (0, 1, 1, 0)


def _ed_add(p: Point, q: Point) -> Point:
    """Add points in extended coordinates (RFC 8032, 5.1.4); complete, so it doubles too."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


@functools.lru_cache(maxsize=1024)
def _ed_point(data: bytes) -> Point | None:
    """Return the point of a canonical encoding (RFC 8032, 5.1.3), or nothing."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


def _ed_base() -> Point:
    """Return the base point, whose y is 4/5 and whose x is even."""
    point = _ed_point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    assert point is not None  # noqa: S101 - for the type checker
    return point


ED_BASE = _ed_base()


def ed25519_verifies(key: bytes, message: bytes, signature: bytes) -> bool:
    """Check as RFC 8032 without the cofactor; refuse keys of small order, which sign anything."""
    point = _ed_point(key) if len(key) == 32 else None
    if point is None or len(signature) != 64:
        return False
    eight = functools.reduce(lambda each, _: _ed_add(each, each), range(3), point)
    s = int.from_bytes(signature[32:], "little")
    if s >= L or eight[0] == 0:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    minus = (P - point[0], point[1], 1, P - point[3])
    x, y, z, _ = _multiples(_ed_add, ED_ZERO, (s, ED_BASE), (k, minus))
    x, y = x * pow(z, -1, P) % P, y * pow(z, -1, P) % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


Q = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
P256_ZERO = (0, 1, 0)
P256_BASE = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    1,
)


def _p256_add(p: Point, q: Point) -> Point:
    """Add points in projective coordinates; complete (Renes, Costello, Batina 2015, a = -3)."""
    (x1, y1, z1), (x2, y2, z2) = p, q
    xx, yy, zz = x1 * x2, y1 * y2, z1 * z2
    xy, xz, yz = x1 * y2 + x2 * y1, x1 * z2 + x2 * z1, y1 * z2 + y2 * z1
    w = 3 * (B * zz - xz) % Q
    v = 3 * (B * xz - xx - 3 * zz) % Q
    u = 3 * (xx - zz) % Q
    minus, plus = yy - w, yy + w
    return (xy * minus - yz * v) % Q, (plus * minus + u * v) % Q, (yz * plus + xy * u) % Q


def _der_integers(data: bytes) -> tuple[int, int] | None:
    """Read SEQUENCE {r, s} in DER: re-encoding what was read must give the same bytes."""
    if len(data) < 8 or 6 + data[3] > len(data):
        return None
    r = int.from_bytes(data[4 : 4 + data[3]], "big")
    s = int.from_bytes(data[6 + data[3] :], "big")
    parts = [each.to_bytes(each.bit_length() // 8 + 1, "big") for each in (r, s)]
    inner = b"".join(bytes([2, len(part)]) + part for part in parts if len(part) < 34)
    return (r, s) if bytes([0x30, len(inner)]) + inner == data else None


def ecdsa_verifies(x: int, y: int, message: bytes, signature: bytes) -> bool:
    """Check ECDSA on P-256 with SHA-256 (FIPS 186-4), the signature in strict DER."""
    numbers = _der_integers(signature)
    if numbers is None or max(x, y) >= Q or (y * y - x * x * x + 3 * x - B) % Q:
        return False
    r, s = numbers
    if not (0 < r < N and 0 < s < N):
        return False
    inverse = pow(s, -1, N)
    u = int.from_bytes(hashlib.sha256(message).digest(), "big") * inverse % N
    point = _multiples(_p256_add, P256_ZERO, (u, P256_BASE), (r * inverse % N, (x, y, 1)))
    return point[2] != 0 and point[0] * pow(point[2], -1, Q) % Q % N == r


def rsa_verifies(n: bytes, e: bytes, message: bytes, signature: bytes) -> bool:
    """Check RSASSA-PKCS1-v1_5 with SHA-256 by comparing the whole encoded message."""
    modulus, exponent = int.from_bytes(n, "big"), int.from_bytes(e, "big")
    numbers = n[0] and e[0] and modulus & exponent & 1 and 3 <= exponent < 2**32
    if not (256 <= len(n) <= 512 and numbers and len(signature) == len(n)):
        return False
    end = (
        bytes.fromhex("003031300d060960864801650304020105000420") + hashlib.sha256(message).digest()
    )
    number = int.from_bytes(signature, "big")
    expected = b"\0\1" + b"\xff" * (len(n) - len(end) - 2) + end
    return number < modulus and pow(number, exponent, modulus).to_bytes(len(n), "big") == expected


# --- The tree [2] ----------------------------------------------------------------------------


def sha256(data: bytes | memoryview) -> bytes:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(data).digest()


class Tree:
    """Grow an RFC 6962 tree leaf by leaf, keeping one node for each bit of its size."""

    def __init__(self) -> None:
        """Start empty."""
        self.size = 0
        self._nodes: list[bytes] = []

    def add(self, body: bytes) -> None:
        """Add a leaf, and join what it completes."""
        node, left = sha256(b"\0" + body), self.size
        while left & 1:
            node, left = sha256(b"\1" + self._nodes.pop() + node), left >> 1
        self._nodes.append(node)
        self.size += 1

    def root(self) -> bytes:
        """Return the hash of the tree as it is now."""
        if not self._nodes:
            return sha256(b"")
        return functools.reduce(lambda right, left: sha256(b"\1" + left + right), self._nodes[::-1])


def leads_to_root(leaf: bytes, index: int, note: Note, proof: Sequence[bytes]) -> bool:
    """Check an inclusion proof as in RFC 9162, 2.1.3.2."""
    at, last, node = index, note.size - 1, leaf
    for each in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = sha256(b"\1" + each + node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = sha256(b"\1" + node + each)
        at, last = at >> 1, last >> 1
    return index < note.size and last == 0 and node == note.root


# --- Keys, notes and receipts [5] ------------------------------------------------------------

_NAME, _BASE64 = "[!-*,-~]+", "[A-Za-z0-9+/]+={0,2}"
_KEY = re.compile(rf"({_NAME})\+([0-9a-f]{{8}})\+({_BASE64})")
_LINE = f"\u2014 {_NAME} {_BASE64}\n"
_NOTE = re.compile(f"(({_NAME})\n([1-9][0-9]{{0,15}})\n({_BASE64})\n)\n((?:{_LINE}){{1,16}})")
_RECEIPT = re.compile(
    f"c2sp.org/tlog-proof@v1\nextra ({_BASE64})\nindex (0|[1-9][0-9]{{0,15}})\n"
    f"((?:{_BASE64}\n){{0,63}})\n(.*)",
    re.DOTALL,
)


def unbase64(text: str) -> bytes:
    """Decode standard, padded, canonical base64."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    need(data and base64.b64encode(data).decode() == text, "its base64 is not right")
    return data


@dataclass(frozen=True)
class Key:
    """Hold a verifier key of the log."""

    name: str
    identifier: bytes
    public: bytes


def read_key(text: object) -> Key:
    """Read a verifier key."""
    found = _KEY.fullmatch(text) if isinstance(text, str) else None
    if not found:
        raise Broken("a key is not in the form of a verifier key")
    name, data = found[1], unbase64(found[3])
    need(len(data) == 33 and data[0] == 1, "a key is not an Ed25519 key")
    identifier = sha256(name.encode() + b"\n" + data)[:4]
    need(identifier.hex() == found[2], "a key has another identifier")
    return Key(name, identifier, data[1:])


@dataclass(frozen=True)
class Note:
    """Hold a checkpoint: what was signed, and the lines that sign it."""

    origin: str
    size: int
    root: bytes
    signed: bytes
    lines: tuple[tuple[str, bytes, bytes], ...]


def read_note(text: str) -> Note:
    """Read a checkpoint; whether it is signed rightly is another question."""
    found = _NOTE.fullmatch(text)
    if not found:
        raise Broken("is not in the form of a checkpoint")
    root, lines = unbase64(found[4]), []
    need(len(root) == 32, "has a root that is no hash")
    for line in found[5].split("\n")[:-1]:
        _, name, signature = line.split(" ")
        data = unbase64(signature)
        need(len(data) > 4, "has a signature that is too short")
        lines.append((name, data[:4], data[4:]))
    need(len({line[:2] for line in lines}) == len(lines), "names a key twice")
    return Note(found[2], int(found[3]), root, found[1].encode(), tuple(lines))


@dataclass(frozen=True)
class Anchor:
    """Hold what was kept outside: a checkpoint, and for a receipt the entry it is for."""

    note: Note
    index: int = -1
    body: bytes = b""
    proof: tuple[bytes, ...] = ()


def read_anchor(data: bytes) -> Anchor:
    """Read a checkpoint or a receipt."""
    need(len(data) <= 4 * MIB, "is too large for an anchor")
    try:
        text = data.decode()
    except ValueError as error:
        raise Broken("is not text") from error
    if not text.startswith("c2sp.org/tlog-proof@v1\n"):
        return Anchor(read_note(text))
    found = _RECEIPT.fullmatch(text)
    if not found:
        raise Broken("is not in the form of a receipt")
    proof = tuple(unbase64(line) for line in found[3].split("\n")[:-1])
    need(all(len(each) == 32 for each in proof), "has a proof of other things than hashes")
    return Anchor(read_note(found[4]), int(found[2]), unbase64(found[1]), proof)


# --- The ZIP file [6] ------------------------------------------------------------------------

_PATH = re.compile("[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*")
_FLAGS, _VERSION, _DATE = (0, 0x0800), 20, 0x21


def _unpacks(path: str) -> bool:
    """Say whether a member unpacks as a file of its own, inside the folder."""
    return bool(_PATH.fullmatch(path)) and ".." not in path and "." not in path.split("/")


def read_zip(pack: bytes) -> dict[str, tuple[int, int]]:
    """Return where each member's bytes are; every other byte must be the one that follows."""
    need(len(pack) <= GIB, "the pack is larger than 1 GiB")
    view, members, central, at = memoryview(pack), {}, [], 0
    while pack[at : at + 4] == b"PK\3\4":
        need(len(pack) >= at + 30, "the pack was cut off")
        flags, crc = struct.unpack_from("<6xH6xI", pack, at)
        size, length = struct.unpack_from("<IH", pack, at + 22)
        start = at + 30 + length
        name = pack[at + 30 : start]
        common = struct.pack("<5H3I2H", _VERSION, flags, 0, 0, _DATE, crc, size, size, length, 0)
        path = name.decode("ascii", "replace")
        need(pack[at:start] == b"PK\3\4" + common + name, f"the header of {path!a} is not right")
        need(flags in _FLAGS and start + size <= len(pack), f"{path!a} was cut off")
        need(_unpacks(path) and path not in members, f"{path!a} has no right name")
        need(zlib.crc32(view[start : start + size]) == crc, f"the bytes of {path} were changed")
        head, tail = struct.pack("<4sH", b"PK\1\2", _VERSION), struct.pack("<3H2I", 0, 0, 0, 0, at)
        central.append(head + common + tail + name)
        members[path], at = (start, start + size), start + size
        need(len(members) <= MAX_MEMBERS, "the pack has too many members")
    directory, number = b"".join(central), len(members)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, number, number, len(directory), at, 0)
    need(pack[at:] == directory + end, "the directory of the pack does not say what is in it")
    first, *others = members or [""]
    need(first == "manifest.json" and others == sorted(others), "the members are not in order")
    return members


# --- The log: entries [2], signatures [3], passkeys [4] --------------------------------------


@dataclass
class Log:
    """Hold what one walk over the entries collects."""

    origin: str
    project: str
    documents: dict[str, bytes]  # the hash of a statement or exhibit -> what it says
    tree: Tree = field(default_factory=Tree)
    at: str = ""
    client: str = ""
    last: dict[str, Any] = field(default_factory=dict)
    keys: list[Key] = field(default_factory=list)  # in the order of the entries
    since: list[int] = field(default_factory=list)  # the numbers of those entries
    publics: dict[tuple[str, bytes], set[bytes]] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)  # commitment -> the last entry that has it
    erased: dict[str, int] = field(default_factory=dict)  # commitment -> the last to erase it
    statements: set[str] = field(default_factory=set)
    exhibits: set[str] = field(default_factory=set)
    acts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SIGNATURES, 0))
    roots: dict[int, tuple[bytes, str]] = field(default_factory=dict)  # size -> root, last moment


def check_entry(log: Log, body: bytes) -> None:
    """Check the next entry, and put it into the tree."""
    seq = log.tree.size
    entry = fit(canonical(body), ENTRY, "the entry")
    need(entry["seq"] == seq, f"its number is {entry['seq']}")
    need(entry["origin"] == log.origin, "it is from another log")
    need(entry["project"] == log.project, "it is from another project")
    need(entry["at"] >= log.at, "it is older than the entry before it")
    need((entry["kind"] == "LOG_STARTED") == (seq == 0), "LOG_STARTED stands first, and only there")
    log.at, log.last = entry["at"], entry
    log.held.update(dict.fromkeys(entry["texts"].values(), seq))
    if entry["kind"] in SIGNATURES:
        check_signature(log, entry)
    elif entry["kind"] in ("LOG_STARTED", "KEY_ROTATED"):
        key = read_key(entry["terms"].get("key"))
        log.keys.append(key)
        log.since.append(seq)
        log.publics.setdefault((key.name, key.identifier), set()).add(key.public)
    elif entry["kind"] == "TEXT_ERASED":
        fit(entry["terms"], {"commitments": [HASH]}, "the terms")
        log.erased.update(dict.fromkeys(entry["terms"]["commitments"], seq))
    if seq == 0:
        need(entry["terms"].get("format") == "readiness-record@1", "the log has another format")
        need(fits(entry["terms"].get("client"), UUID), "it names no client")
        log.client = entry["terms"]["client"]
    log.tree.add(body)


def check_signature(log: Log, entry: dict[str, Any]) -> None:
    """Check that an entry and its statement say the same, and that it is a client's."""
    terms, actor = fit(entry["terms"], SIGNATURE_TERMS, "the terms"), entry["actor"]
    need(actor["kind"] == "CLIENT", "its signer is not of a client")
    need(actor["organisation"] == log.client, "its signer is not of this client")
    need(terms["statement"] in log.documents, "its statement is not in the pack")
    need(terms["statement"] not in log.statements, "its statement was signed before")
    data = log.documents[terms["statement"]]
    statement = fit(canonical(data), STATEMENT, "the statement")
    same = {
        "act": entry["kind"],
        "origin": entry["origin"],
        "project": entry["project"],
        "subject": entry["subject"],
        "signer": {
            "id": actor["id"],
            "name": terms["signer_name"],
            "organisation": actor["organisation"],
            "organisation_name": terms["signer_organisation_name"],
        },
        "reason": entry["texts"].get("reason"),
    }
    for key, value in same.items():
        need(statement[key] == value, f"its statement has another {key}")
    need(entry["texts"].keys() <= {"reason"}, "it has a text that was not signed")
    need(statement["exhibit"] in log.documents, "its exhibit is not in the pack")
    passkey = terms["method"] == "PASSKEY"
    need(passkey == (terms["assertion"] is not None), "its method and its assertion do not fit")
    if passkey:
        check_assertion(terms["assertion"], data)
    log.statements.add(terms["statement"])
    log.exhibits.add(statement["exhibit"])
    log.acts[entry["kind"]] += 1


def check_assertion(assertion: Any, statement: bytes) -> None:
    """Check that a passkey signed a statement, with its user present and verified [4]."""
    fit(assertion, ASSERTION, "the assertion")
    names = ("authenticator_data", "client_data", "signature")
    told, client, signature = (bytes.fromhex(assertion[name]) for name in names)
    said = loose(client)
    challenge = base64.urlsafe_b64encode(sha256(statement)).decode().rstrip("=")
    need(isinstance(said, dict) and said.get("type") == "webauthn.get", "the passkey did not sign")
    need(said.get("challenge") == challenge, "the passkey signed something else")
    need(len(told) >= 37, "what the authenticator says is too short")
    need(told[:32] == sha256(assertion["rp"].encode()), "the passkey is for another place")
    need(told[32] & 0b101 == 0b101, "the passkey's user was not there or not verified")
    right = _signed(assertion["key"], told + sha256(client), signature)
    need(right, "the passkey's signature is wrong")


def _signed(key: dict[str, Any], message: bytes, signature: bytes) -> bool:
    """Check a passkey's signature by its algorithm."""
    parts = {name: bytes.fromhex(value) for name, value in key.items() if name != "alg"}
    if key["alg"] == -8:
        return ed25519_verifies(parts["x"], message, signature)
    if key["alg"] == -257:
        return rsa_verifies(parts["n"], parts["e"], message, signature)
    x, y = (int.from_bytes(parts[name], "big") for name in "xy")
    return ecdsa_verifies(x, y, message, signature)


def check_note(log: Log, note: Note) -> None:
    """Check that a checkpoint is of this log, has its root, and is signed by the key in force."""
    need(note.origin == log.origin, "it is for another log")
    need(note.size in log.roots, f"it is of {note.size} entries: the end of the pack was cut off")
    need(log.roots[note.size][0] == note.root, "it has another root than the entries")
    key = log.keys[bisect.bisect_left(log.since, note.size) - 1]
    signers = {line[:2] for line in note.lines}
    need((key.name, key.identifier) in signers, "it is not signed by the key of the log")
    for name, identifier, signature in note.lines:
        for public in log.publics.get((name, identifier), ()):
            right = ed25519_verifies(public, note.signed, signature)
            need(right, "its signature is wrong")


# --- What is in the pack [6] -----------------------------------------------------------------


@dataclass(frozen=True)
class Pack:
    """Hold a pack, and where its members are."""

    data: bytes
    places: dict[str, tuple[int, int]]

    def view(self, path: str) -> memoryview:
        """Return the bytes of a member, not copied."""
        start, stop = self.places[path]
        return memoryview(self.data)[start:stop]

    def whole(self, path: str) -> bytes:
        """Return the bytes of a member that is read at once."""
        need(self.view(path).nbytes <= MAX_JSON, "is too large")
        return bytes(self.view(path))

    def json(self, path: str) -> Any:
        """Return what a member says in canonical JSON."""
        with about(path):
            return canonical(self.whole(path))

    def lines(self, path: str, *, longest: int, most: int) -> Iterator[bytes]:
        """Yield the lines of a member, each without its newline."""
        start, stop = self.places[path]
        while start < stop and (most := most - 1) >= 0:
            end = self.data.find(b"\n", start, min(stop, start + longest + 1))
            need(end >= 0, f"{path} has a line that is too long, or that does not end")
            yield self.data[start:end]
            start = end + 1
        need(start == stop, f"{path} has too many lines")


def open_pack(data: bytes) -> tuple[Pack, dict[str, Any]]:
    """Return a pack whose members are all there, and its manifest."""
    pack = Pack(data, read_zip(data))
    for path in ("manifest.json", *FIXED):
        need(path in pack.places, f"{path} is not in the pack")
    manifest: dict[str, Any] = fit(pack.json("manifest.json"), MANIFEST, "manifest.json")
    need(manifest["size"] <= MAX_ENTRIES, "the record is too long")
    need(manifest["origin"].endswith("/p/" + manifest["project"]), "origin and project differ")
    return pack, manifest


def read_documents(pack: Pack, size: int) -> dict[str, bytes]:
    """Return statements and exhibits by their hashes; an entry leads to two at most."""
    documents: dict[str, bytes] = {}
    before = ""
    for line in pack.lines("documents.jsonl", longest=MAX_JSON, most=2 * size):
        name = sha256(line).hex()
        with about(f"document {name}"):
            need(isinstance(canonical(line), dict), "is not an object")
        need(before < name, "the documents are not in the order of their hashes")
        documents[name], before = line, name
    return documents


def read_checkpoints(pack: Pack) -> list[Note]:
    """Return the checkpoints on record and that of the pack, by size."""
    texts = pack.json("checkpoints.json")
    need(fits(texts, [str]), "checkpoints.json is not an array of texts")
    with about("checkpoint.txt"):
        own = str(pack.whole("checkpoint.txt"), "utf-8", "replace")
        last = read_note(own)
    with about("checkpoints.json"):
        notes = [read_note(text) for text in texts if text != own]
    sizes = [note.size for note in notes]
    once = texts[len(notes) :] in ([], [own])
    need(once, "checkpoint.txt is not the last of checkpoints.json")
    rising = sizes == sorted(set(sizes)) and last.size not in sizes
    need(rising, "the checkpoints are not in the order of their sizes")
    return [*notes, last]


def walk(pack: Pack, log: Log, sizes: set[int], indexes: set[int]) -> dict[int, bytes]:
    """Check every entry; keep the roots of some sizes, and return the bodies of some entries."""
    bodies = {}
    for seq, body in enumerate(pack.lines("entries.jsonl", longest=MIB, most=MAX_ENTRIES)):
        with about(f"entry {seq} was changed"):
            check_entry(log, body)
        if seq + 1 in sizes:
            log.roots[seq + 1] = log.tree.root(), log.at
        if seq in indexes:
            bodies[seq] = body
    return bodies


def check_texts(pack: Pack, log: Log) -> None:
    """Check that each text is the one its entry names, or that an entry says it was erased."""
    texts = pack.json("texts.json")
    need(isinstance(texts, dict), "texts.json is not an object")
    for name, each in texts.items():
        with about(f"text {name[:64]}"):
            need(name in log.held, "is named by no entry")
            fit(each, {"nonce": RANDOM, "text": str}, "it")
            told = sha256(bytes.fromhex(each["nonce"]) + each["text"].encode()).hex()
            need(told == name, f"of entry {log.held[name]} was changed")
    for name, seq in log.held.items():
        there = name in texts or log.erased.get(name, 0) > seq
        need(there, f"a text of entry {seq} is gone, and no later entry says that it was erased")


def check_members(pack: Pack, manifest: dict[str, Any], log: Log, sizes: set[int]) -> None:
    """Check that the manifest and the last entry name all that is in the pack, and nothing else."""
    files = manifest["files"]
    others = sorted(pack.places.keys() - {"manifest.json"})
    paths = [each["path"] for each in files]
    need(paths == others, "the manifest names other files than there are")
    hashes = {}
    for each in files:
        view, path = pack.view(each["path"]), each["path"]
        hashes[path] = sha256(view).hex()
        same = each["size"] == view.nbytes and each["sha256"] == hashes[path]
        need(same, f"{path} is not the file that the manifest names")
    exported = log.last["terms"].get("files") if log.last["kind"] == "EXPORTED" else []
    need(fits(exported, FILES), "the last entry does not name files in the right form")
    fixed = {"manifest.json", *FIXED, *OPTIONAL}
    named = {each["path"]: each["sha256"] for each in exported}
    need(len(named) == len(exported), "the last entry names a file twice")
    for path, told in named.items():
        ordinary = path not in fixed and not path.startswith("timestamps/")
        there = ordinary and hashes.get(path) == told
        need(there, f"the last entry names {path!a}, which may not be, or is not there")
    tokens = {f"timestamps/{size}.tsr" for size in sizes}
    for path in hashes.keys() - fixed - tokens - named.keys():
        raise Broken(f"{path} does not belong in the pack")


# --- The verdict [7] -------------------------------------------------------------------------


def check_outside(
    log: Log, kept: Sequence[Anchor], bodies: dict[int, bytes], pins: Sequence[str]
) -> None:
    """Check that what was kept outside, checkpoints, receipts and keys, fits the pack."""
    for number, anchor in enumerate(kept, 1):
        with about(f"anchor {number}"):
            check_note(log, anchor.note)
            if anchor.body:
                same = bodies.get(anchor.index) == anchor.body
                need(same, f"entry {anchor.index} is another one in the pack")
                leaf = sha256(b"\0" + anchor.body)
                leads = leads_to_root(leaf, anchor.index, anchor.note, anchor.proof)
                need(leads, "its proof does not lead to the root")
    with about("--key"):
        keys = {read_key(pin) for pin in pins}
        need(not keys or log.keys[-1] in keys, "the key in force is none of those that were given")


def check_checkpoints(log: Log, notes: Sequence[Note], manifest: dict[str, Any]) -> None:
    """Check the checkpoints on record, by size, so that the first wrong one says where to look."""
    start, size = 0, manifest["size"]
    need(log.tree.size == size, f"there are {log.tree.size} entries, and the manifest says {size}")
    for note in notes:
        with about(f"entries {start} to {note.size - 1}, or the checkpoint after them, changed"):
            check_note(log, note)
        start = note.size
    need(start == size, "checkpoint.txt is not of the size of the record")
    need(log.roots[size][0].hex() == manifest["root"], "the manifest has another root")
    need(log.client == manifest["client"], "the manifest has another client")


def read_anchors(anchors: Sequence[bytes]) -> list[Anchor]:
    """Read what was kept outside."""
    kept = []
    for number, each in enumerate(anchors, 1):
        with about(f"anchor {number}"):
            kept.append(read_anchor(each))
    return kept


def examine(data: bytes, anchors: Sequence[bytes], pins: Sequence[str]) -> Verdict:
    """Check everything; raise Broken at the first thing that does not hold."""
    kept = read_anchors(anchors)
    pack, manifest = open_pack(data)
    notes = read_checkpoints(pack)
    log = Log(manifest["origin"], manifest["project"], read_documents(pack, manifest["size"]))
    own, outside = {note.size for note in notes}, {anchor.note.size for anchor in kept}
    bodies = walk(pack, log, own | outside, {anchor.index for anchor in kept})
    check_checkpoints(log, notes, manifest)
    check_texts(pack, log)
    need(log.documents.keys() == log.statements | log.exhibits, "a document is named by nothing")
    sent = SENT | {"size": range(1, manifest["size"] + 1)}
    need(fits(pack.json("anchors.json"), [sent]), "anchors.json is not in the right form")
    check_members(pack, manifest, log, own)
    check_outside(log, kept, bodies, pins)
    return conclude(manifest, log, max(outside, default=0))


def conclude(manifest: dict[str, Any], log: Log, covered: int) -> Verdict:
    """Say what a pack is worth in which everything holds."""
    size, signatures = log.tree.size, sum(log.acts.values())
    acts = ", ".join(f"{number} {act.lower()}" for act, number in log.acts.items())
    remarks = (
        f"project: {manifest['project_name']} ({log.project}), as the server says",
        f"client: {manifest['client_name']} ({log.client}), as the server says",
        f"entries: {size}",
        f"signatures: {signatures} ({acts})",
        f"anchors from outside cover: {covered} of {size} entries",
    )
    if covered == size:
        return Verdict("VALID", None, "", size, signatures, remarks)
    since = log.roots[covered][1] if covered else "THE START"
    return Verdict("NOT_ANCHORED", since, "", size, signatures, remarks)


def verify(pack: bytes, *, anchors: Sequence[bytes] = (), pins: Sequence[str] = ()) -> Verdict:
    """Return the verdict on a pack; whatever the bytes are, nothing is raised."""
    try:
        return examine(pack, anchors, pins)
    except Broken as error:
        return Verdict("INVALID", reason=str(error))
    # No bytes may get past the verdict, not even those that nobody thought of.
    except Exception as error:
        return Verdict("INVALID", reason=f"the pack could not be read: {type(error).__name__}")


WORDS = {
    "VALID": ("VALID", 0),
    "INVALID": ("INVALID", 1),
    "NOT_ANCHORED": ("VALID BUT NOT ANCHORED OUTSIDE SINCE {since}", 3),
}


def _lines(found: Verdict) -> Iterator[str]:
    """Yield what people read; what a pack says may not move the cursor or start a line."""
    yield WORDS[found.verdict][0].format(since=found.since)
    for line in (found.reason, *found.remarks):
        if line:
            yield "".join(each if each.isprintable() else "?" for each in line)


def _read(parser: argparse.ArgumentParser, path: str, longest: int) -> bytes:
    """Return the bytes of a file, no more than shows that it is too long."""
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size  # 0 for a pipe
            return file.read(min(size or longest, longest) + 1)
    except OSError as error:
        parser.error(f"{path} cannot be read: {error.strerror}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify the pack that the command line names, and return the exit code."""
    parser = argparse.ArgumentParser(description="Verify an exported record pack offline.")
    parser.add_argument("pack", help="the exported pack, a ZIP file")
    many: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument("--anchor", help="a checkpoint or receipt that was kept outside", **many)
    parser.add_argument("--key", help="a verifier key that is known from outside", **many)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    called = parser.parse_args(arguments)
    pack = _read(parser, called.pack, GIB)
    anchors = [_read(parser, path, 4 * MIB) for path in called.anchor]
    found = verify(pack, anchors=anchors, pins=called.key)
    names = ("verdict", "since", "reason", "entries", "signatures")
    told = json.dumps({name: getattr(found, name) for name in names})
    text = told if called.json else "\n".join(_lines(found))
    sys.stdout.buffer.write((text + "\n").encode())
    return WORDS[found.verdict][1]


if __name__ == "__main__":
    sys.exit(main())
