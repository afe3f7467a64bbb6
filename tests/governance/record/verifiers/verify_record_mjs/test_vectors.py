"""Published vectors: RFC 8032, the reference roots of RFC 6962, RFC 8785; and every short proof."""

import hashlib

import pytest

from tests.governance.record.verifiers.verify_record_mjs.building import proof, root, sha
from tests.governance.record.verifiers.verify_record_mjs.calling import script

# key, message, signature: RFC 8032, section 7.1
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
        "cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d"
        "0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f7609"
        "84dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").hexdigest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66"
        "431e0303dca179c138ac17ad9bef1177331a704",
    ),
]
ORDER = 2**252 + 27742317777372353535851937790883648493
P = 2**255 - 19

# the leaves and roots that the reference implementation of RFC 6962 is tested with
CT_LEAVES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
CT_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
VERIFY = """
const hex = (text) => Buffer.from(text, "hex");
console.log(JSON.stringify(given.map((one) => verifier.ed25519Verifies(...one.map(hex)))));
"""


def test_ed25519_verifies_the_vectors_of_rfc_8032() -> None:
    assert script(VERIFY, RFC_8032) == [True] * 4


def test_ed25519_refuses_other_messages_longer_ones_and_another_s() -> None:
    key, message, signature = RFC_8032[2]
    s = int.from_bytes(bytes.fromhex(signature[64:]), "little")
    larger = signature[:64] + (s + ORDER).to_bytes(32, "little").hex()
    refused = [
        (key, "af83", signature),
        (key, message, larger),
        (key, message, signature + "00"),
        (key, message, signature[:-2]),
        (key + "00", message, signature),
        (RFC_8032[1][0], message, signature),
    ]
    assert script(VERIFY, refused) == [False] * 6


def test_ed25519_refuses_keys_of_small_order_in_every_encoding() -> None:
    # R = [S]B with S = 0 is the neutral point: right for every message under a neutral key
    neutral = (1).to_bytes(32, "little")
    order_8 = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
    small = [0, 1, P - 1, int.from_bytes(order_8, "little"), P, P + 1]
    small.append(P - small[3])
    keys = [y + sign for y in small for sign in (0, 1 << 255)]
    signature = neutral + bytes(32)
    tried = [
        (key.to_bytes(32, "little").hex(), f"{i:02x}", signature.hex())
        for key in keys
        for i in range(16)
    ]
    assert not any(script(VERIFY, tried))


def test_the_roots_are_those_of_the_reference() -> None:
    code = """
        const tree = new verifier.Tree();
        const roots = [tree.root()];
        for (const leaf of given) {
            tree.add(verifier.leafHash(Buffer.from(leaf, "hex")));
            roots.push(tree.root());
        }
        console.log(JSON.stringify(roots.map((root) => root.toString("hex"))));
    """
    assert script(code, CT_LEAVES) == CT_ROOTS


PROOFS = """
const hex = (text) => Buffer.from(text, "hex");
console.log(JSON.stringify(given.map(([leaf, index, size, proof]) =>
    verifier.rootFromProof(hex(leaf), index, size, proof.map(hex))?.toString("hex") ?? null)));
"""


def test_every_proof_leads_to_the_root_up_to_64_leaves() -> None:
    leaves = [sha(b"\0", bytes([n])) for n in range(64)]
    asked, expected = [], []
    for size in range(1, 65):
        for index in range(size):
            path = [hashed.hex() for hashed in proof(leaves[:size], index)]
            asked.append((leaves[index].hex(), index, size, path))
            expected.append(root(leaves[:size]).hex())
    assert script(PROOFS, asked) == expected


def test_no_proof_leads_to_the_root_with_one_thing_changed() -> None:
    leaves = [sha(b"\0", bytes([n])) for n in range(13)]
    for size in range(1, 14):
        wanted = root(leaves[:size]).hex()
        asked = []
        for index in range(size):
            leaf, path = leaves[index].hex(), [h.hex() for h in proof(leaves[:size], index)]
            asked += [(leaf, other, size, path) for other in range(16) if other != index]
            asked += [(leaf, index, size, path[:i] + path[i + 1 :]) for i in range(len(path))]
            asked += [(leaf, index, size, [*path[:i], "0" * 64, *path[i:]]) for i in range(5)]
            asked += [(leaf, index, size, path[::-1])] if path[::-1] != path else []
        assert wanted not in script(PROOFS, asked)


@pytest.mark.parametrize(
    "text",
    [
        '{"":0,"a":[],"b":{},"c":null,"d":[true,false,-9007199254740991,9007199254740991]}',
        '{"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f":"\\"\\\\/\x7f\u2028€😀"}',
        # by UTF-16 code units a pair of surrogates stands before U+FB33 (RFC 8785, 3.2.3)
        '{"\\r":0,"1":0,"\u0080":0,"ö":0,"€":0,"😀":0,"\ufb33":0}',
        '{"__proto__":{"a":1},"constructor":2,"toString":3}',
        "[" * 32 + "]" * 32,
    ],
)
def test_canonical_texts_are_read(text: str) -> None:
    code = 'verifier.readCanonical(Buffer.from(given)); console.log("true");'
    assert script(code, text) is True


REFUSED_JSON = [
    b"\xef\xbb\xbf{}",
    b'{"a":1,"a":1}',
    b'{"b":1,"a":1}',
    '{"\ufb33":0,"😀":0}'.encode(),
    b"{} ",
    b" {}",
    b'{"a": 1}',
    b'{"a":1,}',
    b"[-0]",
    b"[1.0]",
    b"[1e3]",
    b"[01]",
    b"[0.1]",
    b"[9007199254740992]",
    b"[-9007199254740992]",
    b"[9007199254740991.1]",
    b"[1e999]",
    b"[NaN]",
    b'["\\u0041"]',
    b'["\\u001F"]',
    b'["\\u0008"]',
    b'["\\/"]',
    b'["\\ud800"]',
    b'["\\udc00\\ud800"]',
    b'["\\ud83d\\ude00"]',
    b'["\xed\xa0\x80"]',
    b'["\xff"]',
    b'["\xc0\x80"]',
    b'["\x01"]',
    b'["\\u007f"]',
    b'["\\u2028"]',
    b"",
    b"{}{}",
    b"{'a':1}",
    b"/**/{}",
    b"[" * 33 + b"]" * 33,
    b"[" * 1_000_000,
    b'{"a":' * 100_000,
]


def test_every_other_text_is_refused() -> None:
    code = """
        const found = given.map((bytes) => {
            try { verifier.readCanonical(Buffer.from(bytes, "hex")); return "read"; }
            catch (error) { return error.constructor.name; }
        });
        console.log(JSON.stringify(found));
    """
    said = script(code, [text.hex() for text in REFUSED_JSON])
    assert dict(zip(REFUSED_JSON, said, strict=True)) == dict.fromkeys(REFUSED_JSON, "Refused")
