"""XML is read without entities, and not too deep."""

import pytest

from governance.imports import markup
from governance.imports.limits import Unreadable
from governance.imports.markup import read_records

ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a><b>&x;</b></a>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a><b>&x;</b></a>'


class TestReadRecords:
    def test_makes_a_row_of_each_child(self) -> None:
        content = (
            b'<list xmlns="urn:x"><run id="1"><who>Ada</who><what><end>pass</end></what></run>'
            b"<run id='2' note='late'><who> Ben </who><who>Cy</who></run><run>bare</run></list>"
        )
        assert list(read_records(content)) == [
            ["id", "who", "end", "note", "run"],
            ["1", "Ada", "pass", "", ""],
            ["2", "Ben", "", "late", ""],
            ["", "", "", "", "bare"],
        ]

    def test_finds_nothing_in_an_empty_list(self) -> None:
        assert list(read_records(b"<list/>")) == []

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (ENTITY, "document type or entities"),
            (OUTSIDE, "document type or entities"),
            (b"<a>" * 200_000 + b"</a>" * 200_000, "more than 64 levels"),
            (b"<a>" + b"<b/>" * 200_001 + b"</a>", "more than 200000 elements"),
            (b"<a><b></a>", "broken"),
            (b"<a><b>\x00</b></a>", "broken"),
            (b'<?xml version="1.0" encoding="klingon"?><a/>', "broken"),
        ],
    )
    def test_refuses_monsters(self, content: bytes, why: str) -> None:
        with pytest.raises(Unreadable, match=why):
            list(read_records(content))

    def test_refuses_what_is_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(markup, "XML_BYTES", 3)
        with pytest.raises(Unreadable, match="larger than"):
            list(read_records(b"<a/>"))
