"""The house rules for every template: nothing that a strict content policy would block."""

import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT, name_of

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
OWN_FILES = sorted((ROOT / "readiness" / "static" / "gate").glob("*.*"))
PAPER = ROOT / "templates" / "reports" / "paper"
"""Set by WeasyPrint, which no policy stands over; its style sheet has to be inside."""
INLINE = {
    "a style attribute": r"\sstyle\s*=",
    "a style element": r"<style\b",
    "a script without a file": r"<script\b(?![^>]*\bsrc=)",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=\s*[\"']",
    "a script as an address": r"javascript:",
}
IN_SCRIPTS = {
    "HTML made of text": r"\.innerHTML\b|\.outerHTML\b|insertAdjacentHTML|document\.write",
    "code made of text": r"\beval\(|new Function\(",
    "a style set by hand": r"\.style\.|setAttribute\(\"style\"",
    "another host": r"https?://(?!www\.w3\.org)",
}


def _found(text: str, rules: dict[str, str]) -> list[str]:
    return [what for what, pattern in rules.items() if re.search(pattern, text, re.IGNORECASE)]


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if PAPER not in path.parents], ids=name_of
)
def test_no_template_carries_style_or_script(path: Path) -> None:
    assert _found(path.read_text(), INLINE) == []


@pytest.mark.parametrize("path", [path for path in OWN_FILES if path.suffix == ".js"], ids=name_of)
def test_no_script_makes_code_or_markup_of_text(path: Path) -> None:
    assert _found(path.read_text(), IN_SCRIPTS) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<p style="color:red">', "a style attribute"),
        ("<script>go()</script>", "a script without a file"),
        ('<a onclick="go()">', "an event attribute"),
        ('<a href="javascript:go()">', "a script as an address"),
    ],
)
def test_the_rules_see_what_they_are_for(text: str, what: str) -> None:
    assert _found(text, INLINE) == [what]


def test_every_part_says_what_it_is() -> None:
    silent = [
        name_of(path)
        for path in (ROOT / "templates" / "_parts").glob("*.html")
        if not path.read_text().lstrip().startswith("{% comment %}")
    ]
    assert silent == []


NO_EXAMPLES = {"demo_roles.html"}
"""Parts that work only where the demo does."""


def test_the_page_of_parts_shows_every_part() -> None:
    """A part that another part or every page shows needs no example of its own."""
    example = (ROOT / "templates" / "readiness" / "style.html").read_text()
    missing = [
        path.name
        for path in sorted((ROOT / "templates" / "_parts").glob("*.html"))
        if f'"_parts/{path.name}"' not in example and not _is_shown_by_parts(path.name)
    ]
    assert set(missing) <= NO_EXAMPLES


def _is_shown_by_parts(name: str) -> bool:
    others = [ROOT / "templates" / "base.html", *(ROOT / "templates" / "_parts").glob("*.html")]
    return any(f'"_parts/{name}"' in path.read_text() for path in others)
