"""Try the two offline verifiers: packs, attacks and mutations, and one line that counts them.

python -m tests.record_packs [--workers 2] [--share 0.1]
"""

import argparse
import sys
import time
from collections import Counter

from tests.record_packs import attackers, attacking, attacks, proofs, running
from tests.record_packs.attacking import EARLIER, RECEIPTS, TRUNCATE, Outcome
from tests.record_packs.running import Result

FEWEST_PACKS, FEWEST_MUTATIONS = 500, 10_000
SHOWN = 20


def main(arguments: list[str]) -> int:
    """Run everything; return 0 only when all is detected, refused and agreed on."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.record_packs")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--share", type=float, default=1.0, help="of the mutations")
    wanted = parser.parse_args(arguments)
    started = time.monotonic()
    result = running.run(workers=wanted.workers, share=wanted.share)
    tell_proofs(result)
    tell_packs(result)
    tell_attacks(result)
    tell_mutations(result)
    for name, wrong in (
        ("WRONG PROOF", result.proofs.wrong),
        ("NOT DETECTED", result.outcome.missed),
        ("ACCEPTED", result.mutations.accepted),
        ("DISAGREEMENT", result.disagreements),
    ):
        for line in wrong[:SHOWN]:
            say(f"{name} {line}")
        if len(wrong) > SHOWN:
            say(f"{name} and {len(wrong) - SHOWN} more")
    say(f"{time.monotonic() - started:.0f} s")
    say(last_line(result))
    return int(not is_right(result, is_whole=wanted.share == 1.0))


def tell_proofs(result: Result) -> None:
    """Say how many proofs of the tree were tried, and how many were wrong."""
    say(
        f"proofs: {result.proofs.tried} of inclusion and consistency, every one up to "
        f"{proofs.LARGEST} leaves, the product's and the verifier's tree against one written "
        f"word for word from RFC 6962: {len(result.proofs.wrong)} wrong"
    )


def tell_packs(result: Result) -> None:
    """Say what the corpus is made of."""
    verdicts = Counter(result.packs.verdicts)
    said = ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))
    say(f"packs: {len(result.packs.verdicts)} whose verdict is known by how they were made: {said}")


def tell_attacks(result: Result) -> None:
    """Say who attacked how, and what both verifiers said."""
    basic = [*attacks.BASIC]
    others = [name for name in attacking.ATTACKS if name not in {*basic, TRUNCATE}]
    titles = {"edit, delete, insert, swap": basic, TRUNCATE: [TRUNCATE]}
    titles[f"{len(others)} others"] = others
    say("attacks that both verifiers found INVALID, and those that touched only entries newer than")
    say(
        "anything outside: all that can be said of them, and was, is NOT ANCHORED since that moment"
    )
    for attacker in attackers.ATTACKERS:
        for outside in (EARLIER, RECEIPTS):
            say(f"  {attacker}; outside: {outside}")
            for title, names in titles.items():
                say(f"    {title}: {_counted(result.outcome, names, attacker, outside)}")
    shown = {row[0] for row in result.outcome.invalid} - {*attacking.ATTACKS}
    said = _counted(result.outcome, sorted(shown), attackers.SERVER, EARLIER)
    say(f"  packs and receipts shown where they do not belong: {said}")


def _counted(outcome: Outcome, names: list[str], attacker: str, outside: str) -> str:
    rows = [(name, attacker, outside) for name in names]
    invalid = sum(outcome.invalid[row] for row in rows)
    unanchored = sum(outcome.unanchored[row] for row in rows)
    return f"INVALID {invalid}" + (f", newer {unanchored}" if unanchored else "")


def tell_mutations(result: Result) -> None:
    """Say how many different mutations of each family there were."""
    tried = result.mutations.tried
    said = ", ".join(f"{name} {len(hashes)}" for name, hashes in sorted(tried.items()))
    say(f"mutations that differ: {said}")


def last_line(result: Result) -> str:
    """Return the one line that counts."""
    outcome = result.outcome
    return (
        f"attacks={outcome.attempts} detected={outcome.detected} "
        f"mutations={result.count} accepted={len(result.mutations.accepted)} "
        f"packs={len(result.packs.verdicts)} disagreements={len(result.disagreements)}"
    )


def is_right(result: Result, *, is_whole: bool) -> bool:
    """Tell whether everything was tried and nothing went wrong."""
    outcome = result.outcome
    enough = result.count >= FEWEST_MUTATIONS and len(result.packs.verdicts) >= FEWEST_PACKS
    nothing_wrong = not (result.mutations.accepted or result.disagreements or result.proofs.wrong)
    all_detected = outcome.detected == outcome.attempts > 0
    return all_detected and nothing_wrong and (enough or not is_whole)


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
