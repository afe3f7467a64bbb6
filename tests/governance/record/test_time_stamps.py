"""Questions for time stamps byte by byte, and every answer that is not to ours."""

from collections.abc import Callable
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.record.time_stamps import (
    FIRST,
    INTEGER,
    NULL,
    OCTETS,
    OID,
    SECOND,
    SEQUENCE,
    SET,
    SHA256,
    SIGNED_DATA,
    STAMP_INFO,
    TIME,
    Reader,
    StampRefused,
    check_answer,
    der,
    number_of,
    question_over,
    request_of,
)

QUESTION = question_over(b"a note", nonce=0xFEDCBA9876543210)
NONCE = der(INTEGER, b"\x00\xfe\xdc\xba\x98\x76\x54\x32\x10")
ALGORITHM = der(SEQUENCE, der(OID, SHA256) + der(NULL, b""))
IMPRINT = der(SEQUENCE, ALGORITHM + der(OCTETS, QUESTION.imprint))
ONE, POLICY = der(INTEGER, b"\x01"), der(OID, b"\x2a\x03\x04\x01")
WHEN = der(TIME, b"20261123020000Z")
CERTIFICATES = der(FIRST, b"\x30\x00")


def info_of(*, version: bytes = ONE, imprint: bytes = IMPRINT, rest: bytes = NONCE) -> bytes:
    """Return a TSTInfo."""
    return der(SEQUENCE, version + POLICY + imprint + der(INTEGER, b"\x07") + WHEN + rest)


def answer_of(
    info: bytes | None = None,
    *,
    status: bytes = b"\x00",
    certificates: bytes = CERTIFICATES,
    of: bytes = SIGNED_DATA,
    inner: bytes = STAMP_INFO,
) -> bytes:
    """Return a TimeStampResp whose signature is empty."""
    octets = der(OCTETS, info_of() if info is None else info)
    wrapped = der(SEQUENCE, der(OID, inner) + der(FIRST, octets))
    signed = der(INTEGER, b"\x03") + der(SET, b"") + wrapped + certificates + der(SET, b"")
    token = der(SEQUENCE, der(OID, of) + der(FIRST, der(SEQUENCE, signed)))
    return der(SEQUENCE, der(SEQUENCE, der(INTEGER, status)) + token)


def refused(answer: bytes) -> str:
    """Return why an answer is refused."""
    with pytest.raises(StampRefused) as refusal:
        check_answer(answer, question=QUESTION)
    return str(refusal.value)


class TestRequestOf:
    def test_is_the_question_byte_by_byte(self) -> None:
        assert request_of(QUESTION).hex() == (
            "3044020101"
            "3031300d060960864801650304020105000420" + sha256(b"a note").hexdigest()
            + "020900fedcba9876543210" + "0101ff"
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("nonce", "written"), [(0, "020100"), (127, "02017f"), (128, "02020080"), (256, "02020100")]
    )
    def test_writes_a_number_as_short_as_it_is(self, nonce: int, written: str) -> None:
        assert f"{written}0101ff" in request_of(question_over(b"", nonce=nonce)).hex()


class TestReader:
    @given(st.binary(max_size=300), st.sampled_from([INTEGER, OCTETS, SEQUENCE]))
    def test_reads_what_was_written(self, content: bytes, tag: int) -> None:
        reader = Reader(der(tag, content) + b"rest")
        assert (reader.take(tag), reader.rest) == (content, b"rest")

    @given(st.integers(-(2**80), 2**80))
    def test_reads_a_number_in_its_shortest_form_alone(self, number: int) -> None:
        size = (~number if number < 0 else number).bit_length() // 8 + 1
        assert number_of(number.to_bytes(size, "big", signed=True)) == number
        with pytest.raises(StampRefused):
            number_of(number.to_bytes(size + 1, "big", signed=True))

    @pytest.mark.parametrize(
        "content",
        [
            *["", "04", "0401", "0480", "04800000", "048100", "04817f" + "00" * 127],
            *["04820080" + "00" * 128, "0485000000000100", "04847fffffff00", "0201ff"],
        ],
    )
    def test_refuses_every_other_form(self, content: str) -> None:
        with pytest.raises(StampRefused):
            Reader(bytes.fromhex(content)).take(OCTETS)

    def test_refuses_a_number_of_no_bytes(self) -> None:
        with pytest.raises(StampRefused):
            number_of(b"")


class TestCheckAnswer:
    @pytest.mark.parametrize(
        "answer",
        [
            answer_of(),
            answer_of(status=b"\x01"),
            answer_of(certificates=CERTIFICATES + der(SECOND, b"")),
            answer_of(info_of(rest=der(SEQUENCE, b"") + der(0x01, b"\xff") + NONCE)),
            answer_of(info_of(rest=NONCE + der(FIRST, b"") + der(SECOND, b""))),
            answer_of(
                info_of(
                    imprint=der(
                        SEQUENCE, der(SEQUENCE, der(OID, SHA256)) + der(OCTETS, QUESTION.imprint)
                    )
                )
            ),
        ],
    )
    def test_takes_an_answer_to_the_question(self, answer: bytes) -> None:
        check_answer(answer, question=QUESTION)

    @pytest.mark.parametrize(
        ("answer", "why"),
        [
            (answer_of(status=b"\x02"), "status 2"),
            (der(SEQUENCE, der(SEQUENCE, der(INTEGER, b"\x02"))), "status 2"),
            (answer_of(info_of(rest=der(INTEGER, b"\x05"))), "nonce is not ours"),
            (answer_of(info_of(rest=b"")), "nonce is not ours"),
            (answer_of(info_of(version=der(INTEGER, b"\x02"))), "unknown version"),
            (
                answer_of(info_of(imprint=der(SEQUENCE, ALGORITHM + der(OCTETS, b"x" * 32)))),
                "imprint is not ours",
            ),
            (
                answer_of(info_of(imprint=IMPRINT.replace(SHA256, SHA256[:-1] + b"\x02"))),
                "another kind of hash",
            ),
            (answer_of(certificates=b""), "without the certificate"),
            (answer_of(of=STAMP_INFO), "not a time stamp"),
            (answer_of(inner=SIGNED_DATA), "not a time stamp"),
            (der(SEQUENCE, der(SEQUENCE, der(INTEGER, b"\x00"))), "not a time stamp"),
            (answer_of() + b"\x00", "not a time stamp"),
            (answer_of(info_of() + b"\x05\x00"), "not a time stamp"),
            (b"", "not a time stamp"),
            (b"<html>", "not a time stamp"),
        ],
    )
    def test_says_why_it_takes_no_other(self, answer: bytes, why: str) -> None:
        assert why in refused(answer)

    def test_takes_no_answer_that_is_cut_off_anywhere(self) -> None:
        whole = answer_of()
        assert all(refused(whole[:size]) for size in range(len(whole)))

    @given(st.binary(max_size=80))
    def test_never_fails_otherwise(self, content: bytes) -> None:
        for wrap in (bytes, lambda body: der(SEQUENCE, body), answer_of):
            tried: Callable[[bytes], bytes] = wrap
            assert refused(tried(content))
