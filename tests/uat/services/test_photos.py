"""A photo is kept under a name of ours, with its hash in the run, once."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from tests.factories import make_photo, make_project, make_run, make_scenario
from uat.models import Execution, Photo
from uat.services.photos import PhotoGone, open_photo

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def run(settings: Settings, tmp_path: Path) -> Execution:
    """Return a run, with files of its own."""
    settings.MEDIA_ROOT = tmp_path
    return make_run(scenario=make_scenario(project=make_project()))


class TestKeepPhoto:
    def test_keeps_the_bytes_under_a_name_of_our_own(self, run: Execution, tmp_path: Path) -> None:
        photo = make_photo(run=run, content=b"pixels")
        (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert (kept.name, kept.read_bytes()) == (photo.attachment.public_id.hex, b"pixels")
        assert photo.attachment.sha256 == photo.sha256 == str(photo)
        assert photo.organisation_id == run.organisation_id

    def test_lets_a_run_show_a_photo_once(self, run: Execution, tmp_path: Path) -> None:
        photo = make_photo(run=run)
        with pytest.raises(IntegrityError), transaction.atomic():
            make_photo(run=run)
        (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert kept == Path(photo.attachment.content.path)

    def test_is_never_changed_or_taken_away(self, run: Execution) -> None:
        photo = make_photo(run=run)
        for act in (lambda: Photo.objects.update(sha256="0"), photo.delete):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                act()


class TestOpenPhoto:
    def test_returns_what_was_kept(self, run: Execution) -> None:
        assert open_photo(photo=make_photo(run=run, content=b"pixels")) == b"pixels"

    def test_refuses_another_file_and_none(self, run: Execution, tmp_path: Path) -> None:
        photo = make_photo(run=run)
        (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
        kept.write_bytes(b"another")
        with pytest.raises(PhotoGone, match="no longer"):
            open_photo(photo=photo)
        kept.unlink()
        with pytest.raises(PhotoGone, match="not there"):
            open_photo(photo=photo)
