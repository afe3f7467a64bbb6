"""Passkeys of the tests: what each kind asserts, and what must be refused."""

import base64
import json
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils
from cryptography.hazmat.primitives.hashes import SHA256

from tests.governance.record.verifiers.verify_record_mjs.building import Json, World, sha
from tests.governance.record.verifiers.verify_record_mjs.calling import Case
from tests.governance.record.verifiers.verify_record_mjs.signing import signed

RP = "gate.example.com"
Signs = Callable[[bytes], bytes]


def ed25519_passkey() -> tuple[Json, Signs]:
    """Return a key of algorithm -8 and what signs with it."""
    private = ed25519.Ed25519PrivateKey.from_private_bytes(b"p" * 32)
    return {"alg": -8, "x": private.public_key().public_bytes_raw().hex()}, private.sign


def ecdsa_passkey() -> tuple[Json, Signs]:
    """Return a key of algorithm -7 and what signs with it."""
    private = ec.derive_private_key(0xC0FFEE, ec.SECP256R1())
    point = private.public_key().public_numbers()
    key = {"alg": -7, "x": f"{point.x:064x}", "y": f"{point.y:064x}"}
    return key, lambda message: private.sign(message, ec.ECDSA(SHA256()))


RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
THREE = rsa.generate_private_key(public_exponent=3, key_size=2048)


def rsa_passkey(private: rsa.RSAPrivateKey = RSA) -> tuple[Json, Signs]:
    """Return a key of algorithm -257 and what signs with it."""
    public = private.public_key().public_numbers()
    size = private.key_size // 4
    key = {"alg": -257, "e": "010001" if public.e != 3 else "03", "n": f"{public.n:0{size}x}"}
    return key, lambda message: private.sign(message, padding.PKCS1v15(), SHA256())


def asserting(
    maker: Callable[[], tuple[Json, Signs]] = ed25519_passkey, **changes: Any
) -> Callable[[str], Json]:
    """Return what a passkey asserts about a statement by its hash.

    `client`, `client_bytes`, `flags`, `rp_hash` and `tail` are changed before it signs;
    `after` stands in for keys of the assertion, `key` for keys of its key.
    """

    def passkey(statement: str) -> Json:
        key, sign = maker()
        challenge = base64.urlsafe_b64encode(bytes.fromhex(statement)).rstrip(b"=").decode()
        said = {"type": "webauthn.get", "challenge": challenge, **changes.get("client", {})}
        client = changes.get("client_bytes", lambda text: text)(json.dumps(said).encode())
        rp_hash = changes.get("rp_hash", sha(RP.encode()))
        tail = changes.get("tail", bytes(4))
        data = rp_hash + bytes([changes.get("flags", 0b101)]) + tail
        return {
            "authenticator_data": data.hex(),
            "client_data": client.hex(),
            "credential": "c0de",
            "key": {**key, **changes.get("key", {})},
            "rp": RP,
            "signature": sign(data + sha(client)).hex(),
            **changes.get("after", {}),
        }

    return passkey


def _case(reason: str, *makers: Callable[[], tuple[Json, Signs]], **changes: Any) -> Case:
    world = World().start()
    for maker in makers or (ed25519_passkey,):
        signed(world, passkey=asserting(maker, **changes))
    return Case(world.pack(), reason)


PASSKEYS: dict[str, Callable[[], Case]] = {}


def _add(name: str, reason: str, *makers: Callable[[], tuple[Json, Signs]], **changes: Any) -> None:
    assert name not in PASSKEYS
    PASSKEYS[name] = lambda: _case(reason, *makers, **changes)


def _der(*numbers: bytes, head: int = 0x30) -> str:
    inner = b"".join(bytes([2, len(number)]) + number for number in numbers)
    return (bytes([head, len(inner)]) + inner).hex()


def _ecdsa(change: Callable[[int, int], str], *, top: int = 0) -> Callable[[], tuple[Json, Signs]]:
    """Return a maker whose signatures are r and s written in another way."""

    def maker() -> tuple[Json, Signs]:
        key, sign = ecdsa_passkey()

        def signs(message: bytes) -> bytes:
            r, s = utils.decode_dss_signature(sign(message))
            # where no top bit is set what is added still fits into 72 bytes
            while (r >> 255, s >> 255) != (top, 0):
                r, s = utils.decode_dss_signature(sign(message))
            return bytes.fromhex(change(r, s))

        return key, signs

    return maker


def _raw(number: int) -> bytes:
    return number.to_bytes(32, "big")


def _int(number: int) -> bytes:
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


N256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
P256 = 2**256 - 2**224 + 2**192 + 2**96 - 1

_add("good_passkeys", "", ed25519_passkey, ecdsa_passkey, rsa_passkey)
_add("good_flags", "", flags=0xFF, tail=bytes(400))
_add("good_client", "", client={"crossOrigin": False, "origin": "x", "n": 1.5})
_add("good_spaces", "", client_bytes=lambda text: b" " + text + b"\n")
_add("good_s", "", _ecdsa(lambda r, s: _der(_int(r), _int(s))))
_add("good_other_s", "", _ecdsa(lambda r, s: _der(_int(r), _int(N256 - s))))
for bit in (0, 2):
    _add(f"bit_{bit}", "did not verify its user", flags=0xFF & ~(1 << bit))
for bit in (1, 3, 4, 5, 6, 7):
    _add(f"good_bit_{bit}", "", flags=0xFF & ~(1 << bit))
_add("flags_none", "did not verify its user", flags=0)
_add("short", "too short", tail=bytes(3))
_add("good_shortest", "", tail=bytes(4))
_add("other_site", "another site's", rp_hash=bytes(32))
_add("other_rp", "another site's", after={"rp": "evil.example.com"})
_add("type", "not of type webauthn.get", client={"type": "webauthn.create"})
_add("type_null", "not of type webauthn.get", client={"type": None})
for i, other in enumerate(["", "A" * 43, None, 1]):
    _add(f"challenge_{i}", "answered another challenge", client={"challenge": other})
_add("padded", "another challenge", client_bytes=lambda text: text.replace(b'"}', b'="}'))
_add("client_twice", "names a key twice", client_bytes=lambda text: b'{"type":"x",' + text[1:])
_add("client_twice_inside", "names a key twice", client={"a": "b"}, client_bytes=lambda text: (
    text[:-1] + b',"n":[{"a":1,"\\u0061":2}]}'
))  # fmt: skip
_add("good_colons", "", client={"a:b": ":{[", "c": [{"d": '\\":'}], "__proto__": {"": 1}})
_add(
    "good_depth", "", client_bytes=lambda text: text[:-1] + b',"n":' + b"[" * 31 + b"]" * 31 + b"}"
)
_add(
    "client_deep",
    "nested too deep",
    client_bytes=lambda text: text[:-1] + b',"n":' + b"[" * 32 + b"]" * 32 + b"}",
)
_add("client_list", "is no object", client_bytes=lambda text: b"[" + text + b"]")
_add("client_mark", "not UTF-8", client_bytes=lambda text: b"\xef\xbb\xbf" + text)
_add("client_latin", "not UTF-8", client_bytes=lambda text: text[:-1] + b',"a":"\xe4"}')
_add("client_broken", "client_data: not JSON", client_bytes=lambda text: text[:-1])
_add("client_nan", "client_data: not JSON", client_bytes=lambda text: text[:-1] + b',"a":NaN}')
for name in ("authenticator_data", "client_data", "credential", "signature"):
    for i, other in enumerate(["", "0", "AB", "0g", None, "00 "]):
        _add(f"{name}_{i}", '"assertion" is not in its form', after={name: other})
_add("rp_null", '"assertion" is not in its form', after={"rp": None})
_add("more", '"assertion" is not in its form', after={"more": None})
_add("key_more", '"assertion" is not in its form', key={"more": "00"})
for i, other in enumerate([-6, -35, 0, "-8", None, -7, -257]):
    _add(f"alg_{i}", '"assertion" is not in its form', key={"alg": other})
_add("x_short", '"assertion" is not in its form', key={"x": "00" * 31})
_add("key_null", '"assertion" is not in its form', after={"key": None})
_add("signature", "signature is wrong", after={"signature": "00" * 64})
_add("not_a_point", "signature is wrong", key={"x": "02" + "00" * 31})
_add("not_canonical", "signature is wrong", key={"x": (2**255 - 18).to_bytes(32, "little").hex()})
_add(
    "small_order",
    "signature is wrong",
    key={"x": "01" + "00" * 31},
    after={"signature": "01" + "00" * 63},
)
_add("credential_of_another_key", "signature is wrong", ecdsa_passkey, key={"x": "00" * 32})
_add("x_above_p", "signature is wrong", ecdsa_passkey, key={"x": f"{P256:064x}"})
_add("y_negated_off", "signature is wrong", ecdsa_passkey, key={"y": "00" * 31 + "01"})

DER: dict[str, Callable[[int, int], str]] = {
    "zero_before_r": lambda r, s: (
        _der(b"\0" + _int(r), _int(s)) if r >> 255 == 0 else _der(b"\0\0" + _int(r), _int(s))
    ),
    "zero_before_s": lambda r, s: _der(_int(r), b"\0" + _int(s)),
    "no_sign": lambda r, s: _der(b"\xff" + _int(r), _int(s)),
    "r_plus_n": lambda r, s: _der(_int(r + N256), _int(s)),
    "s_plus_n": lambda r, s: _der(_int(r), _int(s + N256)),
    "more_after": lambda r, s: _der(_int(r), _int(s)) + "00",
    "more_inside": lambda r, s: _der(_int(r), _int(s), b""),
    "only_r": lambda r, s: _der(_int(r)),
    "zeros": lambda r, s: _der(b"\0", b"\0"),
    "empty_numbers": lambda r, s: _der(b"", b""),
    "octets": lambda r, s: _der(_int(r), _int(s)).replace("0220", "0420"),
    "octets_s": lambda r, s: _der(_int(r)) + "04" + f"{len(_int(s)):02x}" + _int(s).hex(),
    "set": lambda r, s: _der(_int(r), _int(s), head=0x31),
    "long_form": lambda r, s: "3081" + _der(_int(r), _int(s))[2:],
    "raw": lambda r, s: f"{r:064x}{s:064x}",
    "two_bytes": lambda r, s: "3000",
    "one_byte": lambda r, s: "30",
}
_add("der_negative", "is wrong", _ecdsa(lambda r, s: _der(_raw(r), _int(s)), top=1))
_add("good_der_top", "", _ecdsa(lambda r, s: _der(_int(r), _int(s)), top=1))
for name, change in DER.items():
    _add(f"der_{name}", "signature is wrong", _ecdsa(change))


def _rsa(**changes: str) -> Callable[[], tuple[Json, Signs]]:
    def maker() -> tuple[Json, Signs]:
        key, sign = rsa_passkey()
        return {**key, **changes}, sign

    return maker


N2048 = RSA.public_key().public_numbers().n
_add("rsa_e_zero_byte", "signature is wrong", _rsa(e="00010001"))
_add("good_rsa_e", "", _rsa(e="010001"))
_add("good_rsa_e_3", "", lambda: rsa_passkey(THREE))
_add("rsa_e_1", "signature is wrong", _rsa(e="01"))
_add("rsa_e_even", "signature is wrong", _rsa(e="010000"))
_add("rsa_e_long", "signature is wrong", _rsa(e="0100000001"))
_add("rsa_n_zero_byte", "signature is wrong", _rsa(n=f"{N2048:0514x}"))
_add("rsa_n_even", "signature is wrong", _rsa(n=f"{N2048 - 1:0512x}"))
_add("rsa_n_short", "signature is wrong", _rsa(n=f"{N2048 >> 8:0510x}"))
_add("rsa_n_long", "signature is wrong", _rsa(n=f"{N2048 << 2056 | 1:01026x}"))
_add("rsa_other", "signature is wrong", _rsa(n=f"{N2048 - 2:0512x}"))
SMALL = rsa.generate_private_key(65537, 2040)  # noqa: S505 - must be refused
_add("rsa_of_255_bytes", "signature is wrong", lambda: rsa_passkey(SMALL))
_add("rsa_short_signature", "signature is wrong", rsa_passkey, after={"signature": "00" * 255})


def _forged(e: int = 1) -> tuple[Json, Signs]:
    """Return a key whose exponent is 1: the padded hash itself is the signature."""
    info = bytes.fromhex("3031300d060960864801650304020105000420")
    key, _ = rsa_passkey()

    def signs(message: bytes) -> bytes:
        return b"\0\1" + b"\xff" * 202 + b"\0" + info + sha(message)

    return {**key, "e": f"{e:02x}"}, signs


_add("rsa_forged_by_an_exponent_of_1", "signature is wrong", _forged)


def _pss() -> tuple[Json, Signs]:
    key, _ = rsa_passkey()
    pss = padding.PSS(padding.MGF1(SHA256()), 32)
    return key, lambda message: RSA.sign(message, pss, SHA256())


_add("rsa_pss", "signature is wrong", _pss)
