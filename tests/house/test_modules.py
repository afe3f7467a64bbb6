"""The house rules for every module: size, rooms, words and habits."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests.house.sources import (
    APPS,
    ROOT,
    SOURCES,
    calls,
    classes,
    functions,
    imports,
    local,
    name_of,
    nodes,
    rooms,
    tree,
)

SQL_CALLS = {"annotate", "aggregate", "Subquery", "RawSQL", "objects.raw", "objects.extra"}
CLOCK_CALLS = {"now", "today", "localdate", "utcnow", "localtime"}
CLOCK_ROOMS = {"views", "tasks", "admin", "api", "management", "middleware"}
PANDAS_ROOMS = {"imports", "reconciliation", "forecast", "exports"}
KEYWORD_ROOMS = {"services", "measurements"}
QUEUE_CALLS = {"delay", "apply_async", "send_task"}
QUEUE_ROOMS = {"views", "api", "admin", "management", "middleware", "tasks"}
# One file on purpose: it is copied into packs and read as a whole by whoever wants to trust it.
LONGEST = {"governance/record/verifiers/verify_record.py": 1000}
BANNED_WORDS = {"helper", "helpers", "util", "utils", "info", "handler", "misc"}
BANNED_MODULES = BANNED_WORDS | {"common", "core", "lib", "data", "managers", "handlers", "signals"}


def words(name: str) -> set[str]:
    """Return the words of a snake_case or CamelCase name."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def breaches(check: Callable[[Path], Iterable[str]]) -> dict[str, list[str]]:
    """Return what each module has against a rule, module -> objections."""
    found = {name_of(path): list(check(path)) for path in SOURCES}
    return {name: objections for name, objections in found.items() if objections}


def long_functions(path: Path) -> Iterator[str]:
    """Yield functions that do not fit on a screen."""
    for node in functions(path):
        if (node.end_lineno or 0) - node.lineno >= 40:
            yield node.name


def without_docstring(path: Path) -> Iterator[str]:
    """Yield what is public and says nothing about itself."""
    if not ast.get_docstring(tree(path)):
        yield "the module"
    for node in (*functions(path), *classes(path)):
        public = not node.name.startswith("_") and node.name != "Meta" and node not in local(path)
        if public and not ast.get_docstring(node):
            yield node.name


def hidden_imports(path: Path) -> Iterator[str]:
    """Yield imports inside functions and imports of everything."""
    for node in nodes(path):
        if isinstance(node, ast.Import | ast.ImportFrom) and node in local(path):
            yield ast.unparse(node)
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
            yield ast.unparse(node)


def hidden_doors(path: Path) -> Iterator[str]:
    """Yield signals, and models that do something when they are saved."""
    yield from imports(path) & {"django.dispatch", "django.db.models.signals"}
    if "models" in rooms(path):
        for node in classes(path):
            methods = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
            yield from methods & {"save", "delete", "clean", "full_clean"}


def foreign_words(path: Path) -> Iterator[str]:
    """Yield names made of words that say nothing."""
    if path.stem in BANNED_MODULES:
        yield path.stem
    for node in (*functions(path), *classes(path)):
        if words(node.name) & BANNED_WORDS:
            yield node.name


def unnamed_arguments(path: Path) -> Iterator[str]:
    """Yield public functions that take more by position than a reader can follow."""
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            strict = KEYWORD_ROOMS & rooms(path) or node.name.startswith("measure_")
            if len(node.args.args) > (1 if strict else 4):
                yield node.name


def outside(allowed: set[str], forbidden: set[str]) -> Callable[[Path], Iterable[str]]:
    """Return a rule: only these rooms call these names."""
    return lambda path: set() if allowed & rooms(path) else calls(path) & forbidden


def pandas_outside(path: Path) -> set[str]:
    """Return pandas, where a module of another room imports it."""
    roots = {name.split(".")[0] for name in imports(path)}
    return set() if PANDAS_ROOMS & rooms(path) else roots & {"pandas"}


class TestEveryModule:
    def test_is_found(self) -> None:
        assert len(SOURCES) > 100

    def test_fits_on_a_few_screens(self) -> None:
        modules = [*SOURCES, *(ROOT / "tests").rglob("*.py")]
        lines = {name_of(path): path.read_text().count("\n") for path in modules}
        assert not {name for name, number in lines.items() if number > LONGEST.get(name, 300)}

    def test_has_no_long_function(self) -> None:
        assert not breaches(long_functions)

    def test_keeps_sql_in_querysets(self) -> None:
        assert not breaches(outside({"querysets"}, SQL_CALLS))

    def test_reads_the_clock_only_at_the_door(self) -> None:
        assert not breaches(outside(CLOCK_ROOMS, CLOCK_CALLS))

    def test_wakes_workers_only_at_the_door(self) -> None:
        assert not breaches(outside(QUEUE_ROOMS, QUEUE_CALLS))

    def test_leaves_pandas_where_tables_are(self) -> None:
        assert not breaches(pandas_outside)

    def test_says_what_it_is_for(self) -> None:
        assert not breaches(without_docstring)

    def test_imports_at_the_top_and_by_name(self) -> None:
        assert not breaches(hidden_imports)

    def test_has_no_hidden_doors(self) -> None:
        assert not breaches(hidden_doors)

    def test_uses_the_words_of_the_house(self) -> None:
        assert not breaches(foreign_words)

    def test_names_its_arguments_from_the_second_on(self) -> None:
        assert not breaches(unnamed_arguments)


BAD = """
from os.path import *
def helper(a, b, c, d, e):
    import pandas
    x.objects.annotate(n=timezone.now())
    task.delay()
    class Local: ...
class Thing:
    def save(self): ...
"""


class TestRules:
    @pytest.mark.parametrize(
        ("check", "objections"),
        [
            (without_docstring, {"the module", "helper", "Thing", "save"}),
            (hidden_imports, {"from os.path import *", "import pandas"}),
            (hidden_doors, {"save"}),
            (foreign_words, {"helper"}),
            (unnamed_arguments, {"helper"}),
            (outside({"querysets"}, SQL_CALLS), {"annotate"}),
            (outside(CLOCK_ROOMS, CLOCK_CALLS), {"now"}),
            (outside(QUEUE_ROOMS, QUEUE_CALLS), {"delay"}),
            (pandas_outside, {"pandas"}),
        ],
    )
    def test_find_what_they_are_for(
        self, check: Callable[[Path], Iterable[str]], objections: set[str], tmp_path: Path
    ) -> None:
        bad = tmp_path / "models" / "bad.py"
        bad.parent.mkdir()
        bad.write_text(BAD)
        assert set(check(bad)) == objections


def mirrored(test: Path) -> Path:
    """Return the module that a test module speaks of: its namesake, or that of its folder."""
    beside = ROOT / test.relative_to(ROOT / "tests").parent
    namesake = beside / test.name.removeprefix("test_")
    script = beside.with_name(beside.name.removesuffix("_mjs")).with_suffix(".mjs")
    whole = script if beside.name.endswith("_mjs") else beside.with_suffix(".py")
    return namesake if namesake.exists() else whole


def test_every_test_module_mirrors_a_source_module() -> None:
    for test in (ROOT / "tests").rglob("test_*.py"):
        folder, *_ = test.relative_to(ROOT / "tests").parts
        if folder in APPS:
            assert mirrored(test).exists(), name_of(test)


@pytest.mark.parametrize(
    ("test", "is_mirror"),
    [
        ("readiness/policy/test_judging.py", True),
        ("readiness/policy/judging/test_verdict.py", True),
        ("governance/record/verifiers/verify_record_mjs/test_pack.py", True),
        ("governance/record/verifiers/verify_mjs/test_pack.py", False),
        ("readiness/policy/test_guessing.py", False),
        ("readiness/policy/guessing/test_verdict.py", False),
        ("readiness/policy/judging/verdict/test_order.py", False),
        ("readiness/test_guessing.py", False),
    ],
)
def test_a_mirror_needs_the_module_that_it_mirrors(test: str, is_mirror: bool) -> None:
    assert mirrored(ROOT / "tests" / test).exists() is is_mirror


def test_test_classes_are_verbs_and_methods_finish_the_sentence() -> None:
    for test in (ROOT / "tests").rglob("test_*.py"):
        for node in classes(test):
            if node.name.startswith("Test"):
                assert re.match(r"Test[A-Z][a-zA-Z0-9]+$", node.name), (
                    f"{name_of(test)}: {node.name}"
                )
        for function in functions(test):
            assert function.name != "test_", name_of(test)
