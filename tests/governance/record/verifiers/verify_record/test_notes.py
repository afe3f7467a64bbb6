"""FORMAT.md, section 5: verifier keys, checkpoints and receipts, as anchors from outside."""

import base64
import hashlib
from collections.abc import Callable

import pytest

from governance.record.verifiers import verify_record
from governance.record.verifiers.verify_record import Broken, read_key, read_note
from tests.governance.record.verifiers.verify_record.asking import reason
from tests.record_packs import keys, merkle, small_order, worlds
from tests.record_packs.keys import NoteKey, base64_of, checkpoint_text, signature_line
from tests.record_packs.logs import Log

WITNESS = NoteKey("witness.example", "witness")


def log() -> Log:
    """Return five entries under one key."""
    return worlds.plain(5)


def told(anchor: bytes, made: Log | None = None) -> str:
    """Return why an anchor is refused, without its number."""
    return reason(made or log(), anchors=[anchor]).removeprefix("anchor 1: ")


def text_of(made: Log, size: int = 5) -> bytes:
    """Return the three lines over the first entries."""
    leaves = [merkle.leaf(body) for body in made.bodies()[:size]]
    return checkpoint_text(made.origin, size, merkle.root(leaves))


def cosigned(*lines: str) -> str:
    """Return what is said of a right checkpoint that has these lines too."""
    made = log()
    return told(keys.note(text_of(made), made.key.line(text_of(made)), *lines), made)


class TestCheckpoint:
    def test_is_signed_by_the_key_in_force(self) -> None:
        made = worlds.plain(3)
        first = made.key
        made.rotate()
        made.add("OTHER")
        assert len(made.entries) == 5
        for size in range(1, 6):
            text, right = text_of(made, size), first if size < 4 else made.key
            wrong = made.key if size < 4 else first
            assert told(keys.note(text, right.line(text)), made) == ""
            not_signed = "it is not signed by the key of the log"
            assert told(keys.note(text, wrong.line(text)), made) == not_signed
            assert told(keys.note(text, wrong.line(text), right.line(text)), made) == ""
            bad = signature_line(wrong.name, wrong.identifier, b"\0" * 64)
            signed = "its signature is wrong"
            assert told(keys.note(text, right.line(text), bad), made) == signed

    def test_is_of_this_log_and_not_longer(self) -> None:
        assert told(worlds.plain(5, seed="other").checkpoint()) == "it is for another log"
        assert told(worlds.plain(6).checkpoint()) == (
            "it is of 6 entries: the end of the pack was cut off"
        )

    def test_has_the_root_of_the_pack(self) -> None:
        made = log()
        text = checkpoint_text(made.origin, 5, bytes(32))
        why = "it has another root than the entries"
        assert told(keys.note(text, made.key.line(text)), made) == why
        text = checkpoint_text(made.origin, 4, merkle.root([merkle.leaf(b"")]))
        assert told(keys.note(text, made.key.line(text)), made) == why

    @pytest.mark.parametrize("bit", [0, 255, 256, 511])
    def test_is_signed_rightly(self, bit: int) -> None:
        made = log()
        text = text_of(made)
        signature = int.from_bytes(made.key.private.sign(text), "big") ^ 1 << bit
        line = signature_line(made.key.name, made.key.identifier, signature.to_bytes(64, "big"))
        assert told(keys.note(text, line), made) == "its signature is wrong"

    def test_may_have_lines_by_others(self) -> None:
        text = text_of(log())
        assert cosigned(WITNESS.line(text)) == ""
        assert cosigned(signature_line("witness", b"\1\2\3\4", b"x")) == ""
        assert cosigned(signature_line(log().key.name, b"\1\2\3\4", b"x")) == ""
        assert cosigned(signature_line("witness", log().key.identifier, b"x")) == ""

    def test_has_at_most_sixteen_lines(self) -> None:
        lines = [signature_line(f"w{number}", b"\0\0\0\0", b"x") for number in range(16)]
        assert cosigned(*lines[:15]) == ""
        assert cosigned(*lines) == "is not in the form of a checkpoint"
        assert told(keys.note(text_of(log()))) == "is not in the form of a checkpoint"

    def test_names_no_key_twice(self) -> None:
        text = text_of(log())
        assert cosigned(log().key.line(text)) == "names a key twice"
        other = signature_line("w", b"\0\0\0\0", b"x")
        assert cosigned(other, signature_line("w", b"\0\0\0\0", b"y")) == "names a key twice"

    @pytest.mark.parametrize(
        "change",
        [
            lambda note: note[:-1],
            lambda note: note + b"\n",
            lambda note: b"\n" + note,
            lambda note: note + b" ",
            lambda note: note.replace(b"\n", b"\r\n"),
            lambda note: note.replace(b"\n\n", b"\n"),
            lambda note: note.replace(b"\n\n", b"\n\n\n"),
            lambda note: note.replace(b"\n\n", b"\nmore\n\n"),
            lambda note: note.replace(b"\n5\n", b"\n05\n"),
            lambda note: note.replace(b"\n5\n", b"\n+5\n"),
            lambda note: note.replace(b"\n5\n", b"\n0\n"),
            lambda note: note.replace(b"\n5\n", b"\n-5\n"),
            lambda note: note.replace(b"\n5\n", b"\n5.0\n"),
            lambda note: note.replace(b"\n5\n", "\n\u0665\n".encode()),
            lambda note: note.replace(b"\n5\n", b"\n" + b"9" * 5000 + b"\n"),
            lambda note: note.replace("—".encode(), b"-"),
            lambda note: note.replace("—".encode(), "\u2013".encode()),
            lambda note: note.replace("— ".encode(), "—  ".encode()),
            lambda note: note.replace("— ".encode(), "—\u00a0".encode()),
            lambda note: note.replace("— ".encode(), b"\xff "),
            lambda note: note.replace("— gate".encode(), "— g te".encode()),
            lambda note: note.replace("— gate".encode(), "— g+te".encode()),
            lambda note: note.replace("— gate".encode(), "— gäte".encode()),
            lambda note: b"\xef\xbb\xbf" + note,
            lambda note: b"Dear Ana,\n" + note,
            lambda note: b"",
            lambda note: b"\0",
        ],
    )
    def test_has_its_form(self, change: Callable[[bytes], bytes]) -> None:
        note = log().checkpoint()
        assert change(note) != note
        assert told(change(note)) in {"is not in the form of a checkpoint", "is not text"}

    @pytest.mark.parametrize(
        "change",
        [
            lambda text: text.rstrip("="),
            lambda text: text + "=",
            lambda text: text[:-2] + chr(ord(text[-2]) + 1) + "=",  # the same bytes, said otherwise
            lambda text: text.replace("+", "-").replace("/", "_"),
            lambda text: text[:8] + "=" + text[9:],
        ],
    )
    def test_is_in_canonical_base64(self, change: Callable[[str], str]) -> None:
        made = log()
        text = text_of(made)
        root = text.decode().split("\n")[2]
        for number in range(200):  # until there is one with both odd digits
            if {"+", "/"} & set(root):
                break
            made = worlds.plain(5, seed=str(number))
            text = text_of(made)
            root = text.decode().split("\n")[2]
        odd = text.replace(root.encode(), change(root).encode())
        assert told(keys.note(odd, made.key.line(odd)), made) in {
            "its base64 is not right",
            "is not in the form of a checkpoint",
        }

    @pytest.mark.parametrize("size", [0, 31, 33])
    def test_has_a_root_of_32_bytes(self, size: int) -> None:
        made = log()
        text = checkpoint_text(made.origin, 5, bytes(size))
        found = told(keys.note(text, made.key.line(text)), made)
        assert found in {"has a root that is no hash", "is not in the form of a checkpoint"}

    def test_has_four_bytes_and_a_signature(self) -> None:
        line = f"— w {base64_of(b'abcd')}\n"
        assert cosigned(line) == "has a signature that is too short"

    def test_is_signed_with_64_bytes(self) -> None:
        made = log()
        text = text_of(made)
        for signature in (b"x", made.key.private.sign(text) + b"\0"):
            line = signature_line(made.key.name, made.key.identifier, signature)
            assert told(keys.note(text, line), made) == "its signature is wrong"


class TestVerifierKey:
    def test_has_its_form(self) -> None:
        for seed in "abcdefgh":
            key = NoteKey("gate.example", seed)
            assert read_key(key.verifier).public == key.public

    @pytest.mark.parametrize(
        "name", ["", "a b", "a+b", "ä", "a\u00a0b", "a\u2028", "a\x7f", "a\tb", "a\nb", "\ufeffa"]
    )
    def test_has_a_name_of_visible_ascii(self, name: str) -> None:
        with pytest.raises(Broken):
            read_key(NoteKey(name, "a").verifier)

    @pytest.mark.parametrize("data", [b"", b"\1", b"\1" * 32, b"\1" * 34, b"\2" + bytes(32)])
    def test_is_an_ed25519_key_of_32_bytes(self, data: bytes) -> None:
        identifier = hashlib.sha256(b"a\n" + data).hexdigest()[:8]
        with pytest.raises(Broken, match=r"not an Ed25519 key|verifier key"):
            read_key(f"a+{identifier}+{base64_of(data)}")

    @pytest.mark.parametrize("odd", list(small_order.KEYS)[:3])
    def test_of_small_order_signs_nothing(self, odd: str) -> None:
        made = worlds.plain(3)
        new = made.rotate()
        new.__dict__["public"] = bytes.fromhex(odd)
        made.entries[-1]["terms"]["key"] = new.verifier
        new.__dict__["private"] = type(
            "Weak", (), {"sign": lambda _, text: small_order.forged(bytes.fromhex(odd), text)}
        )()
        assert reason(made).endswith("its signature is wrong")

    def test_that_shares_its_identifier_with_another_is_refused_with_it(self) -> None:
        """Forge two keys under one name and identifier: a line has to be right by both."""
        made, other = log(), NoteKey("other", "other")
        name = (made.key.name, made.key.identifier)
        note = read_note(made.checkpoint().decode())
        found = verify_record.Log(made.origin, made.project, {})
        found.keys, found.since = [read_key(made.key.verifier)], [0]
        found.roots = {5: (note.root, "")}
        found.publics = {name: {made.key.public}}
        verify_record.check_note(found, note)
        found.publics[name].add(other.public)
        with pytest.raises(Broken, match="its signature is wrong"):
            verify_record.check_note(found, note)


class TestReceipt:
    def test_leads_to_the_root(self) -> None:
        made = log()
        for size in range(1, 6):
            for index in range(size):
                assert told(made.receipt(index, size), made) == ""

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b"v1", b"v2"), (b"extra ", b"extra  "), (b"extra ", b"more "),
            (b"index 2", b"index 02"),
            (b"index 2", b"index -2"), (b"index 2", b"index"), (b"index 2\n", b""),
            (b"index 2", b"index " + b"9" * 5000), (b"\n\n", b"\n"), (b"@v1\n", b"@v1\n\n"),
        ],
    )  # fmt: skip
    def test_has_its_form(self, old: bytes, new: bytes) -> None:
        receipt = log().receipt(2)
        assert told(receipt.replace(old, new, 1)).startswith(("is not in the form", "its base64"))

    def test_starts_with_its_first_line_and_ends_with_a_checkpoint(self) -> None:
        receipt = log().receipt(2)
        assert told(b" " + receipt) == "is not in the form of a checkpoint"
        assert told(receipt + b"\n") == "is not in the form of a checkpoint"
        assert told(receipt.split(b"\n\n")[0] + b"\n\n") == "is not in the form of a checkpoint"
        assert told(receipt[:40]) == "is not in the form of a receipt"

    def test_is_for_the_body_at_its_index(self) -> None:
        made, receipt = log(), log().receipt(2)
        body = base64_of(made.bodies()[2]).encode()
        other = base64_of(made.bodies()[3]).encode()
        assert told(receipt.replace(body, other)) == "entry 2 is another one in the pack"
        empty = receipt.replace(body, b"")
        assert told(empty) == "is not in the form of a receipt"
        for index in (0, 1, 3, 4):
            moved = receipt.replace(b"index 2", b"index %d" % index)
            assert told(moved) == f"entry {index} is another one in the pack"
        assert "entry 7" in told(receipt.replace(b"index 2", b"index 7"))

    def test_is_for_an_entry_that_its_checkpoint_covers(self) -> None:
        made = log()
        path = merkle.inclusion([merkle.leaf(body) for body in made.bodies()[:2]], 1)
        wrong = keys.receipt_of(made.bodies()[3], 3, path, made.checkpoint(2))
        assert told(wrong, made) == "its proof does not lead to the root"

    def test_has_every_hash_and_no_more(self) -> None:
        made = log()
        path = merkle.inclusion([merkle.leaf(body) for body in made.bodies()], 2)
        why = "its proof does not lead to the root"
        for odd in (path[:-1], path[1:], [*path, path[0]], [bytes(32), *path[1:]], path[::-1], []):
            assert told(keys.receipt_of(made.bodies()[2], 2, odd, made.checkpoint())) == why
        short = [*path[:-1], path[-1][:-1]]
        found = told(keys.receipt_of(made.bodies()[2], 2, short, made.checkpoint()))
        assert found == "has a proof of other things than hashes"
        many = keys.receipt_of(made.bodies()[2], 2, [bytes(32)] * 64, made.checkpoint())
        assert told(many) == "is not in the form of a receipt"

    def test_is_at_most_four_mebibytes(self) -> None:
        assert told(b"x" * (4 * 2**20 + 1)) == "is too large for an anchor"

    def test_carries_a_body_of_any_size(self) -> None:
        made = log()
        made.entries[2]["terms"]["pad"] = "x" * 1_000_000
        assert told(made.receipt(2), made) == ""


def test_a_note_says_what_is_signed() -> None:
    note = read_note(log().checkpoint().decode())
    assert note.signed == text_of(log())
    assert (note.origin, note.size) == (log().origin, 5)
    assert note.root == base64.b64decode(note.signed.split(b"\n")[2])
