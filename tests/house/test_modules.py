"""The house rules for every module: size, rooms, words and habits."""

import ast
import re
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
BANNED_WORDS = {"helper", "helpers", "util", "utils", "info", "handler", "misc"}
BANNED_MODULES = BANNED_WORDS | {"common", "core", "lib", "data", "managers", "handlers", "signals"}


def words(name: str) -> set[str]:
    """Return the words of a snake_case or CamelCase name."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
class TestEveryModule:
    def test_fits_on_a_few_screens(self, path: Path) -> None:
        assert path.read_text().count("\n") <= 300

    def test_has_no_long_function(self, path: Path) -> None:
        for node in functions(path):
            assert (node.end_lineno or 0) - node.lineno < 40, node.name

    def test_keeps_sql_in_querysets(self, path: Path) -> None:
        if "querysets" not in rooms(path):
            assert not calls(path) & SQL_CALLS

    def test_reads_the_clock_only_at_the_door(self, path: Path) -> None:
        if not CLOCK_ROOMS & rooms(path):
            assert not calls(path) & CLOCK_CALLS

    def test_wakes_workers_only_at_the_door(self, path: Path) -> None:
        if not QUEUE_ROOMS & rooms(path):
            assert not calls(path) & QUEUE_CALLS

    def test_leaves_pandas_where_tables_are(self, path: Path) -> None:
        if not PANDAS_ROOMS & rooms(path):
            assert "pandas" not in {name.split(".")[0] for name in imports(path)}

    def test_says_what_it_is_for(self, path: Path) -> None:
        assert ast.get_docstring(tree(path)), "the module has no docstring"
        for node in (*functions(path), *classes(path)):
            public = not node.name.startswith("_") and node.name != "Meta"
            if public and node not in local(path):
                assert ast.get_docstring(node), f"{node.name} has no docstring"

    def test_imports_at_the_top_and_by_name(self, path: Path) -> None:
        for function in functions(path):
            for node in ast.walk(function):
                assert not isinstance(node, ast.Import | ast.ImportFrom), function.name
        for node in nodes(path):
            if isinstance(node, ast.ImportFrom):
                assert node.names[0].name != "*"

    def test_has_no_hidden_doors(self, path: Path) -> None:
        assert not imports(path) & {"django.dispatch", "django.db.models.signals"}
        for node in classes(path):
            methods = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
            if "models" in rooms(path):
                assert not methods & {"save", "delete", "clean", "full_clean"}, node.name

    def test_uses_the_words_of_the_house(self, path: Path) -> None:
        assert path.stem not in BANNED_MODULES
        for node in (*functions(path), *classes(path)):
            assert not words(node.name) & BANNED_WORDS, node.name

    def test_names_its_arguments_from_the_second_on(self, path: Path) -> None:
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                strict = KEYWORD_ROOMS & rooms(path) or node.name.startswith("measure_")
                assert len(node.args.args) <= (1 if strict else 4), node.name


def test_every_test_module_mirrors_a_source_module() -> None:
    for test in (ROOT / "tests").rglob("test_*.py"):
        folder, *_ = test.relative_to(ROOT / "tests").parts
        if folder in APPS:
            beside = ROOT / test.relative_to(ROOT / "tests").parent
            assert (beside / test.name.removeprefix("test_")).exists(), name_of(test)


def test_test_classes_are_verbs_and_methods_finish_the_sentence() -> None:
    for test in (ROOT / "tests").rglob("test_*.py"):
        for node in classes(test):
            if node.name.startswith("Test"):
                assert re.match(r"Test[A-Z][a-zA-Z0-9]+$", node.name), (
                    f"{name_of(test)}: {node.name}"
                )
        for function in functions(test):
            assert function.name != "test_", name_of(test)
