"""What the packs that try the verifiers are made of, held against the published references."""

import io
import json
import zipfile

from tests.record_packs import canonical, merkle, packs, worlds

LEAVES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    bytes(range(96, 112)).hex(),
]
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
ROOTS = [
    EMPTY,
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
B = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
E = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
CD = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
EF = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
G = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"
GH = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
EFGH = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
INCLUSION = {
    (0, 1): [],
    (0, 8): [B, CD, EFGH],
    (5, 8): [E, GH, ROOTS[4]],
    (2, 3): [ROOTS[2]],
    (1, 5): [A, CD, E],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [B, CD, EFGH],
    (6, 8): [EF, GH, ROOTS[4]],
    (2, 5): [CD, E],
    (6, 7): [EF, G, ROOTS[4]],
}


def _leaves(count: int) -> list[bytes]:
    return [merkle.leaf(bytes.fromhex(text)) for text in LEAVES[:count]]


def test_the_tree_has_the_published_roots() -> None:
    assert [merkle.root(_leaves(count)).hex() for count in range(9)] == ROOTS


def test_the_tree_gives_the_published_proofs() -> None:
    for (index, size), path in INCLUSION.items():
        assert [step.hex() for step in merkle.inclusion(_leaves(size), index)] == path
    for (earlier, size), path in CONSISTENCY.items():
        assert [step.hex() for step in merkle.consistency(_leaves(size), earlier)] == path


def test_keys_are_sorted_by_utf16() -> None:
    """RFC 8785, section 3.2.3, has this very example."""
    names = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    written = canonical.write(dict.fromkeys(names[::-1], True)).decode()
    assert list(json.loads(written)) == names
    assert written.startswith('{"\\r":true,"1":true,')


def test_a_pack_is_a_zip_that_others_can_read_and_always_the_same() -> None:
    made = packs.make(worlds.whole())
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
        assert archive.namelist() == ["manifest.json", *(row["path"] for row in manifest["files"])]
    assert manifest["size"] == 17
    assert packs.make(worlds.whole()) == made
