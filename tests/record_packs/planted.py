"""Weaken the Python verifier check by check, and see which the corpus tells.

python -m tests.record_packs.planted [--workers 2]

It takes long. What is not told is to be read: most often another check says the same, or the
verifier then falls over, which it counts as INVALID. Those that must be told are in `PLANTED`.
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


HINTS = {
    "_verifies": "signature is wrong",
    "_point": "signature is wrong",
    "_der": "signature is wrong",
    "leads_to_root": "lead to the root",
    "form": " right ",
    "fits": " right ",
    "moment": " right at",
    "_unpacks": " right name",
    "check_signature": "its statement has another",
    "examine": "anchors.json",
}
"""Where no line tells: a part of a check's name, and the reason of the cases to try first."""


@cache
def refusals() -> dict[str, tuple[int, str]]:
    """Return for each bad case of the corpus at which line it is refused, and why."""
    module = judging.fresh()
    found: dict[str, tuple[int, str]] = {}
    refused: list[tuple[int, str]] = []
    need = module.need

    def noting(holds: object, reason: str) -> None:
        if not holds:
            refused.append((sys._getframe(1).f_lineno, reason))
        need(holds, reason)

    vars(module)["need"] = noting
    for case in running.cases():
        if case.verdict == INVALID:
            refused.clear()
            said = judging.ask(case, by=module)
            found[case.name] = refused[0] if refused else (0, said.reason)
    return found


def first_tried(weakness: Weakness) -> list[Case]:
    """Return the small packs, those first that are refused where the weakness is."""
    lines = range(weakness.first, weakness.last + 1)
    where = weakness.name.split(": ", 1)[0]
    hint = next((reason for part, reason in HINTS.items() if part in where), "no such reason")

    def is_far(case: Case) -> bool:
        line, reason = refusals().get(case.name, (0, ""))
        return line not in lines and hint not in reason

    small = [case for case in running.cases() if len(case.pack) < LARGE or case.name in ALWAYS]
    return sorted(small, key=is_far)


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
    refusals()
    planted = list(weaknesses())
    missed = 0
    with ProcessPoolExecutor(wanted.workers) as pool:
        for weak, case in zip(planted, pool.map(caught, planted), strict=True):
            if case is None:
                missed += 1
                say(f"NOT CAUGHT {weak.first} {weak.name}")
    say(f"planted={len(planted)} caught={len(planted) - missed}")
    return 0


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
