"""FORMAT.md, section 1: what is canonical JSON, a moment, an identifier."""

import json
from typing import Any

import pytest

from governance.record.verifiers.verify_record import (
    HASH,
    HEX,
    ORIGIN,
    RANDOM,
    UUID,
    Broken,
    canonical,
    fits,
    loose,
    moment,
)

MOST = 2**53 - 1


def nested(depth: int, *, inner: str = "") -> bytes:
    """Return arrays in arrays."""
    return (b"[" * depth) + inner.encode() + (b"]" * depth)


class TestCanonical:
    @pytest.mark.parametrize(
        "text",
        [
            "null", "true", "0", "-1", str(MOST), str(-MOST), '""', "[]", "{}", "[[],{}]",
            '{"":1,"a":{"b":[1,2]},"b":null}',
            '{"\U0001d538":1,"\ue000":2}',  # by UTF-16 code units, not by code points
            '"\\b\\t\\n\\f\\r\\"\\\\\\u0000\\u001f/\x7f\u2028\u20ac\U0001d11e"',
        ],
    )  # fmt: skip
    def test_reads_what_is_canonical(self, text: str) -> None:
        assert canonical(text.encode()) == json.loads(text)

    @pytest.mark.parametrize(
        "text",
        [
            "", " ", "1 ", " 1", "1\n", "[1, 2]", '{"a" :1}', "1.0", "1.5", "1e2", "-0", "01", "+1",
            str(MOST + 1), str(-MOST - 1), "9" * 5000, "NaN", "Infinity", "-Infinity", "True",
            '{"b":1,"a":2}', '{"a":1,"a":1}', '{"a":1,"a":2}', '{"\ue000":1,"\U0001d538":2}',
            '"\\u0041"', '"\\/"', '"\\u000a"', '"\\u001F"', '"\\u00e9"', '"\\ud834\\udd1e"',
            '"\\ud800"', '"\\u007f"', '"\t"', '"\x00"', "'a'", "[1,]", '{"a":1,}', "{1:2}",
            "\ufeff1", "1//", '"a', "[1", "nul", "[1]]", '{"a"}', "1 2", '"a\\x"',
        ],
    )  # fmt: skip
    def test_refuses_what_is_not(self, text: str) -> None:
        with pytest.raises(Broken):
            canonical(text.encode())

    @pytest.mark.parametrize(
        "data", [b'"\xff"', b'"\xc0\x80"', b'"\xed\xa0\x80"', b'"\xf5\x80\x80\x80"', b"1\0"]
    )
    def test_refuses_what_is_not_utf8(self, data: bytes) -> None:
        with pytest.raises(Broken):
            canonical(data)

    def test_nests_thirty_two_deep_and_no_deeper(self) -> None:
        assert canonical(nested(32)) is not None
        assert canonical(nested(32, inner="1")) is not None
        for depth in (33, 1000, 200_000):
            for text in (nested(depth), nested(depth, inner="1"), b'{"a":' * depth + b"1" * depth):
                with pytest.raises(Broken):
                    canonical(text)

    def test_counts_objects_as_well(self) -> None:
        assert canonical(b'{"a":[' * 16 + b"]}" * 16) is not None
        with pytest.raises(Broken):
            canonical(b'[{"a":[' + b'{"a":[' * 15 + b"]}" * 15 + b"]}]")


class TestLoose:
    @pytest.mark.parametrize("text", ['{"a": 1.5e3, "b":\n"\\u0041"}', "9" * 100_000, '"\\ud800"'])
    def test_reads_any_json(self, text: str) -> None:
        loose(text.encode())

    def test_reads_no_number_as_a_text(self) -> None:
        assert loose(b'{"a": 123}') == {"a": 0}

    @pytest.mark.parametrize(
        "data",
        [
            b"", b'{"a":1,"a":1}', b'[{"a":1,"a":2}]', b"NaN", b"-Infinity", b"\xef\xbb\xbf{}",
            b"\xff", b"{} {}", nested(33), nested(200_000), b'"\xed\xa0\x80"', b"{'a':1}",
        ],
    )  # fmt: skip
    def test_refuses_what_can_be_read_in_two_ways(self, data: bytes) -> None:
        with pytest.raises(Broken):
            loose(data)


class TestMoment:
    @pytest.mark.parametrize(
        "text",
        [
            "2026-11-23T14:06:00.123456Z",
            "0001-01-01T00:00:00.000000Z",
            "2024-02-29T23:59:59.999999Z",
        ],
    )
    def test_is_utc_with_six_places(self, text: str) -> None:
        assert moment(text)

    @pytest.mark.parametrize(
        "text",
        [
            "2026-11-23T14:06:00.12345Z", "2026-11-23T14:06:00.1234567Z", "2026-11-23T14:06:00Z",
            "2026-11-23T14:06:00.123456+00:00", "2026-11-23T14:06:00.123456",
            "2026-11-23 14:06:00.123456Z", "2026-11-23t14:06:00.123456z",
            "2026-02-29T00:00:00.000000Z", "2026-13-01T00:00:00.000000Z",
            "2026-00-01T00:00:00.000000Z", "2026-01-00T00:00:00.000000Z",
            "0000-01-01T00:00:00.000000Z", "2026-01-01T24:00:00.000000Z",
            "2026-01-01T23:60:00.000000Z", "2026-06-30T23:59:60.000000Z",
            "2026-11-23T14:06:00.123456Z\n", "٢٠٢٦-11-23T14:06:00.123456Z",
            "2026-W47-1T14:06:00.123456Z", "2026-1123-T14:06:00.123456Z", 20261123, None, True,
        ],
    )  # fmt: skip
    def test_is_nothing_else(self, text: Any) -> None:
        assert not moment(text)


class TestForms:
    @pytest.mark.parametrize(
        ("value", "form", "fit"),
        [
            ("0" * 64, HASH, True), ("A" * 64, HASH, False), ("0" * 63, HASH, False),
            ("0" * 64 + "\n", HASH, False), ("0" * 32, RANDOM, True), ("g" * 32, RANDOM, False),
            ("", HEX, False), ("0", HEX, False), ("0a", HEX, True), ("0A", HEX, False),
            ("47dba0ac-e66e-920a-cb13-162fd02d87e0", UUID, True),
            ("47DBA0AC-e66e-920a-cb13-162fd02d87e0", UUID, False),
            ("47dba0ace66e920acb13162fd02d87e0", UUID, False),
            ("{47dba0ac-e66e-920a-cb13-162fd02d87e0}", UUID, False),
            ("gate.example:8000/p/47dba0ac-e66e-920a-cb13-162fd02d87e0", ORIGIN, True),
            ("[::1]/p/47dba0ac-e66e-920a-cb13-162fd02d87e0", ORIGIN, True),
            ("/p/47dba0ac-e66e-920a-cb13-162fd02d87e0", ORIGIN, False),
            ("a b/p/47dba0ac-e66e-920a-cb13-162fd02d87e0", ORIGIN, False),
            ("a+b/p/47dba0ac-e66e-920a-cb13-162fd02d87e0", ORIGIN, False),
            ("a/b/p/47dba0ac-e66e-920a-cb13-162fd02d87e0", ORIGIN, False),
            ("x" * 200 + "/p/47dba0ac-e66e-920a-cb13-162fd02d87e0", ORIGIN, False),
            (1, 1, True), (True, 1, False), (1, True, False), (None, None, True), (0, None, False),
            (True, range(5), False), (4, range(5), True), (5, range(5), False),
            ("1", range(5), False),
            ({"a": 1}, {"a": 1}, True), ({"a": 1, "b": 1}, {"a": 1}, False), ({}, {"a": 1}, False),
            ({"x": "ab"}, {str: HEX}, True), ({"x": 1}, {str: HEX}, False), ([], {str: HEX}, False),
            ([], [str], True), (["a", 1], [str], False), ({}, [str], False), ("a", [str], False),
            ("a", (None, "a"), True), ("b", (None, "a"), False), (1, str, False),
            (True, int, False),
        ],
    )  # fmt: skip
    def test_say_what_fits(self, value: Any, form: Any, fit: bool) -> None:
        assert fits(value, form) is fit
