"""Plant one leak after another and see that the matrix turns red, and only then.

python -m tests.authorisation.planted [words of a leak's name]
"""

import logging
import multiprocessing
import os
import shutil
import sys
import time
import traceback
from multiprocessing.queues import Queue
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.authorisation.settings"

import django

django.setup()

from django.db import connections  # noqa: E402

from tests.authorisation import interfering, running, world  # noqa: E402
from tests.authorisation.forgeries import PLANTS, Leak  # noqa: E402

FEWEST = 30
AT_ONCE = 2


def main(arguments: list[str]) -> int:
    """Plant them all; return 0 only when each was found and nothing was without one."""
    logging.disable(logging.CRITICAL)
    wanted = [each for each in PLANTS if all(word in each.name for word in arguments)]
    started = time.monotonic()
    with world.built() as built:
        plan = running.plan_for(built, names={name for each in wanted for name in each.names})
        interfering.build_others(built)
        found = _count(plan, wanted)
    _say(f"{time.monotonic() - started:.0f} s")
    _say(f"found={found} planted={len(wanted)}")
    return int(found != len(wanted) or (not arguments and len(wanted) < FEWEST))


def _count(plan: running.Plan, wanted: list[Leak]) -> int:
    """Walk each slice with its leak and without; count the leaks that only the first showed."""
    connections.close_all()
    forked = multiprocessing.get_context("fork")
    todo: Queue[Any] = forked.Queue()
    done: Queue[Any] = forked.Queue()
    for number in [*range(len(wanted)), *[None] * AT_ONCE]:
        todo.put(number)
    workers = [
        forked.Process(target=_work, args=(plan, wanted, todo, done)) for _ in range(AT_ONCE)
    ]
    for each in workers:
        each.start()
    found = 0
    for _ in wanted:
        name, planted, clean = done.get(timeout=300)
        is_found = bool(planted) and not clean
        found += is_found
        _say(f"{'found ' if is_found else 'MISSED'} {name}: {(planted or ['no leak'])[0][:240]}")
        for line in clean[:3]:
            _say(f"   also without it: {line[:300]}")
    for each in workers:
        each.join()
    return found


def _work(plan: running.Plan, wanted: list[Leak], todo: "Queue[Any]", done: "Queue[Any]") -> None:
    while (number := todo.get()) is not None:
        each = wanted[number]
        results = [_apart(plan, each, is_planted=is_planted) for is_planted in (False, True)]
        done.put((each.name, results[1], results[0]))


def _apart(plan: running.Plan, each: Leak, *, is_planted: bool) -> list[str]:
    """Walk a slice in a process of its own, so that nothing planted is left behind."""
    forked = multiprocessing.get_context("fork")
    told: Queue[list[str]] = forked.Queue()
    process = forked.Process(target=_walk, args=(plan, each, is_planted, told))
    process.start()
    lines = told.get(timeout=240)
    process.join()
    if lines and lines[0].startswith("Traceback"):
        _say(lines[0])
        return [] if is_planted else lines
    return lines


def _walk(plan: running.Plan, each: Leak, is_planted: bool, told: "Queue[list[str]]") -> None:
    try:
        if is_planted:
            each.plant()
        told.put([str(leak) for leak in _leaks(plan, each, is_planted=is_planted)])
    except Exception:
        told.put([traceback.format_exc()])


def _leaks(plan: running.Plan, each: Leak, *, is_planted: bool) -> list[Any]:
    heard: list[interfering.Heard] = []
    with running.at_the_desk(_copy(plan.world.file)) as desk:
        walk = running.Walk(plan, desk)
        walk.stops_early, walk.only = is_planted, frozenset(each.actors)
        for address in plan.addresses:
            if address.name in each.names:
                try:
                    walk.address(address)
                except running.Enough:
                    return walk.outcome.leaks
                heard += walk.heard
    leaks = walk.outcome.leaks
    for name, file in plan.world.others.items():
        with running.at_the_desk(_copy(file)) as desk:
            walk = running.Walk(plan, desk)
            walk.heard = heard
            walk.next_door(name)
            leaks += walk.outcome.leaks
    return leaks


def _copy(file: Any) -> Any:
    own = file.with_name(f"{os.getpid()}-{file.name}")
    shutil.copyfile(file, own)
    return own


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
