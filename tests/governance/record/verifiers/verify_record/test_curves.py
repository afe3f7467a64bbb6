"""Ed25519, ECDSA and RSA by hand, against the published vectors and against `cryptography`."""

import hashlib
import random

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from governance.record.verifiers.verify_record import (
    ED_BASE,
    ED_ZERO,
    N,
    P,
    Q,
    _ed_add,
    _ed_point,
    _multiples,
    ecdsa_verifies,
    ed25519_verifies,
    rsa_verifies,
)
from tests.record_packs import passkeys, small_order
from tests.record_packs.passkeys import Rsa
from tests.record_packs.small_order import ORDER

RFC_8032 = [  # section 7.1: public key, message, signature
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
        "454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030"
        "3dca179c138ac17ad9bef1177331a704",
    ),
]


def flipped(data: bytes, bit: int) -> bytes:
    """Return bytes of which one bit is another."""
    return (int.from_bytes(data, "little") ^ 1 << bit).to_bytes(len(data), "little")


def little(number: int) -> bytes:
    """Return 32 bytes."""
    return number.to_bytes(32, "little")


def multiple(number: int) -> tuple[int, ...]:
    """Return a multiple of the base point."""
    return _multiples(_ed_add, ED_ZERO, (number, ED_BASE), (0, ED_BASE))


def encoded(point: tuple[int, ...]) -> bytes:
    """Return the encoding of a point."""
    inverse = pow(point[2], -1, P)
    return little(point[1] * inverse % P | (point[0] * inverse % P & 1) << 255)


class TestEd25519:
    @pytest.mark.parametrize(("key", "message", "signature"), RFC_8032)
    def test_knows_the_vectors_of_the_rfc(self, key: str, message: str, signature: str) -> None:
        parts = [bytes.fromhex(each) for each in (key, message, signature)]
        assert ed25519_verifies(*parts)
        for bit in range(0, 512, 17):
            assert not ed25519_verifies(parts[0], parts[1], flipped(parts[2], bit))
        for bit in range(0, 256, 17):
            assert not ed25519_verifies(flipped(parts[0], bit), parts[1], parts[2])
        assert not ed25519_verifies(parts[0], parts[1] + b"\0", parts[2])

    def test_says_what_openssl_signs(self) -> None:
        chance = random.Random(7)  # noqa: S311 - the same runs each time
        for length in range(60):
            key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
            message, public = chance.randbytes(length), key.public_key().public_bytes_raw()
            signature = key.sign(message)
            assert ed25519_verifies(public, message, signature)
            bit = chance.randrange(512)
            assert not ed25519_verifies(public, message, flipped(signature, bit)), bit

    def test_refuses_another_length(self) -> None:
        key, message, signature = (bytes.fromhex(each) for each in RFC_8032[0])
        for odd in (signature[:-1], signature + b"\0", b"", signature * 2):
            assert not ed25519_verifies(key, message, odd)
        for odd in (key[:-1], key + b"\0", b""):
            assert not ed25519_verifies(odd, message, signature)

    def test_refuses_an_s_that_is_not_below_the_order(self) -> None:
        key, message, signature = (bytes.fromhex(each) for each in RFC_8032[1])
        s = int.from_bytes(signature[32:], "little")
        for other in (s + ORDER, s + 2 * ORDER, ORDER, 2**256 - 1):
            assert not ed25519_verifies(key, message, signature[:32] + little(other))

    @pytest.mark.parametrize("key", small_order.KEYS)
    def test_refuses_keys_that_sign_anything(self, key: str) -> None:
        public = bytes.fromhex(key)
        assert not ed25519_verifies(public, b"any", small_order.forged(public, b"any"))

    def test_says_what_openssl_says_of_keys_of_mixed_order(self) -> None:
        """Such a key verifies one in eight: whether k is reduced first decides which."""
        key = next(key for key, order in small_order.KEYS.items() if order == 8)
        torsion = _ed_point(bytes.fromhex(key))
        assert torsion is not None
        secret, said = 12345, set()
        public = encoded(_ed_add(multiple(secret), torsion))
        openssl = Ed25519PublicKey.from_public_bytes(public)
        for r in range(1, 33):
            point = encoded(multiple(r))
            k = int.from_bytes(hashlib.sha512(point + public + b"message").digest(), "little")
            signature = point + little((r + k * secret) % ORDER)
            try:
                openssl.verify(signature, b"message")
                expected = True
            except InvalidSignature:
                expected = False
            assert ed25519_verifies(public, b"message", signature) is expected
            said.add((expected, k % 8 == 0))
        assert len(said) > 2

    @pytest.mark.parametrize(
        "key",
        [
            little(P), little(P + 1), little(2**255 - 1), little(P + 3),  # y is not below p
            little(1 | 1 << 255), little(P - 1 | 1 << 255),  # x is 0 and has a sign
            little(2), little(7),  # no such point
        ],
    )  # fmt: skip
    def test_refuses_encodings_that_are_not_canonical(self, key: bytes) -> None:
        identity = little(1)
        assert not ed25519_verifies(key, b"any", identity + little(0))

    def test_compares_the_bytes_of_r(self) -> None:
        """With S = r and R the same point written in another way, nothing verifies."""
        key, message, _ = (bytes.fromhex(each) for each in RFC_8032[0])
        for r in (little(P + 1), little(1 | 1 << 255), little(ED_BASE[1])):
            assert not ed25519_verifies(key, message, r + little(0))


def der(*numbers: bytes, inner: int | None = None) -> bytes:
    """Return a sequence of integers, with any bytes in them."""
    body = b"".join(bytes([2, len(each)]) + each for each in numbers)
    return bytes([0x30, len(body) if inner is None else inner]) + body


class TestEcdsa:
    KEY = ec.derive_private_key(0x1234567890ABCDEF, ec.SECP256R1())
    POINT = KEY.public_key().public_numbers()

    def verifies(self, signature: bytes, message: bytes = b"message") -> bool:
        return ecdsa_verifies(self.POINT.x, self.POINT.y, message, signature)

    def signature(self) -> bytes:
        return self.KEY.sign(b"message", ec.ECDSA(hashes.SHA256(), deterministic_signing=True))

    def test_says_what_openssl_signs(self) -> None:
        for number in range(1, 60):
            key = ec.derive_private_key(number * N // 61, ec.SECP256R1())
            point, message = key.public_key().public_numbers(), b"m" * number
            signature = key.sign(message, ec.ECDSA(hashes.SHA256()))
            assert ecdsa_verifies(point.x, point.y, message, signature)
            assert not ecdsa_verifies(point.x, Q - point.y, message, signature)
            assert not ecdsa_verifies(point.x, point.y, message + b"!", signature)

    def test_takes_a_high_s_as_the_page_does(self) -> None:
        r, s = decode_dss_signature(self.signature())
        assert self.verifies(encode_dss_signature(r, s))
        assert self.verifies(encode_dss_signature(r, N - s))

    def test_refuses_every_changed_bit(self) -> None:
        good = self.signature()
        assert self.verifies(good)
        assert not [bit for bit in range(8 * len(good)) if self.verifies(flipped(good, bit))]

    def test_refuses_numbers_out_of_range(self) -> None:
        r, s = decode_dss_signature(self.signature())
        for pair in ((0, s), (r, 0), (0, 0), (N, s), (r, N), (r + N, s), (r, s + N), (1, 1)):
            assert not self.verifies(encode_dss_signature(*pair))

    def test_refuses_what_is_not_strict_der(self) -> None:
        good = self.signature()
        numbers = decode_dss_signature(good)
        r, s = (each.to_bytes(each.bit_length() // 8 + 1, "big") for each in numbers)
        assert der(r, s) == good
        odd = [
            good + b"\0", good[:-1], b"", b"0", b"\x30\x00", b"\x30\x06\x02\x01",
            der(r), der(r, s, s),
            der(b"\0" + r, s), der(r, b"\0" + s), der(b"", s), der(r, b""), der(b"\xff" + r[1:], s),
            b"\x30\x81" + good[1:], der(r, s, inner=len(good)), der(r, s, inner=0x80) + b"\0\0",
            b"\x31" + good[1:], good.replace(b"\x02", b"\x03", 1), r + s, b"\xff" * 80,
            b"\x30\x46\x02\x81" + good[3:], der(r, b"\0" * 200), der(b"\0" * 150, s),
        ]  # fmt: skip
        assert not [each.hex() for each in odd if self.verifies(each)]

    def test_refuses_points_that_are_not_on_the_curve(self) -> None:
        good, x, y = self.signature(), self.POINT.x, self.POINT.y
        for point in ((x, y + 1), (0, 0), (x + Q, y), (x, y + Q), (2**256 - 1, y), (y, x)):
            assert not ecdsa_verifies(*point, b"message", good)


class TestRsa:
    @staticmethod
    def verifies(bits: int, signature: bytes, *, n: bytes = b"", e: bytes = b"\1\0\1") -> bool:
        key = Rsa(bits).key
        return rsa_verifies(n or bytes.fromhex(key["n"]), e, b"message", signature)

    @pytest.mark.parametrize("bits", [2048, 3072, 4096])
    def test_says_what_openssl_signs(self, bits: int) -> None:
        good = Rsa(bits).sign(b"message")
        assert self.verifies(bits, good)
        assert not [bit for bit in range(0, bits, 37) if self.verifies(bits, flipped(good, bit))]
        assert not self.verifies(bits, Rsa(bits).sign(b"another"))

    def test_compares_the_whole_encoded_message(self) -> None:
        """With e = 3 whoever looks at a part alone can be told anything; e = 1 shows it."""
        n = bytes.fromhex(Rsa(2048).key["n"])
        end = bytes.fromhex("3031300d060960864801650304020105000420")
        end += hashlib.sha256(b"message").digest()
        whole = b"\0\1" + b"\xff" * (256 - 3 - len(end)) + b"\0" + end
        assert not rsa_verifies(n, b"\1", b"message", whole)  # e is 1
        root = 1 << (2048 // 3)
        assert not rsa_verifies(n, b"\3", b"message", root.to_bytes(256, "big"))

    def test_refuses_other_keys(self) -> None:
        good, key = Rsa(2048).sign(b"message"), bytes.fromhex(Rsa(2048).key["n"])
        for e in (b"\0\1\0\1", b"\1", b"\2", b"\0", b"\1\0\0", b"\1\0\0\0\1", b"\xff" * 1000):
            assert not self.verifies(2048, good, e=e)
        for n in (b"\0" + key, key[1:], key[:-1], key[:-1] + b"\0", b"\1" * 255, b"\1" * 513):
            assert not self.verifies(2048, good, n=n)

    def test_refuses_another_length_and_what_is_not_below_n(self) -> None:
        good, n = Rsa(2048).sign(b"message"), int(Rsa(2048).key["n"], 16)
        for odd in (b"", good[1:], b"\0" + good, good + b"\0"):
            assert not self.verifies(2048, odd)
        more = int.from_bytes(good, "big") + n
        assert more >= 2**2048 or not self.verifies(2048, more.to_bytes(256, "big"))

    def test_refuses_another_padding_and_another_hash(self) -> None:
        private = passkeys._rsa(2048)
        pss = private.sign(
            b"message", padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256()
        )
        longer = private.sign(b"message", padding.PKCS1v15(), hashes.SHA512())
        assert not self.verifies(2048, pss)
        assert not self.verifies(2048, longer)
