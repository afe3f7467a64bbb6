"""Weaken the Python verifier in one place after another: each check is left out once."""

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from tests.record_packs.judging import VERIFIERS

PATH = VERIFIERS / "verify_record.py"
FORMS = {"same", "sent"}
"""Names inside functions that hold a form too."""
REFUSALS = {"return False", "return None"}
ANYTHING = "lambda value: True"


@dataclass(frozen=True)
class Spot:
    """A check that can be left out: what it says, where it stands, and how to leave it out."""

    name: str
    first: int
    last: int
    leave: Callable[[], None]


@dataclass(frozen=True)
class Weakness:
    """A verifier that leaves out one check."""

    name: str
    first: int
    last: int
    program: str

    def module(self) -> ModuleType:
        """Return the weak verifier as a module."""
        module = ModuleType("verify_record_weakened")
        sys.modules[module.__name__] = module
        exec(compile(self.program, str(PATH), "exec"), module.__dict__)  # noqa: S102 - our own file
        return module


def weaknesses(*, every: int = 1) -> Iterator[Weakness]:
    """Yield the verifier without its first check, without its second, and so on."""
    source = PATH.read_text()
    for number, spot in [*enumerate(_spots(ast.parse(source)))][::every]:
        tree = ast.parse(source)
        _spots(tree)[number].leave()
        program = ast.unparse(ast.fix_missing_locations(tree))
        yield Weakness(spot.name, spot.first, spot.last, program)


def _spots(tree: ast.Module) -> list[Spot]:
    found: list[Spot] = []
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            found += _in_form("form", statement)
        elif isinstance(statement, ast.FunctionDef):
            found += _in_function(statement)
    return found


def _in_function(function: ast.FunctionDef) -> Iterator[Spot]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "need":
            yield _spot(function.name, node, _putting(node.args, "True"))
            yield from _operands(function.name, node.args[0], ast.And)
        elif isinstance(node, ast.If) and ast.unparse(node.body[0]) in REFUSALS:
            yield _spot(function.name, node.test, _testing(node))
            yield from _operands(function.name, node.test, ast.Or)
            if isinstance(node.test, ast.UnaryOp):
                yield from _operands(function.name, node.test.operand, ast.And)
        elif isinstance(node, ast.Return) and node.value is not None:
            yield from _operands(function.name, node.value, ast.And)
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in FORMS:
            yield from _in_form(function.name, node)


def _operands(where: str, node: ast.expr, kind: type[ast.boolop]) -> Iterator[Spot]:
    """Leave out each of several conditions that hold together."""
    if isinstance(node, ast.BoolOp) and isinstance(node.op, kind):
        for at, operand in enumerate(node.values):
            yield _spot(where, operand, _dropping(node.values, at))


def _in_form(where: str, statement: ast.Assign) -> Iterator[Spot]:
    """Let each value of a form be anything, or drop a key of what must be the same."""
    for node in ast.walk(statement.value):
        if isinstance(node, ast.Dict):
            for at, (key, value) in enumerate(zip(node.keys, node.values, strict=True)):
                if where == "form" and isinstance(key, ast.Constant) and isinstance(key.value, str):
                    leave = _putting(node.values, ANYTHING, at=at)
                    yield _spot(f"form {key.value}", value, leave)
                elif where != "form":
                    yield _spot(where, value, _dropping(node.values, at, node.keys))


def _spot(where: str, node: ast.expr, leave: Callable[[], None]) -> Spot:
    return Spot(f"{where}: {ast.unparse(node)}", node.lineno, node.end_lineno or node.lineno, leave)


def _putting(values: list[ast.expr], what: str, *, at: int = 0) -> Callable[[], None]:
    return lambda: values.__setitem__(at, ast.parse(what, mode="eval").body)


def _testing(node: ast.If) -> Callable[[], None]:
    return lambda: setattr(node, "test", ast.Constant(False))


def _dropping(
    values: list[ast.expr], at: int, keys: list[ast.expr | None] | None = None
) -> Callable[[], None]:
    def drop() -> None:
        del values[at]
        if keys is not None:
            del keys[at]

    return drop


PLANTED = {
    "texts need not be canonical": ("_ENCODER.encode(value).encode() == data", "True", "json"),
    "keys in any order": ("need(keys == sorted(", "need(keys == keys or sorted(", "json"),
    "a leaf hashed like a node": ('left = sha256(b"\\0"', 'left = sha256(b"\\1"', "1 entries"),
    "the first key of the log will do": (
        "key = log.keys[bisect.bisect_left(log.since, note.size) - 1]",
        "key = log.keys[0]",
        "checkpoint: the key",
    ),
    "S past the order": ("s >= L", "s >= 2**256", "checkpoint: S"),
    "a key of small order": ("eight[0] == 0", "False", "checkpoint: a key of small"),
    "an anchor's root is not compared": ("log.roots[note.size][0] == note.root", "True", "edited"),
    "a proof is not checked": ("last == 0 and node == note.root", "True", "receipt at"),
    "a partner may sign": ('actor["kind"] == "CLIENT"', "True", "signature"),
    "a signature given twice": ('terms["statement"] not in log.statements', "True", "signature"),
    "a passkey without its user": ("told[32] & 0b101 == 0b101", "True", "passkey: n"),
    "the challenge is not compared": ('said.get("challenge") == challenge', "True", "passkey: c"),
    "a text gone without a word": ("log.erased.get(name, 0) > seq", "True", "entries: a text"),
    "the clock set back": ('entry["at"] >= log.at', "True", "entry: at"),
    "a gap in the numbers": ('entry["seq"] == seq', "True", "entry: seq"),
    "a pin that was in force once": ("log.keys[-1] in keys", "set(log.keys) & keys", "pin"),
    "CRC not compared": ("== crc", "in range(2**32)", "zip: a wrong"),
    "base64 with bits to spare": ("base64.b64encode(data).decode() == text", "True", "checkpoint:"),
    "a document that nobody names": ("log.documents.keys() ==", "True or", "signature: a doc"),
}
"""Weaknesses worth a name: what stands in the verifier, what is put in its place, and how the
names of the cases begin that must tell."""


def planted(name: str) -> Weakness:
    """Return the verifier with one of the named weaknesses."""
    source = PATH.read_text()
    old, new, _cases = PLANTED[name]
    assert old in source, f"the verifier does not say {old}"
    line = source[: source.index(old)].count("\n") + 1
    return Weakness(name, line, line, source.replace(old, new))
