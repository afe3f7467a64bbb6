"""Good packs of many shapes and sizes."""

import random
from collections.abc import Callable, Iterator

from tests.record_packs import cases, packs, worlds
from tests.record_packs.cases import Case
from tests.record_packs.logs import Log, Signing
from tests.record_packs.packs import AS_IT_IS

LARGEST = 70


def _sizes() -> Iterator[Case]:
    for size in range(1, LARGEST + 1):
        log = worlds.plain(size, seed=f"size {size}")
        yield cases.good(f"{size} entries", log)
        yield cases.good(f"{size} entries, not anchored", log, at=0)


def _mixtures() -> Iterator[Case]:
    chance = random.Random("mixtures")  # noqa: S311 - the same runs each time
    for number in range(60):
        size = chance.randrange(2, 28)
        log = worlds.mixed(size, seed=f"mixture {number}")
        log.sizes = set(chance.sample(range(1, size + 1), chance.randrange(size)))
        anchored = chance.randrange(size + 1)
        yield cases.good(
            f"mixture {number}: {size} entries anchored at {anchored}", log, at=anchored
        )


def _named(project: str, client: str) -> Callable[[Log], object]:
    return lambda log: log.names.update(project_name=project, client_name=client)


def _hosted(host: str) -> Log:
    log = Log("host", host=host)
    log.sign()
    return log


def _odd() -> Iterator[Case]:
    names = {
        "empty": ("", ""),
        "Japanese": ("基幹刷新", "山田製作所"),
        "quotes": ('"\\"', "\n\t\u0000"),
    }
    for name, (project, client) in names.items():
        log = Log(name)
        _named(project, client)(log)
        log.sign(Signing(signer=client))
        yield cases.good(f"names: {name}", log)
    for host in ("localhost", "127.0.0.1:8000", "[::1]:8000", "Gate.EXAMPLE", "a_b-c.example"):
        yield cases.good(f"host: {host}", _hosted(host))
    room = 200 - len("/p/") - 36
    yield cases.good("host: of the longest origin", _hosted("a" * room))
    yield cases.bad("host: of an origin that is too long", _hosted("a" * (room + 1)))
    for host in ("", "a b", "a/b", "gäte.example", "a\nb", "a+b"):
        yield cases.bad(f"host: {host!r}", _hosted(host), stages=AS_IT_IS)


def _keys() -> Iterator[Case]:
    log = worlds.mixed(4, seed="keys")
    for number in range(6):
        log.rotate(f"key-{number}.example/~!$")
        log.sign()
    for size in range(len(log.entries) + 1):
        yield cases.good(f"six keys, anchored at {size}", log, at=size)
    yield Case(
        "six keys, pinned", packs.make(log), *cases.expected(log, 0), pins=(log.key.verifier,)
    )


def _erased() -> Iterator[Case]:
    for number in range(1, 6):
        log = Log(f"erased {number}")
        for at in range(number):
            log.add("ACT", texts={"a": f"{at}", "b": "", "c": "\u0000\U0010ffff"})
        for commitment in list(log.texts)[:: number or 1]:
            log.erase(commitment)
        yield cases.good(f"texts erased, {number}", log)


def all_cases() -> Iterator[Case]:
    """Yield good packs of all shapes (and a few that are nearly good)."""
    yield from _sizes()
    yield from _mixtures()
    yield from _odd()
    yield from _keys()
    yield from _erased()
