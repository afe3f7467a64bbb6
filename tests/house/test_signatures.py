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
WRITES |= {f"a{name}" for name in WRITES}
MANAGERS = ("objects", "_base_manager", "_default_manager")
TABLE = "governance_signoff"
SQL = ("insert into", "replace into", "copy", "update", "delete from", "truncate", "truncate table")
READERS = [path for path in SOURCES if path != DOOR]


def makes_rows(path: Path) -> list[int]:
    """Return the lines that build a Signoff, or write through its manager."""
    found = []
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call):
            continue
        text = ast.unparse(node.func)
        builds = text.rpartition(".")[2] == "Signoff"
        chain = any(f"Signoff.{each}" in text for each in MANAGERS) or "signoffs." in text
        by_name = text.endswith("get_model") and "Signoff" in ast.unparse(node)
        if builds or by_name or (chain and text.rpartition(".")[2] in WRITES):
            found.append(node.lineno)
    return found


def names_the_table(path: Path) -> bool:
    """Say whether a module could write the table by SQL or by its name."""
    source = path.read_text().lower()
    return any(f"{words} {TABLE}" in source.replace('"', "") for words in SQL)


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
            "Signoff._base_manager.create(act='SIGNED')",
            "Signoff.objects.abulk_create(rows)",
            "apps.get_model('governance', 'Signoff')",
        )
    ):
        path = tmp_path / f"door{number}.py"
        path.write_text(line)
        assert makes_rows(path), line


@pytest.mark.parametrize("words", SQL)
def test_the_check_sees_the_table_in_sql(tmp_path: Path, words: str) -> None:
    path = tmp_path / "sql.py"
    path.write_text(f"cursor.execute('{words.upper()} \"{TABLE}\" …')")
    assert names_the_table(path)
