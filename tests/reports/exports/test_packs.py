"""A pack of a real record: both verifiers take it, and nothing in it can be changed."""

import json
import subprocess
from pathlib import Path

import pytest

from governance.choices import RecordKind, SignoffAct
from governance.models import RecordEntry
from governance.record.verifiers import verify_record
from reports.exports.packs import Pack, export_record
from tests.signing import Desk, make_desk

pytestmark = pytest.mark.django_db
SCRIPT = Path(verify_record.__file__).with_suffix(".mjs")


@pytest.fixture
def desk() -> Desk:
    """Return a process that was signed and refused."""
    desk = make_desk()
    desk.sign(desk.cast.process_owner)
    desk.sign(desk.cast.sponsor, act=SignoffAct.REFUSED)
    return desk


def export(desk: Desk) -> Pack:
    """Export the record as the sponsor."""
    return export_record(project=desk.cast.project, exported_by=desk.cast.sponsor)


def by_node(pack: Pack, folder: Path) -> str:
    """Return the verdict of the Node verifier, the pack's own checkpoint kept outside."""
    file, anchor = folder / "pack.zip", folder / "anchor.txt"
    file.write_bytes(pack.content)
    anchor.write_text(pack.checkpoint, encoding="utf-8")
    command = ["node", str(SCRIPT), str(file), "--anchor", str(anchor), "--json"]
    told = subprocess.run(command, capture_output=True, check=False, timeout=60)  # noqa: S603
    return str(json.loads(told.stdout)["verdict"])


class TestExportRecord:
    def test_is_taken_by_both_verifiers(self, desk: Desk, tmp_path: Path) -> None:
        pack = export(desk)
        found = verify_record.verify(pack.content, anchors=[pack.checkpoint.encode()])
        assert (found.verdict, found.reason) == ("VALID", "")
        assert found.signatures == 2
        assert by_node(pack, tmp_path) == "VALID"

    def test_takes_a_receipt_as_an_anchor_and_says_what_came_after(self, desk: Desk) -> None:
        row = desk.process.signoffs.order_by("pk").first()
        assert row is not None
        assert row.entry is not None
        found = verify_record.verify(export(desk).content, anchors=[row.receipt.encode()])
        assert found.verdict == "NOT_ANCHORED"
        assert found.since == json.loads(row.entry.body)["at"]

    def test_is_the_last_entry_of_the_record(self, desk: Desk) -> None:
        pack = export(desk)
        last = RecordEntry.objects.filter(project=desk.cast.project).newest_first().first()
        assert last is not None
        assert (last.kind, last.seq + 1) == (RecordKind.EXPORTED, pack.size)

    def test_holds_every_export_before_it(self, desk: Desk) -> None:
        first, second = export(desk), export(desk)
        found = verify_record.verify(second.content, anchors=[first.checkpoint.encode()])
        assert found.verdict == "NOT_ANCHORED"

    def test_has_a_record_even_where_nothing_was_done(self) -> None:
        desk = make_desk()
        pack = export(desk)
        found = verify_record.verify(pack.content, anchors=[pack.checkpoint.encode()])
        assert (found.verdict, found.reason) == ("VALID", "")
