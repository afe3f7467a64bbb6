"""Reading happens apart: whatever a file does to the child, we get a sentence."""

import os
from pathlib import Path

import pytest

from governance.imports import limits, sandbox
from governance.imports.limits import Unreadable
from governance.imports.sandbox import read_tables
from governance.imports.tables import Row


def start(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the child do something else than reading."""
    monkeypatch.setattr(sandbox, "_START", code)


class TestReadTables:
    def test_returns_tables_and_what_was_passed_over(self, tmp_path: Path) -> None:
        path = tmp_path / "x"
        path.write_bytes(b"a,b\n1,2\n")
        found = read_tables(path, name="x.csv")
        assert [(table.name, table.encoding) for table in found.tables] == [("x.csv", "utf-8")]
        assert found.tables[0].rows == [Row(1, 1, ["a", "b"]), Row(2, 2, ["1", "2"])]

    def test_tells_how_many_rows_there_are(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sandbox, "PROGRESS_EVERY", 1000)
        path = tmp_path / "x"
        path.write_bytes(b"a\n" * 1200)
        heard: list[int] = []
        read_tables(path, name="x.csv", heard=heard.append)
        assert heard == [1000]

    def test_passes_a_refusal_on(self, tmp_path: Path) -> None:
        path = tmp_path / "x"
        path.write_bytes(b"GIF89a")
        with pytest.raises(Unreadable, match="This is a picture"):
            read_tables(path, name="x.csv")

    @pytest.mark.parametrize(
        ("code", "why"),
        [
            ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "too much time"),
            ("import os, signal; os.kill(os.getpid(), signal.SIGABRT)", "too much memory"),
            ("raise MemoryError", "too much memory"),
            ("raise ValueError", "could not be read to its end"),
            ('print(\'{"passed_over": ["a", "b"]}\')', "could not be read to its end"),
            ('print(\'{"table": "a\')', "could not be read to its end"),
        ],
    )
    def test_says_what_stopped_the_child(
        self, code: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        start(code, monkeypatch)
        with pytest.raises(Unreadable, match=why):
            read_tables(tmp_path / "x", name="x.csv")

    def test_stops_a_child_that_does_not_end(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "WALL_SECONDS", 0.3)
        start("import time; time.sleep(60)", monkeypatch)
        with pytest.raises(Unreadable, match="too much time"):
            read_tables(tmp_path / "x", name="x.csv")

    def test_holds_the_child_to_its_memory(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        start(
            "from governance.imports import reading; reading._limit_myself();"
            "x = bytearray(2 * 1024 ** 3)",
            monkeypatch,
        )
        with pytest.raises(Unreadable, match="too much memory"):
            read_tables(tmp_path / "x", name="x.csv")

    def test_gives_the_child_no_secret(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(os.environ, "SECRET_KEY", "not for children")
        start(
            "import json, os; print(json.dumps({'refused': ' '.join(sorted(os.environ))}))",
            monkeypatch,
        )
        with pytest.raises(Unreadable) as told:
            read_tables(tmp_path / "x", name="x.csv")
        assert "SECRET_KEY" not in str(told.value)
        assert "DATABASE_URL" not in str(told.value)
