"""Files are kept under names of our own."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from governance.models import Attachment
from governance.services import attachments
from governance.services.attachments import (
    AttachmentRefused,
    Place,
    clean_name,
    head_of,
    store_attachment,
)
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db


def stored(content: bytes, *, name: str = "a.csv") -> Attachment:
    place = Place(organisation=make_organisation())
    return store_attachment(place=place, name=name, content=content, uploaded_by=None)


class TestStoreAttachment:
    def test_keeps_bytes_under_a_random_name(self) -> None:
        row = stored(b"a,b\n", name="../../etc/passwd")
        assert (row.name, row.size) == ("passwd", 4)
        assert row.sha256 == hashlib.sha256(b"a,b\n").hexdigest()
        assert row.content.name == f"attachments/{row.public_id.hex}"
        assert Path(row.content.path).read_bytes() == b"a,b\n"

    def test_keeps_an_uploaded_file(self) -> None:
        file = SimpleUploadedFile("a.csv", b"a,b\n")
        assert head_of(file) == b"a,b\n"
        place = Place(organisation=make_organisation())
        row = store_attachment(place=place, name="a.csv", content=file, uploaded_by=None)
        assert row.content.read() == b"a,b\n"

    def test_refuses_what_is_empty_or_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(AttachmentRefused, match="empty"):
            stored(b"")
        monkeypatch.setattr(attachments, "LARGEST_FILE", 3)
        with pytest.raises(AttachmentRefused, match="larger than"):
            stored(b"a,b\n")
        assert not Attachment.objects.exists()


class TestCleanName:
    @pytest.mark.parametrize(
        ("name", "kept"),
        [
            ("C:\\temp\\a.csv", "a.csv"),
            ("/etc/passwd", "passwd"),
            ("a\r\nb\x00.csv", "ab.csv"),
            ("\u202egnp.csv", "gnp.csv"),
            ("", "file"),
            ("x" * 300 + ".csv", "x" * 196 + ".csv"),
        ],
    )
    def test_keeps_what_can_be_shown(self, name: str, kept: str) -> None:
        assert clean_name(name) == kept


def test_the_head_of_bytes_is_their_start() -> None:
    assert head_of(b"x" * 10_000) == b"x" * 8192
    assert head_of(ContentFile(b"abc")) == b"abc"
