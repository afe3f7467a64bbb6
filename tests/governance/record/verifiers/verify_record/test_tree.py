"""RFC 6962, section 2.1: roots and inclusion proofs."""

import hashlib

import pytest

from governance.record.verifiers.verify_record import Note, Tree, leads_to_root
from tests.record_packs import merkle

# The reference tree of Certificate Transparency: leaves, then the root after each.
LEAVES = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = {  # index, size -> the published path
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
}


def note(size: int, root: bytes) -> Note:
    """Return what a proof leads to."""
    return Note("origin", size, root, b"", ())


class TestTree:
    def test_has_the_published_roots(self) -> None:
        tree, roots = Tree(), []
        assert tree.root() == hashlib.sha256(b"").digest()
        for leaf in LEAVES:
            tree.add(bytes.fromhex(leaf))
            roots.append(tree.root().hex())
        assert roots == ROOTS

    def test_has_the_root_of_the_definition_at_every_size(self) -> None:
        tree = Tree()
        leaves: list[bytes] = []
        for size in range(300):
            assert tree.root() == merkle.root(leaves)
            body = str(size).encode()
            tree.add(body)
            leaves.append(merkle.leaf(body))


class TestLeadsToRoot:
    @pytest.mark.parametrize("place", PATHS)
    def test_follows_the_published_paths(self, place: tuple[int, int]) -> None:
        index, size = place
        leaf = hashlib.sha256(b"\0" + bytes.fromhex(LEAVES[index])).digest()
        path = [bytes.fromhex(step) for step in PATHS[place]]
        assert leads_to_root(leaf, index, note(size, bytes.fromhex(ROOTS[size - 1])), path)

    def test_follows_every_path_up_to_64_and_no_other(self) -> None:
        leaves = [merkle.leaf(bytes([number])) for number in range(64)]
        for size in range(1, 65):
            whole = note(size, merkle.root(leaves[:size]))
            for index in range(size):
                path = merkle.inclusion(leaves[:size], index)
                assert leads_to_root(leaves[index], index, whole, path)
                for wrong in _wrong(path, leaves[index]):
                    assert not leads_to_root(leaves[index], index, whole, wrong)
                for other in {index - 1, index + 1, size, index + size, index | 64} - {index, -1}:
                    assert not leads_to_root(leaves[index], other, whole, path)


def _wrong(path: list[bytes], leaf: bytes) -> list[list[bytes]]:
    """Return paths that are nearly right."""
    longer = [[*path, leaf], [leaf, *path], [*path, *path[-1:]] if path else [leaf]]
    changed = [[*path[:at], leaf, *path[at + 1 :]] for at in range(len(path))]
    return longer + changed + ([path[:-1], path[1:]] if path else [])
