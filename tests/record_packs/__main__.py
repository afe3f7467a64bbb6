"""Try the two offline verifiers: packs, attacks and mutations, and one line that counts them.

python -m tests.record_packs [--workers 2] [--share 0.1]
"""

import argparse
import sys
import time
from collections import Counter

from tests.record_packs import attackers, attacking, attacks, proofs, running
from tests.record_packs.attacking import EARLIER, RECEIPTS, TRUNCATE
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
    """Say who attacked how, and how often both verifiers said INVALID."""
    outcome = result.outcome
    say("attacks, INVALID of tried (the rest touched only what nothing outside vouches for,")
    say("  and both verifiers said so: not anchored since the moment before it):")
    basic = [*attacks.BASIC]
    others = [name for name in attacking.ATTACKS if name not in {*basic, TRUNCATE}]
    for attacker in attackers.ATTACKERS:
        say(f"  by {attacker}:")
        for title, names in (
            ("edit, delete, insert, swap", basic),
            (TRUNCATE, [TRUNCATE]),
            (f"{len(others)} others", others),
        ):
            found = [
                f"{sum(outcome.refused[name, attacker, outside] for name in names)}"
                f"/{sum(outcome.tried[name, attacker, outside] for name in names)} with {outside}"
                for outside in (EARLIER, RECEIPTS)
            ]
            say(f"    {title}: {'; '.join(found)}")
    shown = [row for row in outcome.tried if row[0] not in attacking.ATTACKS]
    total = sum(outcome.tried[row] for row in shown)
    refused = sum(outcome.refused[row] for row in shown)
    say(f"  packs and receipts shown where they do not belong: {refused}/{total}")
    is_open = sum(outcome.tried.values()) - sum(outcome.refused.values())
    say(f"  INVALID {sum(outcome.refused.values())}, said to be not anchored {is_open}")


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
