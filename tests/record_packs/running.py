"""Run corpus, attacks and mutations in pieces, on some workers, and add up what came of them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any

from tests.record_packs import attacking, corpus, judging, mutations, proofs
from tests.record_packs.attacking import Outcome
from tests.record_packs.cases import INVALID, Case
from tests.record_packs.proofs import Proofs

PIECE = 500
RECORDS = 6


@dataclass
class Packs:
    """What both verifiers said of cases of the corpus."""

    verdicts: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@dataclass
class Mutations:
    """What both verifiers said of mutations: those that differ from each other, by family."""

    tried: dict[str, set[bytes]] = field(default_factory=dict)
    accepted: list[str] = field(default_factory=list)
    disagreements: list[str] = field(default_factory=list)


@dataclass
class Result:
    """Everything that was tried, and everything that went wrong."""

    packs: Packs = field(default_factory=Packs)
    outcome: Outcome = field(default_factory=Outcome)
    mutations: Mutations = field(default_factory=Mutations)
    proofs: Proofs = field(default_factory=Proofs)

    def add(self, part: Packs | Outcome | Mutations | Proofs) -> None:
        """Add what a piece of work found."""
        if isinstance(part, Proofs):
            self.proofs.tried += part.tried
            self.proofs.wrong += part.wrong
        elif isinstance(part, Packs):
            self.packs.verdicts += part.verdicts
            self.packs.wrong += part.wrong
        elif isinstance(part, Outcome):
            self.outcome.add(part)
        else:
            for family, hashes in part.tried.items():
                self.mutations.tried.setdefault(family, set()).update(hashes)
            self.mutations.accepted += part.accepted
            self.mutations.disagreements += part.disagreements

    @property
    def disagreements(self) -> list[str]:
        """Return what one verifier said and the other did not, or neither should have."""
        return [*self.packs.wrong, *self.outcome.disagreements, *self.mutations.disagreements]

    @property
    def count(self) -> int:
        """Return how many different mutations were tried."""
        return sum(len(hashes) for hashes in self.mutations.tried.values())


@cache
def cases() -> list[Case]:
    """Return the corpus; workers inherit it."""
    return corpus.gathered()


def pieces(share: float = 1.0) -> Iterator[tuple[Callable[..., Any], tuple[Any, ...]]]:
    """Yield the pieces of work; a share of the mutations, if less than all."""
    for number in range(RECORDS):
        yield of_attacks, (number,)
    yield of_attacks, (None,)
    for start in range(1, proofs.LARGEST + 1, 16):
        yield of_proofs, (start, min(start + 16, proofs.LARGEST + 1))
    for start in range(0, len(cases()), PIECE):
        yield of_packs, (start, start + PIECE)
    for family, (_mutation, count) in mutations.FAMILIES.items():
        wanted = int(count * share)
        for start in range(0, wanted, PIECE):
            yield of_mutations, (family, start, min(start + PIECE, wanted))


def run(*, workers: int, share: float = 1.0) -> Result:
    """Do all the work and return what came of it."""
    result = Result()
    cases()
    with ProcessPoolExecutor(workers) as pool:
        waiting = [pool.submit(work, *arguments) for work, arguments in pieces(share)]
        for done in as_completed(waiting):
            result.add(done.result())
    return result


def of_proofs(start: int, stop: int) -> Proofs:
    """Try every proof within trees of some sizes."""
    found = Proofs()
    for size in range(start, stop):
        part = proofs.of_size(size)
        found.tried += part.tried
        found.wrong += part.wrong
    return found


def of_packs(start: int, stop: int) -> Packs:
    """Ask both verifiers about a part of the corpus."""
    part = cases()[start:stop]
    found = Packs([case.verdict for case in part])
    answers = zip(part, judging.by_python(part), judging.by_node(part), strict=True)
    for case, python, node in answers:
        if not (python.is_as_in(case) and node.is_as_in(case)):
            found.wrong.append(f"{case.name}: wanted {case.verdict} {case.since}, {python} {node}")
    return found


def of_attacks(number: int | None) -> Outcome:
    """Let everybody attack one record; without a number, show what belongs elsewhere."""
    attempts = attacking.foreign() if number is None else attacking.against(number)
    return attacking.judged(list(attempts))


def of_mutations(family: str, start: int, stop: int) -> Mutations:
    """Ask both verifiers about some mutations of a family."""
    mutation, _count = mutations.FAMILIES[family]
    part = [mutation(number) for number in range(start, stop)]
    found = Mutations({family: {_hash(case) for case in part}})
    answers = zip(part, judging.by_python(part), judging.by_node(part), strict=True)
    for case, python, node in answers:
        if {python.verdict, node.verdict} - {INVALID, judging.CRASHED}:
            found.accepted.append(f"{case.name}: {python} {node}")
        if not python.agrees(node) or python.verdict != INVALID:
            found.disagreements.append(f"{case.name}: {python} {node}")
    return found


def _hash(case: Case) -> bytes:
    return sha256(b"".join([case.pack, *case.anchors])).digest()[:10]
