"""A new key is vouched for by the old one, and what the old one signed still verifies."""

from pathlib import Path

import pytest
from pytest_django import Settings

from governance.choices import RecordKind
from governance.models import Checkpoint, Project, RecordEntry, RecordHead
from governance.record.checking import outside_of
from governance.record.checkpoints import checkpoint_of
from governance.record.keys import read_key, signer
from governance.record.log import Deed, append
from governance.services import rotating
from governance.services.rotating import RotationRefused, rotate_record_key
from governance.services.verifying import Outside, Verification, verify_records
from tests.factories import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def key_file(settings: Settings, tmp_path: Path) -> Path:
    """Return a key file of this test alone."""
    settings.RECORD_KEY_FILE = tmp_path / "record-key"
    signer()
    return tmp_path / "record-key"


@pytest.fixture
def project(key_file: Path) -> Project:
    """Return a project with a checkpoint."""
    project = make_project()
    grow(project)
    return project


def grow(project: Project) -> Checkpoint:
    """Append an entry, and sign the end."""
    return checkpoint_of(append(Deed(kind=RecordKind.EXPORTED, actor=None), project=project).head)


def found(project: Project, checkpoint: Checkpoint) -> Verification:
    """Verify a record, also against a checkpoint that was kept."""
    anchor = outside_of(checkpoint.note.encode())
    assert anchor is not None
    return next(iter(verify_records([project], outside=[Outside("a.txt", anchor)])))


class TestRotateRecordKey:
    def test_leaves_everything_sound_before_and_after(self, project: Project) -> None:
        before = Checkpoint.objects.get()
        old = signer().verifier
        done = rotate_record_key(reason="Once a year")
        assert done.logs == 1
        assert signer().verifier != old
        assert found(project, before).findings == ()
        assert found(project, grow(project)).findings == ()

    def test_is_an_entry_and_signed_by_both_keys(self, project: Project) -> None:
        old = signer()
        rotate_record_key(reason="Once a year")
        entry = RecordEntry.objects.newest_first()[0]
        assert (entry.kind, entry.texts.get().text) == (RecordKind.KEY_ROTATED, "Once a year")
        newest = Checkpoint.objects.order_by("size").last()
        assert newest is not None
        text, _, _ = newest.note.partition("\n\n")
        for key in (signer(), old):
            assert key.line_over(f"{text}\n") in newest.note

    def test_keeps_the_old_key_for_this_account_alone(
        self, project: Project, key_file: Path
    ) -> None:
        old = signer().verifier
        done = rotate_record_key(reason="Once a year")
        assert done.kept is not None
        assert read_key(done.kept).verifier == old
        assert [path.stat().st_mode & 0o777 for path in (key_file, done.kept)] == [0o600] * 2

    def test_reaches_every_log_that_has_begun(self, project: Project) -> None:
        make_project()
        assert rotate_record_key(reason="Once a year").logs == 2
        assert set(RecordHead.objects.values_list("key", flat=True)) == {signer().verifier}

    def test_finishes_what_was_cut_off(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def die(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        old = signer().verifier
        with monkeypatch.context() as patch:
            patch.setattr(rotating, "_put_in_place", die)
            with pytest.raises(KeyboardInterrupt):
                rotate_record_key(reason="Once a year")
        assert signer().verifier == old
        assert rotate_record_key(reason="Again").logs == 0
        assert found(project, grow(project)).findings == ()

    def test_refuses_without_the_old_key(self, project: Project, key_file: Path) -> None:
        key_file.unlink()
        with pytest.raises(RotationRefused, match="--lost"):
            rotate_record_key(reason="It is gone")
        assert not RecordEntry.objects.filter(kind=RecordKind.KEY_ROTATED).exists()

    def test_goes_on_without_it_when_it_is_said_to_be_lost(
        self, project: Project, key_file: Path
    ) -> None:
        before = Checkpoint.objects.get()
        key_file.unlink()
        assert rotate_record_key(reason="It is gone", is_lost=True).kept is None
        assert '"is_lost":true' in RecordEntry.objects.newest_first()[0].body
        assert found(project, before).findings == ()

    def test_asks_why(self, project: Project) -> None:
        with pytest.raises(RotationRefused, match="why"):
            rotate_record_key(reason=" ")
