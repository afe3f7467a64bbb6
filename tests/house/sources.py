"""The project's own files, as the house rules read them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("governance", "training", "uat", "readiness", "reports")
SOURCES = [
    path
    for app in APPS
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]


def name_of(path: Path) -> str:
    """Return a path as a reader of the project would write it."""
    return str(path.relative_to(ROOT))


def rooms(path: Path) -> set[str]:
    """Return the folders and the file stem, so that a room may be a file or a folder."""
    own = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return {*own.with_suffix("").parts}


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a source file."""
    return ast.parse(path.read_text())


@cache
def nodes(path: Path) -> list[ast.AST]:
    """Return every node of a source file."""
    return list(ast.walk(tree(path)))


@cache
def imports(path: Path) -> set[str]:
    """Return the dotted names of every module a file imports."""
    names: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@cache
def calls(path: Path) -> set[str]:
    """Return the last name of everything a file calls, and the last two: `objects.raw`."""
    found = set()
    for node in nodes(path):
        if isinstance(node, ast.Call):
            whole = ast.unparse(node.func).split(".")
            found |= {whole[-1], ".".join(whole[-2:])}
    return found


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function and method of a file."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in nodes(path) if isinstance(node, kinds)]


def classes(path: Path) -> list[ast.ClassDef]:
    """Return every class of a file."""
    return [node for node in nodes(path) if isinstance(node, ast.ClassDef)]


@cache
def local(path: Path) -> set[ast.AST]:
    """Return what is defined inside functions, which nobody outside can name."""
    return {inner for outer in functions(path) for inner in ast.walk(outer) if inner is not outer}


@cache
def tracked() -> list[Path]:
    """Return every file that belongs to the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - git from the path
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def texts() -> list[tuple[Path, str]]:
    """Return every tracked file that is text, with what it says."""
    found = []
    for path in tracked():
        try:
            found.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found
