"""The one canonical form of JSON, and what has none."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest

from governance.record.canonical import LARGEST, canonical, moment_of, sha256_of


class TestCanonical:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            ({"b": 1, "a": [True, False, None]}, '{"a":[true,false,null],"b":1}'),
            ({"€": 1, "\r": 2, "1": 3, "😀": 4, "ﬀ": 5}, '{"\\r":2,"1":3,"€":1,"😀":4,"ﬀ":5}'),
            ('\u0000\b\t\n\f\r"\\/\u007f', '"\\u0000\\b\\t\\n\\f\\r\\"\\\\/\u007f"'),
            ([LARGEST, -LARGEST, 0], "[9007199254740991,-9007199254740991,0]"),
            (Decimal("12.50"), '"12.50"'),
            (Decimal("1E+3"), '"1000"'),
            (date(2026, 11, 23), '"2026-11-23"'),
            (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
            ((), "[]"),
        ],
    )
    def test_writes(self, value: object, text: str) -> None:
        assert canonical(value) == text

    @pytest.mark.parametrize(
        "value", [0.5, LARGEST + 1, {"a": 1.0}, {1: "a"}, b"bytes", {1, 2}, object()]
    )
    def test_refuses_what_readers_read_differently(self, value: object) -> None:
        with pytest.raises(ValueError, match=r"form|beyond|text"):
            canonical(value)

    def test_refuses_half_of_a_surrogate_pair(self) -> None:
        with pytest.raises(ValueError, match="surrogates"):
            canonical("\ud800")

    def test_refuses_what_is_nested_too_deep(self) -> None:
        deep: object = []
        for _ in range(31):
            deep = [deep]
        assert canonical(deep)
        with pytest.raises(ValueError, match="deeper"):
            canonical([deep])


class TestMomentOf:
    def test_writes_utc_with_six_places(self) -> None:
        there = timezone(timedelta(hours=2))
        assert moment_of(datetime(2026, 11, 23, 14, 6, tzinfo=there)) == (
            "2026-11-23T12:06:00.000000Z"
        )
        at = datetime(2026, 11, 23, 14, 6, 0, 5, tzinfo=UTC)
        assert canonical(at) == '"2026-11-23T14:06:00.000005Z"'


class TestSha256Of:
    def test_hashes_utf8(self) -> None:
        assert sha256_of("") == ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        assert sha256_of("é") != sha256_of("e")
