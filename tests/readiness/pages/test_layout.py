"""The edition of templates and translations."""

from pathlib import Path

from pytest_django import Settings

from readiness.pages.layout import SHORT, edition


class TestEdition:
    def test_changes_with_a_template_and_is_read_once(
        self, tmp_path: Path, settings: Settings
    ) -> None:
        engine = settings.TEMPLATES[0]
        settings.TEMPLATES = [{**engine, "DIRS": [tmp_path]}]
        seen = []
        for text in ("old", "new"):
            (tmp_path / "page.html").write_text(text)
            edition.cache_clear()
            seen.append(edition())
            assert edition() == seen[-1]
        edition.cache_clear()
        assert len(set(seen)) == 2
        assert all(len(each) == SHORT for each in seen)
