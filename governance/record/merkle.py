"""The tree of RFC 6962, section 2.1: its root, and proofs of inclusion and consistency.

Hashes are 32 bytes. A `frontier` holds the roots of the full subtrees that a tree of some
size is made of, the largest first: with it a leaf is added in logarithmic time.
"""

import hashlib
from collections.abc import Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(body: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grown(frontier: Sequence[bytes], *, size: int, leaf: bytes) -> list[bytes]:
    """Return the frontier of the tree of `size` leaves after one more leaf."""
    peaks, place = [*frontier, leaf], size
    while place & 1:
        right = peaks.pop()
        peaks.append(node_hash(peaks.pop(), right))
        place >>= 1
    return peaks


def root_of_frontier(frontier: Sequence[bytes]) -> bytes:
    """Return the root of the tree that a frontier describes."""
    if not frontier:
        return EMPTY_ROOT
    root = frontier[-1]
    for peak in reversed(frontier[:-1]):
        root = node_hash(peak, root)
    return root


def frontier_of(leaves: Sequence[bytes]) -> list[bytes]:
    """Return the frontier of the tree over some leaf hashes."""
    frontier: list[bytes] = []
    for size, leaf in enumerate(leaves):
        frontier = grown(frontier, size=size, leaf=leaf)
    return frontier


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root of the tree over some leaf hashes."""
    return root_of_frontier(frontier_of(leaves))


def last_leaf_proof(frontier: Sequence[bytes]) -> list[bytes]:
    """Return the inclusion proof of a leaf about to be added to the tree of a frontier.

    Every other node on its way up is already a peak.
    """
    return list(reversed(frontier))


def inclusion_proof(leaves: Sequence[bytes], *, index: int) -> list[bytes]:
    """Return the audit path of one leaf, the lowest node first (RFC 6962, 2.1.1).

    :raises IndexError: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} in a tree of {len(leaves)}")
    path: list[bytes] = []
    low, high = 0, len(leaves)
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(root_of(leaves[middle:high]))
            high = middle
        else:
            path.append(root_of(leaves[low:middle]))
            low = middle
    return path[::-1]


def consistency_proof(leaves: Sequence[bytes], *, older: int) -> list[bytes]:
    """Return the proof that the tree begins with the tree of its first `older` leaves.

    (RFC 6962, 2.1.2.)

    :raises IndexError: the older tree is empty or larger.
    """
    if not 0 < older <= len(leaves):
        raise IndexError(f"no tree of {older} within one of {len(leaves)}")
    return _subproof(leaves, older, whole=True)


def verify_inclusion(
    *, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Say whether a leaf hash stands at an index of the tree with a size and a root."""
    if not 0 <= index < size:
        return False
    node, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            found = node_hash(sibling, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(
    *, older: int, newer: int, path: Sequence[bytes], older_root: bytes, newer_root: bytes
) -> bool:
    """Say whether the tree of size `newer` begins with the tree of size `older`."""
    if older == newer:
        return not path and older_root == newer_root
    if not 0 < older < newer:
        return False
    steps = [older_root, *path] if older & (older - 1) == 0 else list(path)
    found = _climbed(steps, node=older - 1, last=newer - 1)
    return found == (older_root, newer_root)


def _climbed(steps: Sequence[bytes], *, node: int, last: int) -> tuple[bytes, bytes] | None:
    """Return the older and the newer root that a consistency proof leads to; None: to none."""
    while node & 1:
        node, last = node >> 1, last >> 1
    if not steps:
        return None
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if node & 1 or node == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second, step)
        node, last = node >> 1, last >> 1
    return (first, second) if last == 0 else None


def _split(size: int) -> int:
    """Return the largest power of two below a size."""
    return 1 << (size - 1).bit_length() - 1


def _subproof(leaves: Sequence[bytes], older: int, *, whole: bool) -> list[bytes]:
    if older == len(leaves):
        return [] if whole else [root_of(leaves)]
    middle = _split(len(leaves))
    if older <= middle:
        return [*_subproof(leaves[:middle], older, whole=whole), root_of(leaves[middle:])]
    right = _subproof(leaves[middle:], older - middle, whole=False)
    return [*right, root_of(leaves[:middle])]
