"""Walk with several processes, each with a copy of the world of its own."""

import multiprocessing
import os
import queue as queues
import shutil
import time
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

from django.db import connections

from tests.authorisation.addresses import Address
from tests.authorisation.interfering import Heard
from tests.authorisation.running import Outcome, Plan, Walk, at_the_desk

QUIET_SECONDS = 15


def walk(plan: Plan, *, workers: int, say: Callable[[str], None]) -> Outcome:
    """Walk every address of a plan; a worker takes the next one when it is free.

    :raises RuntimeError: a worker broke down; what it said is the message.
    """
    connections.close_all()
    forked = multiprocessing.get_context("fork")
    todo: Queue[Address | None] = forked.Queue()
    done: Queue[Any] = forked.Queue()
    for address in [*plan.addresses, *[None] * workers]:
        todo.put(address)
    started = [
        forked.Process(target=_work, args=(plan, number, todo, done), daemon=True)
        for number in range(workers)
    ]
    for each in started:
        each.start()
    total, spoke = Outcome(), time.monotonic()
    for found in _found(done, started):
        total.add(found)
        for leak in found.leaks:
            say(str(leak))
        if time.monotonic() - spoke > QUIET_SECONDS:
            spoke = time.monotonic()
            say(f"… {total.cells} cells, {len(total.covered)}/{len(plan.addresses)} addresses")
    return total


def _found(done: "Queue[Any]", started: list[Any]) -> Iterator[Outcome]:
    """Yield what the workers find until each of them has ended."""
    waiting = len(started)
    while waiting:
        try:
            found = done.get(timeout=5)
        except queues.Empty:
            if not any(each.is_alive() for each in started):
                raise RuntimeError("A worker ended before its work was done.") from None
            continue
        if isinstance(found, str):
            raise RuntimeError(found)
        if found is None:
            waiting -= 1
        else:
            yield found


def _work(plan: Plan, number: int, todo: "Queue[Any]", done: "Queue[Any]") -> None:
    own = plan.world.folder / f"worker-{number}.sqlite3"
    shutil.copyfile(plan.world.file, own)
    try:
        heard = []
        with at_the_desk(own) as desk:
            while (address := todo.get()) is not None:
                walk = Walk(plan, desk)
                walk.address(address)
                done.put(walk.outcome)
                heard += walk.heard
        for name, file in plan.world.others.items():
            done.put(_next_door(plan, name, file, heard))
    except Exception:
        done.put(traceback.format_exc())
    done.put(None)


def _next_door(plan: Plan, name: str, file: Path, heard: list[Heard]) -> Outcome:
    """Ask what was heard again in another world; two workers may read one file."""
    own = file.with_name(f"{os.getpid()}-{file.name}")
    shutil.copyfile(file, own)
    with at_the_desk(own) as desk:
        walk = Walk(plan, desk)
        walk.heard = heard
        walk.next_door(name)
    return walk.outcome
