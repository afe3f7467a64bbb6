"""One door: a signature is written by `sign()`, and by nothing else in the product."""

import ast
from pathlib import Path

import pytest

from tests.house.sources import ROOT, SOURCES, name_of, tree

DOOR = ROOT / "governance" / "services" / "signoffs.py"
WRITES = {
    "create",
    "acreate",
    "bulk_create",
    "get_or_create",
    "update_or_create",
    "update",
    "bulk_update",
    "delete",
    "save",
}
READERS = [path for path in SOURCES if path != DOOR]


def makes_rows(path: Path) -> list[int]:
    """Return the lines that build a Signoff, or write through its manager."""
    found = []
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call):
            continue
        text = ast.unparse(node.func)
        builds = text.rpartition(".")[2] == "Signoff"
        chain = "Signoff.objects" in text or "signoffs." in text
        if builds or (chain and text.rpartition(".")[2] in WRITES):
            found.append(node.lineno)
    return found


def names_the_table(path: Path) -> bool:
    """Say whether a module could write the table by SQL or by its name."""
    source = path.read_text().lower()
    writes = ("insert into governance_signoff", "copy governance_signoff")
    return any(words in source for words in writes)


@pytest.mark.parametrize("path", READERS, ids=name_of)
def test_nobody_else_writes_a_signature(path: Path) -> None:
    assert not makes_rows(path)
    assert not names_the_table(path)


def test_the_door_writes_it_once() -> None:
    assert len(makes_rows(DOOR)) == 1


def test_the_check_sees_a_second_door(tmp_path: Path) -> None:
    for number, line in enumerate(
        (
            "Signoff(act='SIGNED').save()",
            "models.Signoff(act='SIGNED')",
            "Signoff.objects.bulk_create(rows)",
            "process.signoffs.create(act='SIGNED')",
        )
    ):
        path = tmp_path / f"door{number}.py"
        path.write_text(line)
        assert makes_rows(path), line


def test_sign_is_called_from_one_place() -> None:
    callers = set()
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"sign", "signoffs.sign"}:
                callers.add(name_of(path))
    assert callers == {"readiness/services/signing.py"}
