"""A file is what its first bytes say."""

import pytest

from governance.services.filetypes import FileType, type_of, wide_encoding


class TestTypeOf:
    @pytest.mark.parametrize(
        ("head", "found"),
        [
            (b"PK\x03\x04rest", FileType.ZIP),
            (b"PK\x05\x06rest", FileType.ZIP),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileType.OLD_OFFICE),
            (b"%PDF-1.7", FileType.PDF),
            (b"\x89PNG\r\n", FileType.IMAGE),
            (b"\x1f\x8b\x08", FileType.GZIP),
            (b"\x7fELF\x02\x01\x01" + b"\0" * 20, FileType.BINARY),
            (b"<?xml version='1.0'?><a/>", FileType.XML),
            (b"\xef\xbb\xbf  <list/>", FileType.XML),
            (b"a,b\n1,2\n", FileType.TEXT),
            ("a,b\n1,2".encode("utf-16"), FileType.TEXT),
            ("a,b\n1,2".encode("utf-16-le"), FileType.TEXT),
            (b"a,b\n1,\x00\n", FileType.TEXT),
            (b"", FileType.TEXT),
        ],
    )
    def test_knows_it_whatever_its_name(self, head: bytes, found: FileType) -> None:
        assert type_of(head) is found


class TestWideEncoding:
    def test_sees_every_other_nul(self) -> None:
        assert wide_encoding("name,age".encode("utf-16-le")) == "utf-16-le"
        assert wide_encoding("name,age".encode("utf-16-be")) == "utf-16-be"
        assert wide_encoding(b"name,age") == ""
        assert wide_encoding(b"\0") == ""
