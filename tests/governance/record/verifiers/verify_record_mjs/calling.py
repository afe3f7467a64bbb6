"""Call the verifier that is written for Node, as a program and as a module."""

import json
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[5]
SCRIPT = ROOT / "governance/record/verifiers/verify_record.mjs"


@dataclass(frozen=True)
class Case:
    """A pack with what was kept outside, and a word of the reason to refuse it for."""

    pack: bytes
    reason: str = ""
    anchors: tuple[bytes, ...] = ()
    pins: tuple[str, ...] = ()


@dataclass
class Cases:
    """Cases by name; each is made only when it is asked for, all are verified at one go."""

    makers: dict[str, Callable[[], Case]] = field(default_factory=dict)

    def __call__(self, maker: Callable[[], Case]) -> Callable[[], Case]:
        """Take a case by the name of the function that makes it."""
        assert maker.__name__ not in self.makers
        self.makers[maker.__name__] = maker
        return maker

    def add(self, name: str, maker: Callable[[], Case]) -> None:
        """Take a case by a name."""
        assert name not in self.makers
        self.makers[name] = maker

    def judged(self, folder: Path) -> dict[str, tuple[Case, dict[str, Any]]]:
        """Return each case with what the verifier says about it."""
        cases = {name: maker() for name, maker in self.makers.items()}
        said = judge(folder, cases.values())
        return {
            name: (case, found) for (name, case), found in zip(cases.items(), said, strict=True)
        }


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program."""
    return subprocess.run(  # noqa: S603 - our own script
        ["node", SCRIPT, *arguments],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def script(code: str, given: object = None) -> Any:
    """Run code that has the module as `verifier` and JSON as `given`; return what it prints."""
    whole = f"""
        import * as verifier from {json.dumps(SCRIPT.as_uri())};
        import {{ readFileSync }} from "node:fs";
        const given = JSON.parse(readFileSync(0));
        {code}
    """
    done = subprocess.run(  # noqa: S603 - our own script
        ["node", "--input-type=module", "-e", whole],  # noqa: S607
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout)


def judge(folder: Path, cases: Iterable[Case]) -> list[dict[str, Any]]:
    """Return what the verifier says about each case."""
    listed = [
        {
            "pack": _written(folder / f"{i}.zip", case.pack),
            "anchors": [
                _written(folder / f"{i}-{j}.txt", anchor) for j, anchor in enumerate(case.anchors)
            ],
            "pins": case.pins,
        }
        for i, case in enumerate(cases)
    ]
    done = run("--batch", _written(folder / "list.json", json.dumps(listed).encode()))
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def _written(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)
