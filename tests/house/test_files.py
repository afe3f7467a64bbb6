"""The house rules for every tracked file: no secrets, no machine, no inline script."""

import re

from tests.house.sources import ROOT, name_of, texts

# Written so that this file does not find itself.
FOREIGN = {
    "a registry's host": r"py[p]i\.(org|python)|pythonhosted[.]|registry\.npm[j]s|deb\.debian[.]|"
    r"cra[t]es\.io|artifact[r]egistry|npm[j]s\.org",
    # the product has an address of its own that ends in the first of these words
    "a path of one machine": r"/wor[k]/(mai[n]|share[d]|[.])|/roo[t]/|/hom[e]/[a-z]|"
    r"/User[s]/[a-z]|/far[m]/",
}
SECRETS = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE [K]EY",
    "a cloud key": r"\bAKI[A][0-9A-Z]{16}\b|\bAIz[a][0-9A-Za-z_-]{35}\b",
    "a token": r"\bgh[pousr][_][A-Za-z0-9]{30,}|\bxox[baprs][-][\w-]{10,}|\bglpa[t]-[\w-]{20}",
    "a signed token": r"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[\w-]{20,}",
    "a password in an address": r"\b(postgresql|redis|smtp)://\w+:(?!password\b)[^@\s/{$<%]{6,}@",
}


def _hits(text: str, patterns: dict[str, str]) -> list[str]:
    return [what for what, pattern in patterns.items() if re.search(pattern, text)]


def test_no_file_names_a_registry_or_a_machine() -> None:
    found = {name_of(path): hits for path, text in texts() if (hits := _hits(text, FOREIGN))}
    assert not found


def test_no_file_holds_a_secret() -> None:
    found = {name_of(path): hits for path, text in texts() if (hits := _hits(text, SECRETS))}
    assert not found


def test_no_large_file_slips_in() -> None:
    large = [
        name_of(path)
        for path, text in texts()
        if len(text) > 1_000_000 and path.suffix not in {".lock", ".css", ".svg", ".js"}
    ]
    assert not large


def test_locks_pin_by_hash() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        pins = re.findall(r"^[a-z0-9].*==.*$", lock.read_text(), re.MULTILINE)
        hashes = re.findall(r"--hash=sha256:", lock.read_text())
        assert pins
        assert len(hashes) >= len(pins), lock.name
