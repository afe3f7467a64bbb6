"""Workbooks and bundles are measured before they are opened."""

import datetime as dt
import io
import struct
import zipfile

import pytest

from governance.imports import workbooks
from governance.imports.limits import Unreadable
from governance.imports.workbooks import is_workbook, open_zip, read_sheets
from tests.importing import workbook_of


def zip_of(entries: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return output.getvalue()


class TestOpenZip:
    def test_opens_a_bundle(self) -> None:
        archive = open_zip(zip_of({"a.csv": b"a,b\n"}))
        assert archive.namelist() == ["a.csv"]
        assert not is_workbook(archive)

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"PK\x03\x04 nonsense", "damaged"),
            (zip_of({"a.csv": b"a,b\n"})[:-30], "damaged"),
            (zip_of({"a.csv": b"\0" * 20_000_000}), "150 times its size"),
            (zip_of({f"{number}.csv": b"" for number in range(2001)}), "more than 2000 files"),
        ],
        ids=["nonsense", "cut off", "bomb", "many files"],
    )
    def test_refuses_what_is_broken_or_a_bomb(self, content: bytes, why: str) -> None:
        with pytest.raises(Unreadable, match=why):
            open_zip(content)

    def test_does_not_believe_what_the_directory_says(self) -> None:
        content = bytearray(zip_of({"a.csv": b"\0" * 1_000_000}))
        place = content.rindex(b"PK\x01\x02") + 24
        content[place : place + 4] = struct.pack("<I", 10)
        with pytest.raises(Unreadable, match="damaged"):
            open_zip(bytes(content))

    def test_refuses_what_unpacks_to_too_much(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(workbooks, "ZIP_BYTES", 1000)
        with pytest.raises(Unreadable, match="unpacks to more than"):
            open_zip(zip_of({"a": b"x" * 600, "b": b"x" * 600}))

    def test_refuses_a_password(self) -> None:
        content = bytearray(zip_of({"a.csv": b"a,b\n"}))
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            content[content.index(mark) + offset] |= 1
        with pytest.raises(Unreadable, match="password"):
            open_zip(bytes(content))

    def test_refuses_an_entry_that_does_not_unpack(self) -> None:
        content = bytearray(zip_of({"a.csv": b"a,b\n1,2\n" * 50}))
        content[45:50] = b"\xff" * 5
        with pytest.raises(Unreadable, match="damaged"):
            open_zip(bytes(content))


class TestReadSheets:
    def test_reads_cells_as_text_and_numbers(self) -> None:
        book = workbook_of(
            ["Code", "Date", "Moment", "Yes", "Number", "Half", "Text"],
            [
                "65.10",
                dt.date(2026, 5, 4),
                dt.datetime(2026, 5, 4, 14, 30),  # noqa: DTZ001 - a workbook has no zones
                True,
                4711,
                65.1,
                "=not a formula".replace("=", "'="),
            ],
            [None, dt.time(8, 15), dt.timedelta(hours=30), False, 3.0, None, "x"],
        )
        rows = [(number, cells) for _, number, cells in read_sheets(book)]
        assert rows[1] == (
            2,
            ["65.10", "2026-05-04", "2026-05-04 14:30:00", "TRUE", 4711, 65.1, "'=not a formula"],
        )
        assert rows[2][1][1] == "08:15:00"
        assert rows[2][1][3:5] == ["FALSE", 3]

    def test_counts_rows_as_the_workbook_shows_them(self) -> None:
        book = workbook_of([], [], [None, "A"], [None, "1"])
        assert [(number, cells) for _, number, cells in read_sheets(book) if any(cells)] == [
            (3, ["", "A"]),
            (4, ["", "1"]),
        ]

    def test_reads_nothing_from_an_empty_sheet(self) -> None:
        assert list(read_sheets(workbook_of())) == []

    def test_refuses_a_zip_file_that_only_looks_like_one(self) -> None:
        content = zip_of({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<not"})
        assert is_workbook(open_zip(content))
        with pytest.raises(Unreadable, match="damaged"):
            list(read_sheets(content))
