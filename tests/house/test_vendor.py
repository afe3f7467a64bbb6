"""Files from others are the ones we looked at, and need no network."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "readiness" / "static" / "vendor"
LISTED: dict[str, str] = {
    name: digest
    for digest, name in (
        line.split("  ", 1) for line in (VENDOR / "SHA256SUMS").read_text().splitlines()
    )
}
FILES = sorted(str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.parent != VENDOR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


class TestVendorFiles:
    def test_are_all_listed(self) -> None:
        assert sorted(LISTED) == [name for name in FILES if (VENDOR / name).is_file()]

    @pytest.mark.parametrize("name", sorted(LISTED))
    def test_are_what_the_list_says(self, name: str) -> None:
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == LISTED[name]

    @pytest.mark.parametrize("name", [name for name in LISTED if name.endswith((".css", ".js"))])
    def test_name_no_source_map(self, name: str) -> None:
        assert "sourceMappingURL" not in (VENDOR / name).read_text()


class TestTemplates:
    @pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
    def test_carry_no_inline_style_or_script(self, path: Path) -> None:
        if "paper" in path.parts:
            return
        text = path.read_text()
        assert not re.search(r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<style", text)
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*nonce=)", text)

    @pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
    def test_draw_only_icons_that_are_in_the_sprite(self, path: Path) -> None:
        sprite = (VENDOR / "icons" / "icons.svg").read_text()
        for name in re.findall(r'{% icon "([a-z0-9-]+)"', path.read_text()):
            assert f'id="{name}"' in sprite, name

    @pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
    def test_ask_nothing_of_other_hosts(self, path: Path) -> None:
        assert not re.search(r"(src|href)=\"(https?:)?//", path.read_text())
