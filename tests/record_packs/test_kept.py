"""Packs of earlier versions, kept for good: whatever changes, they verify as they did.

Each folder entry is a pack with the checkpoints that were kept apart from it. The first holds
a signature by a passkey, a refusal, an erased text, and two changes of the key.
"""

import json
import subprocess
from pathlib import Path

import pytest

from governance.record.verifiers import verify_record

KEPT = Path(__file__).with_name("kept")
SCRIPT = Path(verify_record.__file__).with_suffix(".mjs")
PACKS = sorted(KEPT.glob("*.zip"))


def anchors_of(pack: Path) -> list[Path]:
    """Return what was kept outside, the newest first."""
    return [KEPT / f"{pack.stem}.checkpoint", KEPT / f"{pack.stem}.earlier.checkpoint"]


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.stem)
class TestAnEarlierPack:
    def test_is_valid_to_the_verifier_in_python(self, pack: Path) -> None:
        anchors = [anchor.read_bytes() for anchor in anchors_of(pack)]
        found = verify_record.verify(pack.read_bytes(), anchors=anchors)
        assert (found.verdict, found.reason) == ("VALID", "")
        assert found.signatures == 2
        older = verify_record.verify(pack.read_bytes(), anchors=anchors[1:])
        assert older.verdict == "NOT_ANCHORED"

    def test_is_valid_to_the_verifier_in_node(self, pack: Path) -> None:
        command = ["node", str(SCRIPT), str(pack), "--json"]
        for anchor in anchors_of(pack):
            command += ["--anchor", str(anchor)]
        told = subprocess.run(command, capture_output=True, check=False, timeout=60)  # noqa: S603
        assert json.loads(told.stdout)["verdict"] == "VALID"

    def test_is_invalid_with_one_byte_changed(self, pack: Path) -> None:
        content = bytearray(pack.read_bytes())
        content[content.index(b'"kind":"SIGNED"') + 9] ^= 1
        assert verify_record.verify(bytes(content)).verdict == "INVALID"


def test_there_are_packs_of_earlier_versions() -> None:
    assert PACKS
