"""A record exported by command: the pack, its checkpoint beside it, and what is refused."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from governance.models import Project, RecordEntry
from governance.record.verifiers import verify_record
from tests.factories import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    """Return a project."""
    return make_project(slug="pumps")


def exported(slug: str, output: Path) -> str:
    """Export and return what was said."""
    out = io.StringIO()
    call_command("export_record", project=slug, output=str(output), stdout=out)
    return out.getvalue()


class TestExportRecord:
    def test_writes_the_pack_and_its_checkpoint_apart(
        self, project: Project, tmp_path: Path
    ) -> None:
        said = exported("pumps", tmp_path / "pack.zip")
        note = (tmp_path / "pack.zip.checkpoint").read_bytes()
        pack = (tmp_path / "pack.zip").read_bytes()
        assert verify_record.verify(pack, anchors=[note]).verdict == "VALID"
        assert note.decode() in said
        last = RecordEntry.objects.filter(project=project).newest_first()[0]
        assert (last.kind, last.actor) == ("EXPORTED", None)

    @pytest.mark.parametrize(
        ("slug", "output", "sentence"),
        [
            ("nowhere", "pack.zip", "There is no project 'nowhere'. Known: pumps."),
            ("pumps", ".", "name a file in a folder that exists"),
            ("pumps", "no/such/pack.zip", "name a file in a folder that exists"),
        ],
    )
    def test_says_what_is_wrong(
        self, project: Project, tmp_path: Path, slug: str, output: str, sentence: str
    ) -> None:
        with pytest.raises(CommandError, match=sentence):
            exported(slug, tmp_path / output)

    def test_is_refused_under_another_key(
        self, project: Project, tmp_path: Path, settings: Settings
    ) -> None:
        exported("pumps", tmp_path / "pack.zip")
        settings.RECORD_KEY_FILE = str(tmp_path / "another")
        before = RecordEntry.objects.count()
        with pytest.raises(CommandError, match="not the one"):
            exported("pumps", tmp_path / "again.zip")
        assert RecordEntry.objects.count() == before
        assert not (tmp_path / "again.zip").exists()
