"""Passkey assertions that break one rule each: FORMAT.md, section 4."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric import utils

from tests.record_packs import cases, small_order
from tests.record_packs.canonical import Json
from tests.record_packs.cases import GONE, Case, setting
from tests.record_packs.logs import Signing
from tests.record_packs.passkeys import P256, Ceremony, Edwards, Passkey, Rsa, challenge_of

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
PRIME = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
KINDS: dict[str, Passkey] = {"ES256": P256("key"), "EdDSA": Edwards("key"), "RS256": Rsa()}
Fault = Callable[[Json], Any]


def _flip(name: str, at: int) -> Fault:
    def change(assertion: Json) -> None:
        content = bytearray.fromhex(assertion[name])
        content[at] ^= 1
        assertion[name] = content.hex()

    return change


def _signature(change: Callable[[bytes], bytes]) -> Fault:
    def changed(assertion: Json) -> None:
        assertion["signature"] = change(bytes.fromhex(assertion["signature"])).hex()

    return changed


def _der(change: Callable[[int, int], tuple[int, int]]) -> Fault:
    def changed(signature: bytes) -> bytes:
        return utils.encode_dss_signature(*change(*utils.decode_dss_signature(signature)))

    return _signature(changed)


def _negative(signature: bytes) -> bytes:
    """Let r stand there without the nought that keeps it from being below nought."""
    _r, s = utils.decode_dss_signature(signature)
    tail = utils.encode_dss_signature(1, s)[5:]
    whole = b"\x02\x20" + b"\xff" * 32 + tail
    return bytes([0x30, len(whole)]) + whole


def _padded(signature: bytes) -> bytes:
    whole = bytes([2, signature[3] + 1, 0]) + signature[4:]
    return bytes([0x30, len(whole)]) + whole


def _raw(signature: bytes) -> bytes:
    r, s = utils.decode_dss_signature(signature)
    return r.to_bytes(32) + s.to_bytes(32)


def _past_order(signature: bytes) -> bytes:
    s = int.from_bytes(signature[32:], "little") + small_order.ORDER
    return signature[:32] + s.to_bytes(32, "little")


def _past_modulus(assertion: Json) -> None:
    n = int(assertion["key"]["n"], 16)
    past = int(assertion["signature"], 16) + n
    assertion["signature"] = f"{past:0{2 * ((past.bit_length() + 7) // 8)}x}"


def _exponent_of_one(assertion: Json) -> None:
    """Let the signature be what every signature to the power of e would have to be."""
    client = hashlib.sha256(bytes.fromhex(assertion["client_data"])).digest()
    hashed = hashlib.sha256(bytes.fromhex(assertion["authenticator_data"]) + client).hexdigest()
    end = "003031300d060960864801650304020105000420" + hashed
    assertion["key"]["e"] = "01"
    assertion["signature"] = "0001" + "ff" * (256 - 2 - len(end) // 2) + end


def _forge(key: str) -> Fault:
    def change(assertion: Json) -> None:
        client = hashlib.sha256(bytes.fromhex(assertion["client_data"])).digest()
        message = bytes.fromhex(assertion["authenticator_data"]) + client
        assertion["key"]["x"] = key
        assertion["signature"] = small_order.forged(bytes.fromhex(key), message).hex()

    return change


def _another(assertion: Json) -> None:
    others: dict[int, Passkey] = {-7: P256("other"), -8: Edwards("other"), -257: Rsa(3072)}
    assertion["key"] = others[assertion["key"]["alg"]].key


def _of_another_kind(assertion: Json) -> None:
    others: dict[int, Passkey] = {-7: Edwards("key"), -8: Rsa(), -257: P256("key")}
    assertion["key"] = others[assertion["key"]["alg"]].key


EVERY: dict[str, Fault] = {
    **{
        f"without {name}": setting(name, GONE)
        for name in ("authenticator_data", "client_data", "credential", "key", "rp", "signature")
    },
    "a key too many": setting("user", "ab"),
    "another rp": setting("rp", "other.example"),
    "an rp that is no text": setting("rp", None),
    "the key a text": setting("key", "ab"),
    "a key with something too many": setting("key.kty", 2),
    "no algorithm": setting("key.alg", GONE),
    "another algorithm": setting("key.alg", -37),
    "the algorithm as text": setting("key.alg", "-7"),
    "an empty signature": setting("signature", ""),
    "another signature": _flip("signature", -1),
    "a signature with a byte too many": _signature(lambda signature: signature + b"\0"),
    "a signature with a byte too few": _signature(lambda signature: signature[:-1]),
    "a signature in capitals": lambda row: row.update(signature=row["signature"].upper()),
    "half a byte": lambda row: row.update(signature=row["signature"][:-1]),
    "a space after the digits": lambda row: row.update(signature=row["signature"] + " "),
    "another counter": _flip("authenticator_data", 36),
    "other client data": _flip("client_data", -3),
    "a space after client data": lambda row: row.update(client_data=row["client_data"] + "20"),
    "a credential that is no text": setting("credential", None),
    "an empty credential": setting("credential", ""),
    "a credential not in digits": setting("credential", "xyz"),
    "another key": _another,
    "a key of another kind": _of_another_kind,
}
ONLY: dict[str, dict[str, Fault]] = {
    "ES256": {
        "no y": setting("key.y", GONE),
        "x of 31 bytes": setting("key.x", "ab" * 31),
        "x as a number": setting("key.x", 7),
        "a point that is not on the curve": setting("key.y", "01" * 32),
        "the point at nought": lambda row: row["key"].update(x="00" * 32, y="00" * 32),
        "x past the prime": lambda row: row["key"].update(x=f"{PRIME:064x}"),
        "r past the order": _der(lambda r, s: (r + ORDER, s)),
        "s past the order": _der(lambda r, s: (r, s + ORDER)),
        "r of nought": _der(lambda _r, s: (0, s)),
        "s of nought": _der(lambda r, _s: (r, 0)),
        "both of nought": _der(lambda _r, _s: (0, 0)),
        "r and s swapped": _der(lambda r, s: (s, r)),
        "r below nought": _signature(_negative),
        "the length in the long form": _signature(lambda der: der[:1] + b"\x81" + der[1:]),
        "a nought too many before r": _signature(_padded),
        "not in DER": _signature(_raw),
    },
    "EdDSA": {
        "x of 31 bytes": setting("key.x", "ab" * 31),
        "x of 33 bytes": setting("key.x", "ab" * 33),
        "a y beside it": setting("key.y", "ab" * 32),
        "S past the order": _signature(_past_order),
        "a signature of noughts": setting("signature", "00" * 64),
        **{f"a key of small order, {key[:4]}…{key[-2:]}": _forge(key) for key in small_order.KEYS},
    },
    "RS256": {
        "no e": setting("key.e", GONE),
        "e of 1, so that anybody signs": _exponent_of_one,
        "e of nought": setting("key.e", "00"),
        "an even e": setting("key.e", "010000"),
        "n of nought": setting("key.n", "00" * 256),
        "n with a nought before it": lambda row: row["key"].update(n="00" + row["key"]["n"]),
        "a signature past n": _past_modulus,
        "a nought before the signature": _signature(lambda signature: b"\0" + signature),
        "a signature of noughts": setting("signature", "00" * 256),
        "a signature of one": setting("signature", "00" * 255 + "01"),
    },
}


def _client(**changes: Any) -> Callable[[Json], None]:
    """Sign anew over client data that say something else."""

    def change(assertion: Json) -> None:
        said = json.loads(bytes.fromhex(assertion["client_data"]))
        said = {key: value for key, value in (said | changes).items() if value is not GONE}
        _sign_client(assertion, json.dumps(said).encode())

    return change


def _client_bytes(change: Callable[[bytes], bytes]) -> Callable[[Json], None]:
    return lambda row: _sign_client(row, change(bytes.fromhex(row["client_data"])))


def _sign_client(assertion: Json, client: bytes) -> None:
    assertion["client_data"] = client.hex()
    message = bytes.fromhex(assertion["authenticator_data"]) + hashlib.sha256(client).digest()
    assertion["signature"] = KINDS["EdDSA"].sign(message).hex()


CLIENT: dict[str, Fault] = {
    "another type": _client(type="webauthn.create"),
    "a type in capitals": _client(type="WEBAUTHN.GET"),
    "no type": _client(type=GONE),
    "no challenge": _client(challenge=GONE),
    "the challenge of another statement": _client(challenge=challenge_of(b"{}")),
    "a challenge that is no text": _client(challenge=7),
    "an empty challenge": _client(challenge=""),
    "not JSON": _client_bytes(lambda _client: b"seen"),
    "an array": _client_bytes(lambda client: b"[" + client + b"]"),
    "something after it": _client_bytes(lambda client: client + b"{}"),
    "a byte order mark": _client_bytes(lambda client: b"\xef\xbb\xbf" + client),
    "not UTF-8": _client_bytes(lambda client: client.replace(b"gate", b"g\xfcte")),
    "UTF-16": _client_bytes(lambda client: client.decode().encode("utf-16")),
    "33 deep": _client_bytes(
        lambda client: client[:-1] + b', "a": ' + b"[" * 32 + b"]" * 32 + b"}"
    ),
    "the challenge twice, within": _client_bytes(
        lambda client: client[:-1] + b', "a": {"b": 1, "b": 1}}'
    ),
    "the type twice": _client_bytes(lambda client: client[:-1] + b', "type": "webauthn.get"}'),
}


def _ceremonies() -> Iterator[tuple[str, Ceremony]]:
    key = P256("key")
    yield "nobody present", Ceremony(key, flags=0x04)
    yield "not verified", Ceremony(key, flags=0x01)
    yield "neither", Ceremony(key, flags=0xFA)
    rp = hashlib.sha256(b"gate.example").digest()
    yield "36 bytes of an authenticator", Ceremony(key, authenticator_data=rp + b"\5\0\0\0")
    other = hashlib.sha256(b"other.example").digest()
    yield "the hash of another rp", Ceremony(key, authenticator_data=other + b"\5\0\0\0\1")
    yield "signed over more", Ceremony(key, message_tail=b"\0")
    yield "n of 255 bytes", Ceremony(Rsa(2040))
    yield "n of 513 bytes", Ceremony(Rsa(4104))


def _padded_challenge(assertion: Json) -> None:
    said = json.loads(bytes.fromhex(assertion["client_data"]))["challenge"]
    _client(challenge=f"{said}=")(assertion)


def _standard_challenge(assertion: Json) -> None:
    said = json.loads(bytes.fromhex(assertion["client_data"]))["challenge"]
    plain = base64.b64encode(base64.urlsafe_b64decode(f"{said}=")).decode().rstrip("=")
    _client(challenge=plain if plain != said else f"{said}A")(assertion)


def bad_cases() -> Iterator[Case]:
    """Yield packs in which one thing is wrong with one assertion."""
    for kind, passkey in KINDS.items():
        for name, fault in (EVERY | ONLY[kind]).items():
            signing = Signing(ceremony=Ceremony(passkey), change_assertion=fault)
            yield cases.bad(f"passkey: {kind}: {name}", cases.signed(signing))
    client = {"a padded challenge": _padded_challenge, "standard base64": _standard_challenge}
    for name, fault in (CLIENT | client).items():
        signing = Signing(ceremony=Ceremony(KINDS["EdDSA"]), change_assertion=fault)
        yield cases.bad(f"passkey: client data: {name}", cases.signed(signing))
    for name, ceremony in _ceremonies():
        yield cases.bad(f"passkey: {name}", cases.signed(Signing(ceremony=ceremony)))
    signing = Signing(ceremony=Ceremony(P256("key")), change_terms=setting("assertion", None))
    yield cases.bad("passkey: no assertion", cases.signed(signing))


def good_cases() -> Iterator[Case]:
    """Yield packs with assertions at the limits of what is allowed."""
    key = P256("key")
    rp = hashlib.sha256(b"gate.example").digest()
    more = Ceremony(key, authenticator_data=rp + b"\xc5\0\0\0\1" + b"\xa1\x61\x61\x01" * 20)
    right: dict[str, Ceremony] = {
        "all flags": Ceremony(key, flags=0xFF),
        "extensions": more,
        "an rp that is not ASCII": Ceremony(key, rp="gäte.example"),
        "RSA of 3072 bits": Ceremony(Rsa(3072)),
        "RSA of 4096 bits": Ceremony(Rsa(4096)),
        **{f"another key {number}": Ceremony(P256(f"key {number}")) for number in range(6)},
        **{
            f"another Ed25519 key {number}": Ceremony(Edwards(f"key {number}"))
            for number in range(4)
        },
    }
    for name, ceremony in right.items():
        yield cases.good(f"passkey: {name}", cases.signed(Signing(ceremony=ceremony)))
    high = Signing(ceremony=Ceremony(key), change_assertion=_der(lambda r, s: (r, ORDER - s)))
    yield cases.good("passkey: the other s", cases.signed(high))
    odd = _client_bytes(lambda client: b"\n\t " + client[:-1] + b', "more": {"a": [1.5e3]}} ')
    signing = Signing(ceremony=Ceremony(KINDS["EdDSA"]), change_assertion=odd)
    yield cases.good("passkey: odd client data", cases.signed(signing))
