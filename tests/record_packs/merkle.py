"""Hash a tree as RFC 6962, section 2.1, writes it down: slowly, and word for word."""

import hashlib


def leaf(body: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + body).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(count: int) -> int:
    """Return the largest power of two below a count of leaves."""
    return 1 << ((count - 1).bit_length() - 1)


def root(leaves: list[bytes]) -> bytes:
    """Return MTH of hashed leaves."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return node(root(leaves[:k]), root(leaves[k:]))


def inclusion(leaves: list[bytes], index: int) -> list[bytes]:
    """Return PATH of the leaf at an index."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return [*inclusion(leaves[:k], index), root(leaves[k:])]
    return [*inclusion(leaves[k:], index - k), root(leaves[:k])]


def consistency(leaves: list[bytes], earlier: int) -> list[bytes]:
    """Return PROOF that the first leaves are the tree of an earlier size."""
    return _subproof(leaves, earlier, known=True)


def _subproof(leaves: list[bytes], earlier: int, *, known: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if known else [root(leaves)]
    k = split(len(leaves))
    if earlier <= k:
        return [*_subproof(leaves[:k], earlier, known=known), root(leaves[k:])]
    return [*_subproof(leaves[k:], earlier - k, known=False), root(leaves[:k])]
