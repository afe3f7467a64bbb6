"""The child reads one file and ends in one sentence when it cannot."""

import io
import json
import resource
import zipfile
from pathlib import Path
from typing import Any

import pytest

from governance.imports import limits, reading
from governance.imports.reading import Reader, messages
from tests.importing import workbook_of


def told(content: bytes, *, name: str = "file", folder: Path) -> list[Any]:
    path = folder / "x"
    path.write_bytes(content)
    return list(messages(path, name=name))


def zip_of(**entries: bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__csv", ".csv").replace("__md", ".md"), content)
    return output.getvalue()


class TestMessages:
    def test_tell_a_text(self, tmp_path: Path) -> None:
        assert told(b"a,b\n\n1,2\n", folder=tmp_path) == [
            {"table": "file", "encoding": "utf-8"},
            [1, 1, ["a", "b"]],
            [3, 3, ["1", "2"]],
            {"end": True},
        ]

    def test_tell_every_sheet_of_a_workbook(self, tmp_path: Path) -> None:
        found = told(workbook_of(["a"], ["b"], title="First"), name="x.xlsx", folder=tmp_path)
        assert found[0] == {"table": "x.xlsx · First", "encoding": "workbook"}

    def test_tell_a_list_in_xml(self, tmp_path: Path) -> None:
        found = told(b"<l><r a='1'/><r a='2'/></l>", folder=tmp_path)
        assert found[0] == {"table": "file", "encoding": "xml"}
        assert found[1:] == [[1, 1, ["a"]], [2, 2, ["1"]], [3, 3, ["2"]], {"end": True}]

    def test_tell_a_bundle_and_what_was_passed_over(self, tmp_path: Path) -> None:
        content = zip_of(b__csv=b"c\n", a__csv=b"d\n", read__md=b"x", **{"__MACOSX/a__csv": b"x"})
        found = told(content, folder=tmp_path)
        assert [message for message in found if isinstance(message, dict)] == [
            {"table": "a.csv", "encoding": "utf-8"},
            {"table": "b.csv", "encoding": "utf-8"},
            {"passed_over": ["read.md", "neither a decision record nor a table in it"]},
            {"end": True},
        ]

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"%PDF-1.7", "This is a PDF."),
            (zip_of(a__csv=b"a\0b"), "a.csv: There is a NUL byte"),
            (zip_of(a__csv=zip_of(b__csv=b"x")), "a.csv: This is a zip file inside a zip file."),
            (b"a,b\n" + b"," * 2_000 + b"x\n", "Row 2 has 2001 columns"),
        ],
    )
    def test_end_in_one_sentence(self, content: bytes, why: str, tmp_path: Path) -> None:
        (*_, last) = told(content, folder=tmp_path)
        assert last["refused"].startswith(why)

    @pytest.mark.parametrize(
        ("limit", "why"),
        [
            ("MOST_ROWS", "There are more than 2 rows"),
            ("MOST_CELLS", "There are more than"),
        ],
    )
    def test_end_at_the_limits(
        self, limit: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, limit, 2)
        (*_, last) = told(b"a,b\n1,2\n3,4\n", folder=tmp_path)
        assert last["refused"].startswith(why)

    def test_end_at_the_most_tables(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "MOST_TABLES", 1)
        (*_, last) = told(zip_of(a__csv=b"a\n", b__csv=b"b\n"), folder=tmp_path)
        assert "more than 1 sheets" in last["refused"]

    def test_end_when_memory_does(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def exhaust(self: Reader, content: bytes, **_: object) -> None:
            raise MemoryError

        monkeypatch.setattr(Reader, "read", exhaust)
        (last,) = told(b"a,b\n", folder=tmp_path)
        assert last == {"refused": "The file is too large to be read. Split it."}


class TestMain:
    def test_prints_lines_of_json_within_limits(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        asked: list[tuple[int, tuple[int, int]]] = []
        monkeypatch.setattr(resource, "setrlimit", lambda kind, most: asked.append((kind, most)))
        monkeypatch.setattr(reading, "BATCH", 2)
        (tmp_path / "x").write_bytes(b"a,b\n1,2\n3,4\n")
        reading.main(str(tmp_path / "x"), "x.csv")
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert lines == [
            {"table": "x.csv", "encoding": "utf-8"},
            [[1, 1, ["a", "b"]], [2, 2, ["1", "2"]]],
            [[3, 3, ["3", "4"]]],
            {"end": True},
        ]
        assert (resource.RLIMIT_AS, (limits.MEMORY_BYTES,) * 2) in asked
        assert len(asked) == 4
