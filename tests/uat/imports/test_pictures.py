"""The child that draws a photo anew: what it takes, and what it leaves behind."""

import io
import json
import resource
from pathlib import Path

import pytest
from PIL import Image

from tests.uat.photographs import photograph
from uat.imports import pictures
from uat.imports.pictures import LONGEST_SIDE, main, redrawn


def drawn(content: bytes, tmp_path: Path) -> tuple[dict[str, object], Path]:
    """Return what the child says of a file, and what it wrote."""
    source, target = tmp_path / "in", tmp_path / "out"
    source.write_bytes(content)
    return redrawn(str(source), target=str(target)), target


class TestRedrawn:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_keeps_the_pixels_and_nothing_else(self, kind: str, tmp_path: Path) -> None:
        told, target = drawn(photograph(kind=kind, told="59.91 N, 10.75 E"), tmp_path)
        assert told == {"width": 64, "height": 48}
        assert b"59.91" not in target.read_bytes()
        with Image.open(target) as photo:
            assert photo.format == "JPEG"
            assert not photo.getexif()
            red, green, blue = photo.convert("RGB").getpixel((30, 20))  # type: ignore[misc]
            assert red < 40
            assert green > 90
            assert blue > 90

    def test_stands_upright_as_the_camera_was_held(self, tmp_path: Path) -> None:
        told, _ = drawn(photograph(turned=True), tmp_path)
        assert told == {"width": 48, "height": 64}

    def test_is_never_longer_than_a_screen_shows(self, tmp_path: Path) -> None:
        told, _ = drawn(photograph(size=(3 * LONGEST_SIDE, LONGEST_SIDE)), tmp_path)
        assert told["width"] == LONGEST_SIDE

    @pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "CMYK", "1"])
    def test_takes_every_kind_of_pixel(self, mode: str, tmp_path: Path) -> None:
        kind = "JPEG" if mode == "CMYK" else "PNG"
        target = io.BytesIO()
        Image.new(mode, (8, 8)).save(target, format=kind)
        told, _ = drawn(target.getvalue(), tmp_path)
        assert told == {"width": 8, "height": 8}

    def test_lets_what_is_see_through_be_white(self, tmp_path: Path) -> None:
        target = io.BytesIO()
        Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(target, format="PNG")
        _, written = drawn(target.getvalue(), tmp_path)
        with Image.open(written) as photo:
            assert photo.getpixel((4, 4)) == (255, 255, 255)

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"no photo at all",
            b"\xff\xd8\xff\xe0 not really",
            b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
            photograph()[:200],
            b"%PDF-1.7",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"GIF89a" + b"\0" * 100,
        ],
        ids=["nothing", "text", "half a head", "zeros", "cut off", "paper", "drawing", "gif"],
    )
    def test_refuses_what_is_no_photo(self, content: bytes, tmp_path: Path) -> None:
        told, target = drawn(content, tmp_path)
        assert told == {"refused": "UNREADABLE"}
        assert not target.exists()

    def test_refuses_more_pixels_than_a_camera_has(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pictures, "MOST_PIXELS", 64 * 48 - 1)
        told, _ = drawn(photograph(), tmp_path)
        assert told == {"refused": "PIXELS"}

    def test_says_that_the_memory_was_not_enough(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def run_out(photo: object) -> None:
            raise MemoryError

        monkeypatch.setattr(pictures, "_on_white", run_out)
        told, _ = drawn(photograph(), tmp_path)
        assert told == {"refused": "PIXELS"}


class TestMain:
    def test_limits_itself_before_it_reads(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        limits: dict[int, tuple[int, int]] = {}
        monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
        source, target = tmp_path / "in", tmp_path / "out"
        source.write_bytes(photograph())
        main(str(source), str(target))
        assert json.loads(capsys.readouterr().out) == {"width": 64, "height": 48}
        assert set(limits) == {
            resource.RLIMIT_AS,
            resource.RLIMIT_CPU,
            resource.RLIMIT_FSIZE,
            resource.RLIMIT_CORE,
        }
