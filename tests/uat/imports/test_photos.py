"""A photo from a sender nobody has to trust: drawn anew by a child, or refused."""

import subprocess
import zlib
from typing import Any

import pytest
from django.core.files.base import ContentFile

from tests.uat.photographs import photograph
from uat.imports import photos
from uat.imports.photos import LARGEST_PHOTO, PhotoRefused, take_photo


def bomb(side: int) -> bytes:
    """Return a small PNG that says it is enormous."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        whole = kind + content
        return len(content).to_bytes(4) + whole + zlib.crc32(whole).to_bytes(4)

    head = side.to_bytes(4) + side.to_bytes(4) + b"\x08\x02\x00\x00\x00"
    rows = zlib.compress(b"\0" * 1_000_000)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


class TestTakePhoto:
    def test_returns_a_jpeg_of_our_own_making(self) -> None:
        taken = take_photo(ContentFile(photograph(told="at home")))
        assert (taken.width, taken.height) == (64, 48)
        assert taken.content.startswith(b"\xff\xd8\xff")
        assert b"at home" not in taken.content
        assert taken.reference == f"sha256:{taken.sha256}"

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"", "empty"),
            (b"no photo", "no photo that can be read"),
            (bomb(20_000), "too many pixels"),
            (bomb(7_000), "no photo that can be read"),
        ],
        ids=["empty", "text", "bomb", "half a bomb"],
    )
    def test_refuses(self, content: bytes, says: str) -> None:
        with pytest.raises(PhotoRefused, match=says):
            take_photo(ContentFile(content))

    def test_refuses_a_large_file_before_anything_reads_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(photos, "_told_by_child", lambda *_, **__: pytest.fail("was read"))
        content = ContentFile(b"x")
        content.size = LARGEST_PHOTO + 1
        with pytest.raises(PhotoRefused, match="larger than 15 MB"):
            take_photo(content)

    @pytest.mark.parametrize("said", [b"", b"not json", b"[1, 2]", b'{"odd": 1}'])
    def test_refuses_what_the_child_does_not_explain(
        self, said: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told = subprocess.CompletedProcess[bytes]([], 0, said)
        monkeypatch.setattr(subprocess, "run", lambda *_, **__: told)
        with pytest.raises(PhotoRefused, match="no photo"):
            take_photo(ContentFile(photograph()))

    def test_refuses_what_takes_too_long_or_kills_the_child(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def take_too_long(*_: Any, **__: Any) -> None:
            raise subprocess.TimeoutExpired("child", 30)

        monkeypatch.setattr(subprocess, "run", take_too_long)
        with pytest.raises(PhotoRefused):
            take_photo(ContentFile(photograph()))
        died = subprocess.CompletedProcess[bytes]([], -9, b"")
        monkeypatch.setattr(subprocess, "run", lambda *_, **__: died)
        with pytest.raises(PhotoRefused):
            take_photo(ContentFile(photograph()))
