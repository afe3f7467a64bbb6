"""The command replaces the key, and says where the old one is."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from governance.record.keys import signer
from tests.factories import make_project


@pytest.mark.django_db
class TestRotateRecordKey:
    def test_says_what_it_did(
        self, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        settings.RECORD_KEY_FILE = tmp_path / "record-key"
        make_project()
        call_command("rotate_record_key", "--reason", "Once a year")
        said = capsys.readouterr().out
        assert signer().verifier.split("+")[1] in said
        assert "record-key.retired-" in said

    def test_refuses_when_the_old_key_is_missing(self, settings: Settings, tmp_path: Path) -> None:
        settings.RECORD_KEY_FILE = tmp_path / "record-key"
        make_project()
        (tmp_path / "record-key").unlink()
        with pytest.raises(CommandError, match="--lost"):
            call_command("rotate_record_key", "--reason", "Once a year")
