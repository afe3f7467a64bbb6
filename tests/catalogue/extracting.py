"""Find every text of the product that is to be translated, in its modules and its templates."""

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from django.template import Node, NodeList
from django.template.base import Lexer, TokenType
from django.template.engine import Engine
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from tests.house.sources import ROOT, SOURCES, name_of

TEMPLATES = sorted(
    path for path in (ROOT / "templates").rglob("*.*") if path.suffix in (".html", ".txt")
)
# function -> where its context, its text and its plural stand among the arguments
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "ngettext_noop": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
CONSTANT = re.compile(r"""_\((?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\)""")


Kind = TypeVar("Kind", bound=Any)


class Message(NamedTuple):
    """One text as the catalogue knows it; `many` is empty where it has no plural."""

    text: str
    many: str = ""
    context: str = ""


Found = dict[Message, set[str]]
"""Each message with the files it stands in."""


class NotTranslatable(Exception):
    """Say where a text is put together before it is translated."""


def messages() -> Found:
    """Return every message of the product; a text with and without a plural is one."""
    found: Found = {}
    for path in SOURCES:
        _put(found, in_module(path.read_text(), name_of(path)), name_of(path))
    for path in TEMPLATES:
        _put(found, in_template(path.read_text()), name_of(path))
    return _with_plurals(found)


def _put(found: Found, each: Iterable[Message], name: str) -> None:
    for message in each:
        if message.text:
            found.setdefault(message, set()).add(name)


def _with_plurals(found: Found) -> Found:
    """Keep of a text that stands both alone and with a plural the one with the plural."""
    plural = {(each.context, each.text): each for each in found if each.many}
    merged: Found = {}
    for message, names in found.items():
        kept = message if message.many else plural.get((message.context, message.text), message)
        merged.setdefault(kept, set()).update(names)
    return merged


def in_module(source: str, name: str = "") -> Iterator[Message]:
    """Yield the messages of a module.

    :raises NotTranslatable: a text is an f-string or put together.
    """
    tree = ast.parse(source)
    known = dict(_imported(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = _called(node.func, known)
            if called in CALLS:
                yield from _message(node, CALLS[called], name)
            if called == "Column":
                yield from _first_name(node)


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((each.asname or each.name, each.name) for each in node.names)
        if isinstance(node, ast.FunctionDef):
            yield node.name, node.name


def _called(function: ast.expr, known: dict[str, str]) -> str:
    if isinstance(function, ast.Name):
        return known.get(function.id, "")
    is_module = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
    return function.attr if is_module and function.value.id == "translation" else ""  # type: ignore[attr-defined]


def _message(
    node: ast.Call, places: tuple[int | None, int, int | None], name: str
) -> Iterator[Message]:
    context, text, many = (
        "" if place is None or place >= len(node.args) else _literal(node.args[place], name)
        for place in places
    )
    if text:
        yield Message(text, many, context)


def _first_name(node: ast.Call) -> Iterator[Message]:
    """Yield the first name of a column of a file, which a form shows; foreign keys are no words."""
    names = node.args[1] if len(node.args) > 1 else None
    if isinstance(names, ast.Tuple) and isinstance(names.elts[0], ast.Constant):
        name = str(names.elts[0].value)
        if name != name.lower():
            yield Message(name)


def _literal(argument: ast.expr, name: str) -> str:
    if isinstance(argument, ast.Constant):
        return str(argument.value)
    is_format = isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute)
    if is_format or isinstance(argument, ast.JoinedStr | ast.BinOp):
        raise NotTranslatable(f"{name}, line {argument.lineno}: {ast.unparse(argument)}")
    return ""  # a name: the text was marked where it is written


def in_template(source: str) -> Iterator[Message]:
    """Yield the messages of a template."""
    nodes = Engine.get_default().from_string(source).nodelist
    for simple in _nodes(nodes, TranslateNode):
        literal = simple.filter_expression.var.literal
        if isinstance(literal, str):
            yield Message(_doubled(literal), context=_context(simple))
    for block in _nodes(nodes, BlockTranslateNode):
        one = block.render_token_list(block.singular)[0]
        many = block.render_token_list(block.plural)[0] if block.plural else ""
        yield Message(one, many, _context(block))
    for token in Lexer(source).tokenize():
        if token.token_type in (TokenType.VAR, TokenType.BLOCK):
            for double, single in CONSTANT.findall(token.contents):
                yield Message(_doubled(double or single))


def _nodes(nodes: NodeList, kind: type[Kind]) -> list[Kind]:
    return [node for node in nodes.get_nodes_by_type(kind) if isinstance(node, kind)]


def _doubled(text: str) -> str:
    """Return a text as Django looks it up: a percent sign in a template is none of a format."""
    return text.replace("%", "%%")


def _context(node: Node) -> str:
    context = getattr(node, "message_context", None)
    return str(context.resolve({})) if context else ""
