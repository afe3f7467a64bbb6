"""A process signed with a passkey, exported: both offline verifiers take the assertion."""

import json
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from django.core.cache import cache
from django.test import Client

from governance.record.verifiers import verify_record
from reports.exports.packs import export_record
from tests.passkeys import Device
from tests.readiness.views.processes.test_passkey import asked_of, begin, finish
from tests.signing import Desk

SCRIPT = Path(verify_record.__file__).with_suffix(".mjs")


class TestPackOfAPasskey:
    @pytest.mark.parametrize("kind", ["p256", "edwards", "rsa"])
    def test_is_taken_by_both_verifiers_and_in_no_other_form(
        self, client: Client, desk: Desk, kind: str, tmp_path: Path
    ) -> None:
        cache.clear()
        device = Device()
        if kind == "edwards":
            device.private = ed25519.Ed25519PrivateKey.generate()
        if kind == "rsa":
            device.private = rsa.generate_private_key(65537, 2048)
        device.give_to(desk.cast.process_owner)
        key, digest = asked_of(begin(client, desk))
        finish(client, desk, key, device.sign(digest))
        pack = export_record(project=desk.cast.project, exported_by=desk.cast.sponsor)
        found = verify_record.verify(pack.content, anchors=[pack.checkpoint.encode()])
        assert (found.verdict, found.reason, found.signatures) == ("VALID", "", 1)
        file, anchor = tmp_path / "pack.zip", tmp_path / "anchor.txt"
        file.write_bytes(pack.content)
        anchor.write_text(pack.checkpoint)
        command = ["node", str(SCRIPT), str(file), "--anchor", str(anchor), "--json"]
        told = subprocess.run(command, capture_output=True, check=False, timeout=60)  # noqa: S603
        assert json.loads(told.stdout)["verdict"] == "VALID"
