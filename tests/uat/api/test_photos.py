"""Photos over REST: for who sees the project, as they were kept."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.factories import make_photo, make_run, make_scenario
from tests.people import Cast, make_cast
from tests.wire import Caller, problem_of
from uat.models import Photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings: Settings, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path
    return make_cast()


@pytest.fixture
def photo(cast: Cast) -> Photo:
    return make_photo(run=make_run(scenario=make_scenario(project=cast.project)), content=b"pixels")


class TestPhotoFile:
    def test_sends_the_kept_bytes_as_a_file_to_save(self, cast: Cast, photo: Photo) -> None:
        where = f"projects/{cast.project.public_id}/photos/{photo.public_id}/"
        answer = Caller.of(cast.auditor).get(where)
        assert answer.content == b"pixels"
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["ETag"] == f'"{photo.sha256}"'
        assert Caller.of(cast.other_sponsor).get(where).status_code == 404

    def test_knows_no_photo_whose_file_is_another(
        self, cast: Cast, photo: Photo, tmp_path: Path
    ) -> None:
        (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
        kept.write_bytes(b"other pixels")
        where = f"projects/{cast.project.public_id}/photos/{photo.public_id}/"
        answer = Caller.of(cast.auditor).get(where)
        assert answer.status_code == 404
        problem_of(answer)
