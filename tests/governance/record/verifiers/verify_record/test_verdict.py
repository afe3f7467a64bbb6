"""FORMAT.md, section 7: the verdict on anything."""

import random
from typing import Any

import pytest

from governance.record.verifiers import verify_record
from governance.record.verifiers.verify_record import Verdict, verify
from tests.governance.record.verifiers.verify_record.asking import reason, why
from tests.record_packs import packs, worlds
from tests.record_packs.keys import NoteKey
from tests.record_packs.logs import Log

LOG = worlds.mixed(12)
PACK = packs.make(LOG)


def short(found: Verdict) -> tuple[str, str | None]:
    """Return what two verifiers must agree on."""
    return found.verdict, found.since


class TestVerdict:
    def test_is_valid_where_an_anchor_has_the_size_of_the_pack(self) -> None:
        found = verify(PACK, anchors=[LOG.checkpoint()])
        assert short(found) == ("VALID", None)
        assert (found.entries, found.signatures, found.reason) == (12, 6, "")
        assert short(verify(PACK, anchors=[LOG.receipt(0)])) == ("VALID", None)
        assert short(verify(PACK, anchors=[LOG.checkpoint(3), LOG.receipt(2)])) == ("VALID", None)

    @pytest.mark.parametrize("size", range(1, 12))
    def test_says_since_when_nothing_outside_covers_the_log(self, size: int) -> None:
        since = LOG.entries[size - 1]["at"]
        assert short(verify(PACK, anchors=[LOG.checkpoint(size)])) == ("NOT_ANCHORED", since)
        both = [LOG.checkpoint(1), LOG.receipt(0, size)]
        assert short(verify(PACK, anchors=both)) == ("NOT_ANCHORED", since)
        assert short(verify(PACK, anchors=both[::-1])) == ("NOT_ANCHORED", since)

    def test_says_the_start_where_there_is_no_anchor(self) -> None:
        assert short(verify(PACK)) == ("NOT_ANCHORED", "THE START")

    def test_counts_no_checkpoint_that_the_pack_itself_holds(self) -> None:
        log = worlds.mixed(5)
        log.sizes = {1, 2, 3, 4, 5}
        log.sent = [{"at": log.entries[0]["at"], "kind": "MAIL", "size": 5, "to": "a@b"}]
        assert short(verify(packs.make(log))) == ("NOT_ANCHORED", "THE START")

    def test_needs_every_anchor_to_be_right(self) -> None:
        for anchors in ([LOG.checkpoint(), b""], [b"", LOG.checkpoint()]):
            assert verify(PACK, anchors=anchors).verdict == "INVALID"
        assert why(verify(PACK, anchors=[LOG.checkpoint(), b""])).startswith("anchor 2: ")


class TestPins:
    def test_are_the_key_in_force_at_the_size_of_the_pack(self) -> None:
        log = worlds.plain(3)
        old = log.key.verifier
        assert reason(log, pins=[old]) == ""
        new = log.rotate().verifier
        none = "--key: the key in force is none of those that were given"
        assert reason(log, pins=[new]) == reason(log, pins=[old, new]) == ""
        assert reason(log, pins=[old]) == none
        assert reason(log, pins=[NoteKey("gate.example", "other").verifier]) == none

    @pytest.mark.parametrize("odd", ["", "gate.example", "gate.example+00000000+AAAA", "é", "\0"])
    def test_are_verifier_keys(self, odd: str) -> None:
        log = worlds.plain(3)
        assert reason(log, pins=[log.key.verifier, odd]).startswith("--key: ")


class TestAnyBytes:
    @pytest.mark.parametrize(
        "pack", [b"", b"PK", b"PK\3\4", b"PK\5\6" + b"\0" * 18, b"\0" * 1000, PACK[1:], PACK * 2]
    )
    def test_are_invalid_and_raise_nothing(self, pack: bytes) -> None:
        assert why(verify(pack))

    def test_that_are_nearly_a_pack_are_invalid(self) -> None:
        chance = random.Random(5)  # noqa: S311 - the same runs each time
        for _ in range(300):
            data = bytearray(PACK)
            at = chance.randrange(len(data))
            if chance.random() < 0.5:
                data[at : at + chance.randrange(1, 9)] = chance.randbytes(chance.randrange(4))
            else:
                data[at] ^= 1 << chance.randrange(8)
            assert bytes(data) == PACK or why(verify(bytes(data)))

    @pytest.mark.parametrize("error", [RecursionError, MemoryError, KeyError, OverflowError])
    def test_raise_nothing_even_where_nobody_thought_of_it(
        self, error: type[Exception], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: Any) -> None:
            raise error

        monkeypatch.setattr(verify_record, "walk", fail)
        assert why(verify(PACK)) == f"the pack could not be read: {error.__name__}"

    def test_as_anchors_raise_nothing(self) -> None:
        chance = random.Random(6)  # noqa: S311 - the same runs each time
        for anchor in (LOG.receipt(4), LOG.checkpoint(7)):
            for _ in range(150):
                data = bytearray(anchor)
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
                assert why(verify(PACK, anchors=[bytes(data)]))


class TestTheLengthOfALog:
    def test_costs_time_in_proportion(self) -> None:
        """Read a log of many keys and checkpoints: nothing is looked for in a list."""
        log = Log("long")
        for _ in range(300):
            log.rotate()
        log.sizes = set(range(1, 300))
        assert reason(log) == ""
        log.entries[299]["at"] = log.entries[0]["at"]
        assert reason(log).startswith("entry 299 was changed")
