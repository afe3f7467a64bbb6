"""Who may come near a signature: services that sign, and the pages that ask them to."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import SOURCES, name_of, rooms, tree

SIGNS = "governance.services.signoffs"
MAKE_PROOFS = {
    "governance/services/accounts.py",
    "governance/services/passkeys.py",
    "governance/services/proving.py",
    "governance/services/sign_ons.py",
}
"""Where a proof is made, once two components were checked; the rehearsal's signs nothing."""
DEMO = "readiness/management/demo/"
NEVER = {"api", "imports", "tasks", "admin", "middleware", "exports", "rendering", "outbox"}


def named(path: Path) -> set[str]:
    """Return the modules that a module imports whole, or names in a text as wiring does."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{each.name}" for each in node.names}
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {node.value, node.value.rpartition(".")[0]}
    return found


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """Yield module and name of each import."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, each.name) for each in node.names)


def calls(path: Path, *names: str) -> bool:
    """Say whether a module calls one of these, by itself or as part of a module."""
    called = (ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    return any(each.rpartition(".")[2] in names for each in called)


def signs(path: Path) -> bool:
    """Say whether a module has the door in its hand: it imports `sign`."""
    return (SIGNS, "sign") in imported(path)


SIGNING = {path for path in SOURCES if signs(path)}
SIGNING_MODULES = {name_of(path).removesuffix(".py").replace("/", ".") for path in SIGNING}


def acts_of(path: Path) -> set[str]:
    """Return the functions of a signing service that take what proves somebody."""
    return {
        node.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef)
        and {"credentials", "proof"} & {each.arg for each in node.args.kwonlyargs}
    }


ACTS = {name for path in SIGNING for name in acts_of(path)}


def test_there_is_something_to_look_at() -> None:
    assert "readiness.services.signing" in SIGNING_MODULES
    assert "sign_evidence" in ACTS


@pytest.mark.parametrize("path", sorted(SIGNING), ids=name_of)
def test_only_services_sign(path: Path) -> None:
    assert "services" in rooms(path)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_only_pages_services_and_the_demo_reach_a_service_that_signs(path: Path) -> None:
    reached = {name for module, name in imported(path) if module in SIGNING_MODULES} & ACTS
    if not reached:
        return
    is_demo = name_of(path).startswith(DEMO)
    assert not NEVER & rooms(path)
    assert is_demo or {"views", "services"} & rooms(path), reached


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nobody_takes_hold_of_a_service_that_signs_by_its_name(path: Path) -> None:
    assert not named(path) & {SIGNS, *SIGNING_MODULES}


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_proof_is_made_where_two_components_are_checked(path: Path) -> None:
    assert not calls(path, "Proof") or name_of(path) in MAKE_PROOFS


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nobody_writes_down_that_somebody_agreed_but_their_signature(path: Path) -> None:
    makes = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and "SignatureAgreement.objects" in ast.unparse(node.func)
        if not ast.unparse(node.func).endswith((".filter", ".exists"))
    ]
    agreeing = {"governance/services/agreements.py"}
    assert not makes or name_of(path) in agreeing


@pytest.mark.parametrize(
    "line", ["Proof(account_id=1)", "accounts.Proof(account_id=1)", "x = [Proof() for _ in y]"]
)
def test_the_check_sees_a_made_up_proof(tmp_path: Path, line: str) -> None:
    path = tmp_path / "made.py"
    path.write_text(line)
    assert calls(path, "Proof")


@pytest.mark.parametrize(
    "line",
    [
        "import readiness.services.signing as words",
        "from readiness.services import signing",
        "JOB_KINDS = {'sign': 'readiness.services.signing.sign_evidence'}",
    ],
)
def test_the_check_sees_a_service_by_its_name(tmp_path: Path, line: str) -> None:
    path = tmp_path / "wiring.py"
    path.write_text(line)
    assert named(path) & SIGNING_MODULES


def test_the_check_sees_the_door_in_another_hand(tmp_path: Path) -> None:
    path = tmp_path / "door.py"
    path.write_text("from governance.services.signoffs import sign as write")
    assert signs(path)
