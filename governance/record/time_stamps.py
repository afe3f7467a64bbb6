"""Ask for RFC 3161 time stamps in DER, and read the answers strictly; no network here.

Whether the authority's signature holds is for `openssl ts -verify` with its certificate, as
README says: this product knows no such certificate, and keeps the answer as it came.
"""

from dataclasses import dataclass
from hashlib import sha256

BOOLEAN, INTEGER, OCTETS, NULL, OID, TIME = 0x01, 0x02, 0x04, 0x05, 0x06, 0x18
SEQUENCE, SET, FIRST, SECOND = 0x30, 0x31, 0xA0, 0xA1
SHA256 = bytes.fromhex("608648016503040201")
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
STAMP_INFO = bytes.fromhex("2a864886f70d0109100104")
GRANTED = (0, 1)  # granted, granted with modifications
SHORT_LENGTH, LONGEST_LENGTH = 0x80, 4
VERSION, YES = 1, b"\xff"


class StampRefused(Exception):
    """Say why an answer is not the time stamp that was asked for."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be stamped, by its SHA-256, and the number that the answer repeats."""

    imprint: bytes
    nonce: int


def question_over(content: bytes, *, nonce: int) -> Question:
    """Return the question for a time stamp over some bytes."""
    return Question(sha256(content).digest(), nonce)


def request_of(question: Question) -> bytes:
    """Return the TimeStampReq of a question; the authority is to send its certificate along."""
    algorithm = der(SEQUENCE, der(OID, SHA256) + der(NULL, b""))
    imprint = der(SEQUENCE, algorithm + der(OCTETS, question.imprint))
    nonce = question.nonce.to_bytes(question.nonce.bit_length() // 8 + 1, "big")
    version = der(INTEGER, bytes([VERSION]))
    return der(SEQUENCE, version + imprint + der(INTEGER, nonce) + der(BOOLEAN, YES))


def der(tag: int, content: bytes) -> bytes:
    """Return one element: its tag, its length in as few bytes as there are, its content."""
    size = len(content)
    if size < SHORT_LENGTH:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, SHORT_LENGTH | len(length)]) + length + content


def check_answer(answer: bytes, *, question: Question) -> None:
    """Hold a TimeStampResp against what was asked.

    :raises StampRefused: not granted, of another imprint or nonce, or no such answer in DER.
    """
    whole = Reader(answer)
    response = Reader(whole.take(SEQUENCE))
    whole.end()
    status = number_of(Reader(response.take(SEQUENCE)).take(INTEGER))
    if status not in GRANTED:
        raise StampRefused(f"The authority did not grant the time stamp (status {status}).")
    token = response.take(SEQUENCE)
    response.end()
    info = Reader(_content_of(token))
    if number_of(info.take(INTEGER)) != VERSION:
        raise StampRefused("The time stamp is of an unknown version.")
    info.take(OID)
    _check_imprint(info.take(SEQUENCE), question.imprint)
    info.take(INTEGER)
    info.take(TIME)
    info.take_if(SEQUENCE)
    info.take_if(BOOLEAN)
    nonce = info.take_if(INTEGER)
    if nonce is None or number_of(nonce) != question.nonce:
        raise StampRefused("The time stamp answers another question: its nonce is not ours.")
    info.take_if(FIRST)
    info.take_if(SECOND)
    info.end()


def _content_of(token: bytes) -> bytes:
    """Return the TSTInfo that a token signs; the certificate asked for has to be there."""
    content = Reader(token)
    _expect(content.take(OID), SIGNED_DATA)
    wrapped = Reader(content.take(FIRST))
    content.end()
    signed = Reader(wrapped.take(SEQUENCE))
    wrapped.end()
    number_of(signed.take(INTEGER))
    signed.take(SET)
    inner = Reader(signed.take(SEQUENCE))
    if signed.take_if(FIRST) is None:
        raise StampRefused("The time stamp comes without the certificate of its authority.")
    signed.take_if(SECOND)
    signed.take(SET)
    signed.end()
    _expect(inner.take(OID), STAMP_INFO)
    octets = Reader(inner.take(FIRST))
    inner.end()
    whole = Reader(octets.take(OCTETS))
    octets.end()
    info = whole.take(SEQUENCE)
    whole.end()
    return info


def _check_imprint(content: bytes, imprint: bytes) -> None:
    found = Reader(content)
    algorithm = Reader(found.take(SEQUENCE))
    if algorithm.take(OID) != SHA256:
        raise StampRefused("The time stamp is over another kind of hash than SHA-256.")
    if algorithm.take_if(NULL):
        raise StampRefused(MALFORMED)
    algorithm.end()
    if found.take(OCTETS) != imprint:
        raise StampRefused("The time stamp is over something else: its imprint is not ours.")
    found.end()


MALFORMED = "The answer is not a time stamp (RFC 3161, in DER)."


def _expect(found: bytes, wanted: bytes) -> None:
    if found != wanted:
        raise StampRefused(MALFORMED)


def number_of(content: bytes) -> int:
    """Return an INTEGER.

    :raises StampRefused: it is empty, or has a byte more than it needs.
    """
    number = int.from_bytes(content, "big", signed=True)
    shortest = (~number if number < 0 else number).bit_length() // 8 + 1
    if len(content) != shortest:
        raise StampRefused(MALFORMED)
    return number


class Reader:
    """Read the elements of DER one after the other; every other encoding is refused."""

    def __init__(self, content: bytes) -> None:
        """Start at the first element."""
        self.rest = content

    def take(self, tag: int) -> bytes:
        """Return the content of the next element.

        :raises StampRefused: it is another one, or none.
        """
        content = self.take_if(tag)
        if content is None:
            raise StampRefused(MALFORMED)
        return content

    def take_if(self, tag: int) -> bytes | None:
        """Return the content of the next element if it has that tag."""
        if not self.rest or self.rest[0] != tag:
            return None
        start, size = self._extent()
        content, self.rest = self.rest[start : start + size], self.rest[start + size :]
        if len(content) != size:
            raise StampRefused(MALFORMED)
        return content

    def end(self) -> None:
        """Stop here.

        :raises StampRefused: something follows.
        """
        if self.rest:
            raise StampRefused(MALFORMED)

    def _extent(self) -> tuple[int, int]:
        """Return where the content of the next element begins, and how long it is."""
        first = self.rest[1] if len(self.rest) > 1 else SHORT_LENGTH
        if first < SHORT_LENGTH:
            return 2, first
        count = first - SHORT_LENGTH
        length = self.rest[2 : 2 + count]
        size = int.from_bytes(length, "big")
        shortest = size >= SHORT_LENGTH and len(length) == count and length[0] != 0
        if count > LONGEST_LENGTH or not shortest:
            raise StampRefused(MALFORMED)
        return 2 + count, size
