"""Hold the product's tree and the Python verifier's against a tree written word for word.

Every inclusion and every consistency proof up to a size: made, compared, verified, and refused for
another index, another size and another root.
"""

from dataclasses import dataclass, field
from functools import cache

from governance.record import merkle as ours
from tests.record_packs import judging, merkle
from tests.record_packs.keys import checkpoint_text

LARGEST = 256


@dataclass
class Proofs:
    """How many proofs were tried, and what was wrong with any."""

    tried: int = 0
    wrong: list[str] = field(default_factory=list)

    def say(self, holds: object, what: str) -> None:
        """Count a proof, and note it if something about it does not hold."""
        self.tried += 1
        if not holds:
            self.wrong.append(what)


def leaves(count: int) -> list[bytes]:
    """Return the hashes of so many leaves, no two the same."""
    return [merkle.leaf(str(number).encode()) for number in range(count)]


@cache
def root(low: int, high: int) -> bytes:
    """Return MTH of the leaves from one to before another, word for word, but kept."""
    if high - low == 1:
        return merkle.leaf(str(low).encode())
    k = merkle.split(high - low)
    return merkle.node(root(low, low + k), root(low + k, high))


def path(index: int, low: int, high: int) -> list[bytes]:
    """Return PATH of a leaf."""
    if high - low == 1:
        return []
    k = merkle.split(high - low)
    if index < low + k:
        return [*path(index, low, low + k), root(low + k, high)]
    return [*path(index, low + k, high), root(low, low + k)]


def proof(earlier: int, low: int, high: int, *, known: bool = True) -> list[bytes]:
    """Return SUBPROOF that the leaves before a size come first."""
    if earlier == high:
        return [] if known else [root(low, high)]
    k = merkle.split(high - low)
    if earlier <= low + k:
        return [*proof(earlier, low, low + k, known=known), root(low + k, high)]
    return [*proof(earlier, low + k, high, known=False), root(low, low + k)]


def of_size(size: int) -> Proofs:
    """Try every proof within the tree of a size."""
    found, hashes = Proofs(), leaves(size)
    grown = ours.last_leaf_proof(ours.frontier_of(hashes[:-1]))
    found.say(ours.root_of(hashes) == root(0, size), f"root of {size}")
    found.say(grown == path(size - 1, 0, size), f"proof of the last leaf of {size}")
    for index in range(size):
        _inclusion(found, hashes, index)
    for older in range(1, size + 1):
        _consistency(found, hashes, older)
    return found


def _inclusion(found: Proofs, hashes: list[bytes], index: int) -> None:
    size, top, right = len(hashes), root(0, len(hashes)), path(index, 0, len(hashes))
    given = ours.inclusion_proof(hashes, index=index)
    holds = [given == right, _verified(hashes[index], index, size, given, top)]
    for other, height, head in (
        (index ^ 1, size, top),
        (index + size, size, top),
        (index, size, root(0, size + 1)),
    ):
        holds.append(not _verified(hashes[index], other, height, given, head))
    found.say(all(holds), f"inclusion of {index} in {size}: {holds}")


def _verified(leaf: bytes, index: int, size: int, given: list[bytes], head: bytes) -> bool:
    """Tell whether product and verifier accept a proof; they must not differ."""
    by_ours = ours.verify_inclusion(leaf=leaf, index=index, size=size, path=given, root=head)
    verifier = judging.verifier()
    note = verifier.Note("x", size, head, checkpoint_text("x", size, head), ())
    if by_ours != bool(verifier.leads_to_root(leaf, index, note, tuple(given))):
        raise AssertionError(f"product and verifier differ on {index} in {size}")
    return by_ours


def _consistency(found: Proofs, hashes: list[bytes], older: int) -> None:
    size, before, after = len(hashes), root(0, older), root(0, len(hashes))
    given = ours.consistency_proof(hashes, older=older)
    holds = [given == proof(older, 0, size), _consistent(older, size, given, (before, after))]
    holds.append(not _consistent(older, size, given, (bytes(32), after)))
    holds.append(not _consistent(older, size, given, (before, bytes(32))))
    holds.append(not _consistent(older, size, [*given, after], (before, after)))
    if given:
        holds.append(not _consistent(older, size, given[:-1], (before, after)))
    found.say(all(holds), f"consistency of {older} with {size}: {holds}")


def _consistent(older: int, newer: int, given: list[bytes], roots: tuple[bytes, bytes]) -> bool:
    return ours.verify_consistency(
        older=older, newer=newer, path=given, older_root=roots[0], newer_root=roots[1]
    )
