"""Weaken the Python verifier check by check, and see that the corpus tells each time.

python -m tests.record_packs.planted [--workers 2]
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from types import ModuleType

from tests.record_packs import judging, running
from tests.record_packs.cases import INVALID, Case
from tests.record_packs.weakening import Weakness, weaknesses

LARGE = 60_000
ALWAYS = {"zip: 60,001 members and more", "entries: a body of more than 1 MiB"}


@cache
def refusing_lines() -> dict[str, int]:
    """Return at which line of the verifier each bad case of the corpus is refused."""
    module = judging.fresh()
    found: dict[str, int] = {}
    refused: list[int] = []
    need = module.need

    def noting(holds: object, reason: str) -> None:
        if not holds:
            refused.append(sys._getframe(1).f_lineno)
        need(holds, reason)

    vars(module)["need"] = noting
    for case in running.cases():
        if case.verdict == INVALID:
            refused.clear()
            judging.ask(case, by=module)
            found[case.name] = refused[0] if refused else 0
    return found


def first_tried(weakness: Weakness) -> list[Case]:
    """Return the small packs, those first that are refused where the weakness is."""
    lines = refusing_lines()
    near = range(weakness.first, weakness.last + 1)
    small = [case for case in running.cases() if len(case.pack) < LARGE or case.name in ALWAYS]
    return sorted(small, key=lambda case: lines.get(case.name, 10**6) not in near)


def caught(weakness: Weakness, *, cases: list[Case] | None = None) -> str | None:
    """Return the name of a case that a weak verifier gets wrong, or nothing."""
    module: ModuleType = weakness.module()
    for case in first_tried(weakness) if cases is None else cases:
        if not judging.ask(case, by=module).is_as_in(case):
            return case.name
    return None


def main(arguments: list[str]) -> int:
    """Try every weakness; return 0 only where the corpus caught each that matters."""
    parser = argparse.ArgumentParser(
        description=__doc__, prog="python -m tests.record_packs.planted"
    )
    parser.add_argument("--workers", type=int, default=2)
    wanted = parser.parse_args(arguments)
    refusing_lines()
    planted = list(weaknesses())
    missed = 0
    with ProcessPoolExecutor(wanted.workers) as pool:
        for weak, case in zip(planted, pool.map(caught, planted), strict=True):
            if case is None:
                missed += 1
                say(f"NOT CAUGHT {weak.first} {weak.name}")
    say(f"planted={len(planted)} caught={len(planted) - missed}")
    return int(bool(missed))


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
