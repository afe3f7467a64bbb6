"""The verifier as somebody runs it who has Python and a pack, and nothing else."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from governance.record.verifiers import verify_record
from tests.record_packs import packs, worlds
from tests.record_packs.logs import Log

FILE = Path(verify_record.__file__)


def run(*arguments: object) -> tuple[int, list[str]]:
    """Return the exit code and the lines of a process without site packages and environment."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and file
        [sys.executable, "-I", "-S", str(FILE), *map(str, arguments)],
        check=False,
        capture_output=True,
        cwd="/",
        env={},
    )
    return done.returncode, done.stdout.decode().splitlines()


@pytest.fixture(scope="module")
def log() -> Log:
    return worlds.whole()


@pytest.fixture
def pack(log: Log, tmp_path: Path) -> Path:
    path = tmp_path / "pack.zip"
    path.write_bytes(packs.make(log))
    return path


class TestTheCommand:
    def test_says_valid_where_an_anchor_covers_all(self, pack: Path, log: Log) -> None:
        anchor = pack.with_name("receipt")
        anchor.write_bytes(log.receipt(3))
        code, lines = run(pack, "--anchor", anchor, "--key", log.key.verifier)
        assert (code, lines[0]) == (0, "VALID")
        assert lines[1:] == [
            f"project: Ålesund ↑ 9.2 ({log.project}), as the server says",
            f"client: {log.names['client_name']} ({log.client}), as the server says",
            "entries: 17",
            "signatures: 7 (5 signed, 1 refused, 1 withdrawn)",
            "anchors from outside cover: 17 of 17 entries",
        ]

    def test_says_since_when_nothing_outside_covers_it(self, pack: Path, log: Log) -> None:
        anchors = []
        for size in (9, 4):
            anchor = pack.with_name(str(size))
            anchor.write_bytes(log.checkpoint(size))
            anchors += ["--anchor", anchor]
        since = log.entries[8]["at"]
        code, lines = run(pack, *anchors)
        assert (code, lines[0]) == (3, f"VALID BUT NOT ANCHORED OUTSIDE SINCE {since}")
        code, lines = run(pack)
        assert (code, lines[0]) == (3, "VALID BUT NOT ANCHORED OUTSIDE SINCE THE START")

    def test_says_which_entry_is_wrong(self, tmp_path: Path, log: Log) -> None:
        bad = tmp_path / "bad.zip"

        def change(bodies: list[bytes]) -> list[bytes]:
            return [*bodies[:4], bodies[4].replace(b'"seq":4', b'"seq":5'), *bodies[5:]]

        bad.write_bytes(packs.make(log, stages=packs.Stages(bodies=change)))
        code, lines = run(bad)
        assert code == 1
        assert lines == ["INVALID", "entry 4 was changed: its number is 5"]

    def test_prints_one_object_for_programs(self, pack: Path, log: Log) -> None:
        code, lines = run("--json", pack)
        assert code == 3
        assert json.loads("".join(lines)) == {
            "verdict": "NOT_ANCHORED",
            "since": "THE START",
            "reason": "",
            "entries": 17,
            "signatures": 7,
        }
        code, lines = run("--json", pack, "--key", "other+00000000+AAAA")
        told = json.loads("".join(lines))
        assert code == 1
        assert (told["verdict"], told["since"]) == ("INVALID", None)

    @pytest.mark.parametrize(
        "call", [[], ["{pack}", "--anchor"], ["{pack}", "--more"], ["/nowhere/pack.zip"], ["/"]]
    )
    def test_answers_a_wrong_call_with_two(self, pack: Path, call: list[str]) -> None:
        code, lines = run(*(each.format(pack=pack) for each in call))
        assert (code, lines) == (2, [])

    def test_answers_an_anchor_that_is_not_there_with_two(self, pack: Path) -> None:
        assert run(pack, "--anchor", "/nowhere")[0] == 2

    def test_lets_no_name_move_the_cursor(self, tmp_path: Path) -> None:
        log = worlds.plain(2)
        log.names["project_name"] = "a\nVALID\x1b[2J\u202e"
        path = tmp_path / "pack.zip"
        path.write_bytes(packs.make(log))
        _, lines = run(path)
        assert lines[1] == f"project: a?VALID?[2J? ({log.project}), as the server says"


class TestTheFile:
    def test_imports_the_standard_library_alone(self) -> None:
        tree = ast.parse(FILE.read_text(), feature_version=(3, 9))
        names = {
            alias.name if isinstance(node, ast.Import) else node.module
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        assert {str(name).split(".")[0] for name in names} <= sys.stdlib_module_names

    def test_opens_no_connection_and_unpacks_nothing(self) -> None:
        text = FILE.read_text()
        assert not [name for name in ("socket", "urllib", "zipfile", "subprocess") if name in text]
