"""Ask both verifiers about cases: the Python one here or in other processes, Node in batches."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from tests.record_packs.cases import Case

VERIFIERS = Path(__file__).parents[2] / "governance" / "record" / "verifiers"
CHUNK = 250
CRASHED = "CRASHED"


@dataclass(frozen=True)
class Said:
    """What a verifier says: the verdict, since when, and why."""

    verdict: str
    since: str | None
    reason: str = ""

    def is_as_in(self, case: Case) -> bool:
        """Tell whether this is what the case expects."""
        return (self.verdict, self.since) == (case.verdict, case.since)

    def agrees(self, other: "Said") -> bool:
        """Tell whether two verifiers say the same."""
        return (self.verdict, self.since) == (other.verdict, other.since)


def fresh() -> ModuleType:
    """Return the Python verifier as a module of its own, as if it had come with a pack."""
    path = VERIFIERS / "verify_record.py"
    spec = importlib.util.spec_from_file_location("verify_record_of_a_pack", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def verifier() -> ModuleType:
    """Return the Python verifier, read once."""
    return fresh()


def ask(case: Case, *, by: ModuleType | None = None) -> Said:
    """Return what the Python verifier says of a case; an exception is a verdict of its own."""
    module = by or verifier()
    try:
        said = module.verify(case.pack, anchors=list(case.anchors), pins=list(case.pins))
    except Exception as error:
        return Said(CRASHED, None, repr(error)[:300])
    return Said(said.verdict, said.since, said.reason)


def by_python(cases: Iterable[Case]) -> list[Said]:
    """Return what the Python verifier says of each case."""
    return [ask(case) for case in cases]


def by_node(cases: Iterable[Case]) -> list[Said]:
    """Return what the Node verifier says of each case."""
    return [said for chunk in _chunks(cases) for said in _batch(chunk)]


def _chunks(cases: Iterable[Case]) -> Iterator[list[Case]]:
    rest = iter(cases)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _batch(cases: list[Case]) -> list[Said]:
    with TemporaryDirectory(prefix="packs-") as folder:
        keep = partial(_keep, Path(folder))
        rows = [
            {"pack": keep(case.pack), "anchors": [*map(keep, case.anchors)], "pins": [*case.pins]}
            for case in cases
        ]
        listed = Path(folder) / "list.json"
        listed.write_text(json.dumps(rows))
        command = ["node", str(VERIFIERS / "verify_record.mjs"), "--batch", str(listed)]
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - ours
    answers = [_said(json.loads(line)) for line in done.stdout.splitlines()]
    missing = [Said(CRASHED, None, done.stderr.decode()[-300:])] * (len(cases) - len(answers))
    return answers + missing


def _said(row: dict[str, Any]) -> Said:
    return Said(row["verdict"], row["since"], row["reason"])


def _keep(folder: Path, content: bytes) -> str:
    path = folder / sha256(content).hexdigest()
    if not path.exists():
        path.write_bytes(content)
    return str(path)
