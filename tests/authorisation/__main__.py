"""Walk the whole matrix and say how many cells, addresses and leaks there were.

python -m tests.authorisation [--urls governance:decision-list,uat:run-add] [--workers 2]
"""

import argparse
import logging
import os
import sys
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.authorisation.settings"

import django

django.setup()

from tests.authorisation import interfering, parallel, running, world  # noqa: E402

FEWEST_CELLS = 25_000


def main(arguments: list[str]) -> int:
    """Run the matrix; return 0 only when it is whole, large enough and without a leak."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.authorisation")
    parser.add_argument("--urls", default="", help="only these names, with commas between")
    parser.add_argument("--workers", type=int, default=2)
    wanted = parser.parse_args(arguments)
    names = frozenset(filter(None, wanted.urls.split(",")))
    logging.disable(logging.CRITICAL)  # every refusal is told of; the leaks are what is read
    started = time.monotonic()
    with world.built() as built:
        plan = running.plan_for(built, names=names)
        interfering.build_others(built)
        say(
            f"world of {built.texts} marked texts, {len(built.actors)} actors, "
            f"{len(plan.addresses)} addresses: {time.monotonic() - started:.0f} s"
        )
        outcome = parallel.walk(plan, workers=wanted.workers, say=say)
    for gap in sorted({*plan.untaught, *outcome.untaught}):
        say(f"UNTAUGHT {gap}")
    closed = running.never_opened(plan, outcome)
    for what in closed:
        say(f"NEVER OPENED {what}")
    say(", ".join(f"{name} {count}" for name, count in sorted(outcome.oracles.items())))
    say(f"{time.monotonic() - started:.0f} s")
    covered, there = len(outcome.covered), len(plan.addresses)
    say(f"cells={outcome.cells} urls={covered}/{there} leaks={len(outcome.leaks)}")
    is_large = bool(names) or outcome.cells >= FEWEST_CELLS
    return int(
        not there or bool(outcome.leaks) or covered != there or not is_large or bool(plan.untaught)
    )


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
