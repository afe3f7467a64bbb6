"""A pack carries the answers of a time-stamp authority, and README's recipe takes them."""

import json
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import timezone

from governance.choices import AnchorKind
from governance.models import Anchor, RecordHead
from governance.record.checkpoints import checkpoint_of
from governance.record.verifiers import verify_record
from governance.services.time_stamping import ask_for_time_stamps, run_time_stamp
from tests.authority import Authority, authority_in, serving
from tests.house.sources import ROOT
from tests.reports.exports.test_packs import by_node, export
from tests.signing import Desk, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def stamped(tmp_path: Path, settings: LazySettings) -> tuple[Desk, Authority]:
    """Return a signed process whose checkpoint an authority dated."""
    desk = make_desk()
    desk.sign(desk.cast.process_owner)
    authority = authority_in(tmp_path)
    with serving(authority):
        settings.TSA_URL, settings.DEBUG = authority.url, True
        head = RecordHead.objects.get(project=desk.cast.project)
        (job,) = ask_for_time_stamps([checkpoint_of(head)])
        run_time_stamp(job, moment=timezone.now())
    return desk, authority


class TestAPackWithATimeStamp:
    def test_is_valid_for_both_verifiers(
        self, stamped: tuple[Desk, Authority], tmp_path: Path
    ) -> None:
        desk, authority = stamped
        pack = export(desk)
        size = Anchor.objects.get(kind=AnchorKind.TIMESTAMP).checkpoint.size
        found = verify_record.verify(pack.content, anchors=[pack.checkpoint.encode()])
        assert (found.verdict, found.reason) == ("VALID", "")
        assert by_node(pack, tmp_path) == "VALID"
        with zipfile.ZipFile(BytesIO(pack.content)) as archive:
            token = archive.read(f"timestamps/{size}.tsr")
            notes = json.loads(archive.read("checkpoints.json"))
            (told,) = [a for a in json.loads(archive.read("anchors.json")) if a["size"] == size]
        assert (told["kind"], told["to"]) == ("TIMESTAMP", "127.0.0.1")
        taken = [note for note in notes if authority.accepts(token, over=note.encode())]
        assert [note.split("\n")[1] for note in taken] == [str(size)]

    def test_is_checked_by_the_lines_of_readme(
        self, stamped: tuple[Desk, Authority], tmp_path: Path
    ) -> None:
        desk, _ = stamped
        size = Anchor.objects.get(kind=AnchorKind.TIMESTAMP).checkpoint.size
        (tmp_path / "orion.zip").write_bytes(export(desk).content)
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        (lines,) = re.findall(r"```sh\n(unzip -p orion[^`]*openssl ts[^`]*)```", readme)
        unzip = f"'{sys.executable}' '{tmp_path / 'unzip.py'}'"
        (tmp_path / "unzip.py").write_text(UNZIP, encoding="utf-8")
        script = lines.replace("unzip -p", unzip).replace("python3", f"'{sys.executable}'")
        script = script.replace("'12'", f"'{size}'").replace("12.tsr", f"{size}.tsr")
        told = subprocess.run(  # noqa: S603 - the lines of README
            ["/bin/sh", "-e", "-c", script],
            capture_output=True,
            check=False,
            cwd=tmp_path,
            text=True,
        )
        assert (told.returncode, "Verification: OK" in told.stdout + told.stderr) == (0, True), told


UNZIP = """
import sys, zipfile
sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))
"""
