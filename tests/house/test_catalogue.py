"""The catalogues: whole, true to the sources, and compiled from what one can read."""

import re

import pytest
from django.conf import settings
from django.template.base import Lexer, TokenType

from tests.catalogue.extracting import TEMPLATES, Message, NotTranslatable, in_module, messages
from tests.catalogue.files import compiled, po_of, read_po, renewed, written
from tests.flows.reading import WORD, pieces_of
from tests.house.sources import name_of

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}|</?\w+")
SMALL_WORD = re.compile(r"\b[a-z]{2}")
OPENING, CLOSING = re.compile(r"(blocktrans\w*|comment|verbatim)\b"), re.compile(r"end\w+")
NAMES = re.compile(r"Readiness Gate|UTC|KiB|SHA-256")


@pytest.mark.parametrize("language", LANGUAGES)
class TestEveryCatalogue:
    def test_holds_the_texts_of_the_sources_and_no_others(self, language: str) -> None:
        found, text = messages(), po_of(language).read_text(encoding="utf-8")
        assert written(renewed(read_po(text), found), found) == text, "make messages"

    def test_is_compiled_from_what_one_can_read(self, language: str) -> None:
        po = po_of(language)
        assert po.with_suffix(".mo").read_bytes() == compiled(read_po(po.read_text())), (
            "make messages"
        )

    def test_translates_every_text(self, language: str) -> None:
        catalogue = read_po(po_of(language).read_text(encoding="utf-8"))
        assert not catalogue.fuzzy
        assert [message for message, forms in catalogue.forms.items() if not all(forms)] == []

    def test_leaves_no_sentence_as_it_is_in_english(self, language: str) -> None:
        catalogue = read_po(po_of(language).read_text(encoding="utf-8"))
        kept = [each.text for each, forms in catalogue.forms.items() if each.text == forms[0]]
        assert [text for text in kept if SMALL_WORD.search(PLACEHOLDER.sub("", text))] == []

    def test_keeps_every_placeholder(self, language: str) -> None:
        catalogue = read_po(po_of(language).read_text(encoding="utf-8"))
        wrong = [message for message, forms in catalogue.forms.items() if changed(message, forms)]
        assert wrong == []


def changed(message: Message, forms: list[str]) -> bool:
    """Say whether a translation lost or invented something that is filled in."""
    whole = sorted(PLACEHOLDER.findall(message.many or message.text))
    one = sorted(PLACEHOLDER.findall(message.text))
    *singular, last = [sorted(PLACEHOLDER.findall(form)) for form in forms]
    return last != whole or any(each not in (one, whole) for each in singular)


class TestChanged:
    @pytest.mark.parametrize(
        ("text", "many", "forms", "is_changed"),
        [
            ("%(a)s of %(b)s", "", ["%(b)s von %(a)s"], False),
            ("%(a)s of %(b)s", "", ["%(a)s von %(c)s"], True),
            ("one day", "%(n)s days", ["ein Tag", "%(n)s Tage"], False),
            ("%(n)s day", "%(n)s days", ["%(n)s Tag", "Tage"], True),
            ("<strong>hard</strong>", "", ["hart"], True),
            ("{shown} rows", "", ["Zeilen"], True),
        ],
    )
    def test_finds_what_was_lost(
        self, text: str, many: str, forms: list[str], is_changed: bool
    ) -> None:
        assert changed(Message(text, many), forms) is is_changed


def test_no_template_says_anything_outside_the_catalogue() -> None:
    said = {name_of(path): outside(path.read_text(encoding="utf-8")) for path in TEMPLATES}
    assert {name: texts for name, texts in said.items() if texts} == {}


def outside(source: str) -> list[str]:
    """Return what a template says without translating it."""
    pieces = (NAMES.sub("", piece) for piece in pieces_of(skeleton(source)))
    return [" ".join(piece.split()) for piece in pieces if WORD.search(piece)]


def skeleton(source: str) -> str:
    """Return a template without its tags and without what its translated blocks say."""
    kept, inside = [], 0
    for token in Lexer(source).tokenize():
        if token.token_type is TokenType.BLOCK:
            inside += bool(OPENING.match(token.contents))
            inside -= bool(inside and CLOSING.match(token.contents) and _ends(token.contents))
        elif token.token_type is TokenType.TEXT and not inside:
            kept.append(token.contents)
    return "".join(kept)


def _ends(contents: str) -> bool:
    return bool(OPENING.match(contents.removeprefix("end")))


class TestOutside:
    def test_finds_what_nobody_translates(self) -> None:
        source = (
            '{% comment %}Note{% endcomment %}<p title="Old {{ x }}">{% translate "A" %} bare'
            "{% blocktranslate count n=n %}One{% plural %}{{ n }} many{% endblocktranslate %}</p>"
        )
        assert outside(source) == ["Old", "bare"]


class TestInModule:
    def test_finds_every_way_to_mark_a_text(self) -> None:
        source = (
            "from django.utils.translation import gettext as _, ngettext, pgettext\n"
            "_('one ' 'text'); ngettext('a', 'b', n); pgettext('c', 'd')\n"
            "_(name); other('not this')\n"
        )
        found = {Message("one text"), Message("a", "b"), Message("d", "", "c")}
        assert set(in_module(source)) == found

    @pytest.mark.parametrize("text", ["f'{n} things'", "'a' + b", "'{}'.format(n)"])
    def test_refuses_a_text_that_is_put_together_before(self, text: str) -> None:
        source = f"from django.utils.translation import gettext as _\n_({text})\n"
        with pytest.raises(NotTranslatable):
            list(in_module(source))
