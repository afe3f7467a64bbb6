"""What importers write is said in the reader's language, and stored in English."""

import ast

import pytest
from django.utils import translation

from governance.pages import remarks
from governance.pages.remarks import PHRASES, remark
from tests.house.sources import ROOT

ROOMS = [ROOT / app / "imports" for app in ("governance", "uat", "training", "readiness")]
FILES = sorted(path for room in ROOMS for path in room.glob("*.py"))


def literals(source: str) -> list[str]:
    """Return every whole sentence that an importer writes about a row or a file."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            told = [each.value for each in node.keywords if each.arg in ("reason", "remedy")]
            if getattr(node.func, "id", "") in ("RowSkipped", "Unreadable"):
                told += node.args[:1]
            found += [each.value for each in told if isinstance(each, ast.Constant)]
    return [str(each) for each in found]


class TestRemark:
    @pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}/{path.name}")
    def test_knows_every_sentence_of_the_importers(self, path: object) -> None:
        assert [text for text in literals(path.read_text()) if text not in PHRASES] == []  # type: ignore[attr-defined]

    def test_says_a_phrase_with_its_values(self, monkeypatch: pytest.MonkeyPatch) -> None:
        words = {"is the person of row %(v1)s too": "ist auch die Person der Zeile %(v1)s"}
        monkeypatch.setattr(remarks, "_", lambda text: words.get(text, text))
        with translation.override("de"):
            assert remark("is the person of row 7 too") == "ist auch die Person der Zeile 7"

    def test_leaves_english_as_it_is(self) -> None:
        for text in ("is empty", "is longer than 40 signs", "Write one of: a, b.", "Zebra 50 %."):
            assert remark(text) == text
