"""The program: its words, its exit codes, its batch, and that it needs nothing but files."""

import json
import re
from pathlib import Path

import pytest

from tests.governance.record.verifiers.verify_record_mjs.building import Key, World, moment
from tests.governance.record.verifiers.verify_record_mjs.calling import (
    SCRIPT,
    Case,
    judge,
    run,
    script,
)
from tests.governance.record.verifiers.verify_record_mjs.signing import signed


def _world() -> World:
    world = World().start()
    for kind in ("SIGNED", "REFUSED", "WITHDRAWN", "SIGNED"):
        signed(world, kind)
    return world


def _files(folder: Path) -> tuple[Path, Path, Path]:
    world = _world()
    pack, head, older = folder / "pack.zip", folder / "head.txt", folder / "older.txt"
    pack.write_bytes(world.pack())
    head.write_text(world.note())
    older.write_text(world.receipt(1, 3))
    return pack, head, older


def test_a_valid_pack_is_said_to_be_valid(tmp_path: Path) -> None:
    pack, head, older = _files(tmp_path)
    done = run(pack, "--anchor", older, "--anchor", head, "--key", Key().text)
    assert done.returncode == 0
    assert done.stderr == ""
    first, *lines = done.stdout.splitlines()
    assert first == "VALID"
    assert lines[0].startswith("Project: Upgrade (11111111-")
    assert lines[1].startswith("Client: Client (aaaaaaaa-")
    assert lines[2] == f"Entries: 5, the last of {moment(4)}"
    assert lines[3] == "Signatures: 2 signed, 1 refused, 1 withdrawn"
    assert lines[4] == f"An anchor covers 3 of 5 entries, up to {moment(2)}"
    assert lines[5] == f"An anchor covers 5 of 5 entries, up to {moment(4)}"


def test_a_pack_is_anchored_only_as_far_as_the_largest_anchor(tmp_path: Path) -> None:
    pack, _, older = _files(tmp_path)
    done = run(pack, "--anchor", older)
    assert done.returncode == 3
    assert done.stdout.startswith(f"VALID BUT NOT ANCHORED OUTSIDE SINCE {moment(2)}\n")
    done = run(pack)
    assert done.returncode == 3
    assert done.stdout.startswith("VALID BUT NOT ANCHORED OUTSIDE SINCE THE START\n")


def test_an_invalid_pack_is_said_with_its_reason(tmp_path: Path) -> None:
    world = _world()
    world.entries[2]["nonce"] = "short"
    pack = tmp_path / "pack.zip"
    pack.write_bytes(world.pack())
    done = run(pack)
    assert done.returncode == 1
    assert done.stdout == 'INVALID\nReason: entry 2: "nonce" is not in its form\n'
    assert json.loads(run(pack, "--json").stdout) == {
        "verdict": "INVALID",
        "since": None,
        "reason": 'entry 2: "nonce" is not in its form',
        "entries": 0,
        "signatures": 0,
    }


def test_json_is_one_object(tmp_path: Path) -> None:
    pack, head, older = _files(tmp_path)
    whole = {"verdict": "VALID", "since": None, "reason": "", "entries": 5, "signatures": 4}
    done = run("--json", pack, "--anchor", head)
    assert (done.returncode, json.loads(done.stdout)) == (0, whole)
    done = run(pack, "--anchor", older, "--json")
    part = {**whole, "verdict": "NOT_ANCHORED", "since": moment(2)}
    assert (done.returncode, json.loads(done.stdout)) == (3, part)
    start = {**whole, "verdict": "NOT_ANCHORED", "since": "THE START"}
    assert json.loads(run(pack, "--json").stdout) == start


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["PACK", "PACK"],
        ["PACK", "--anchor"],
        ["PACK", "--key"],
        ["PACK", "--anchor", "no such file"],
        ["no such file"],
        ["PACK", "--other"],
        ["PACK", "-h"],
        ["--batch", "no such file"],
        ["--batch", "PACK"],
        ["--batch"],
        ["--batch", "LIST", "PACK"],
        ["PACK", "--anchor", "--json"],
    ],
)
def test_a_wrong_call_is_2_and_no_verdict(tmp_path: Path, arguments: list[str]) -> None:
    pack, _, _ = _files(tmp_path)
    done = run(*(str(pack) if word == "PACK" else word for word in arguments))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("usage: ")


def test_a_batch_answers_in_order(tmp_path: Path) -> None:
    world = _world()
    good, head = world.pack(), world.note().encode()
    cases = [Case(good), Case(b"no pack"), Case(good, anchors=(head,)), Case(good, pins=("x",))]
    said = [found["verdict"] for found in judge(tmp_path, cases)]
    assert said == ["NOT_ANCHORED", "INVALID", "VALID", "INVALID"]


def test_text_of_a_pack_cannot_write_a_line_or_steer_a_terminal(tmp_path: Path) -> None:
    world = _world()
    pack = tmp_path / "pack.zip"
    pack.write_bytes(world.pack(project_name="a\nVALID\r\x1b[2J\u202eb\u2028c"))
    lines = run(pack).stdout.splitlines()
    assert lines[1].startswith("Project: a?VALID??[2J?b?c (")
    assert "VALID" not in lines


def test_importing_runs_nothing_and_verify_never_throws() -> None:
    code = """
        const head = Buffer.from("PK\\x03\\x04");
        const odd = [new Uint8Array(), head, Buffer.alloc(100, 255), null, 7];
        const calls = odd.flatMap((pack) => [[pack], [pack, {}], [pack, { anchors: [null] }],
            [pack, null], [pack, { pins: [null] }], [pack, { anchors: 7 }]]);
        console.log(JSON.stringify(calls.map((call) => verifier.verify(...call).verdict)));
    """
    assert set(script(code)) == {"INVALID"}


NEEDED = {"node:crypto", "node:fs", "node:url", "node:util"}


def test_it_needs_only_files() -> None:
    text = SCRIPT.read_text()
    assert set(re.findall(r'from "([^"]+)"', text)) == NEEDED
    assert not re.search(r"http|fetch|\bnet\b|require|import\(|eval|spawn|Function\(", text)


def test_a_pack_of_more_than_a_gibibyte_is_refused_unread(tmp_path: Path) -> None:
    sparse = tmp_path / "sparse.zip"
    with sparse.open("wb") as file:
        file.truncate(2**30 + 1)
    done = run(sparse)
    assert (done.returncode, done.stdout) == (1, "INVALID\nReason: more than 1 GiB\n")
