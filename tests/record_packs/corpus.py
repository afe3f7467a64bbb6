"""Gather the corpus: every good and every bad pack, each with a name of its own."""

from collections import Counter
from collections.abc import Iterator

from tests.record_packs import (
    bad_anchors,
    bad_entries,
    bad_json,
    bad_keys,
    bad_manifests,
    bad_members,
    bad_notes,
    bad_passkeys,
    bad_signatures,
    bad_zips,
    shapes,
)
from tests.record_packs.cases import Case

MODULES = (
    bad_anchors,
    bad_entries,
    bad_json,
    bad_keys,
    bad_manifests,
    bad_members,
    bad_notes,
    bad_passkeys,
    bad_signatures,
    bad_zips,
)
"""Each has `bad_cases` for one section of FORMAT.md, and `good_cases` at the limits of it."""


def all_cases() -> Iterator[Case]:
    """Yield every case of the corpus."""
    yield from shapes.all_cases()
    for module in MODULES:
        yield from module.good_cases()
        yield from module.bad_cases()


def gathered() -> list[Case]:
    """Return the corpus, after seeing that no two cases have one name."""
    found = list(all_cases())
    twice = [name for name, count in Counter(case.name for case in found).items() if count > 1]
    assert not twice, twice
    return found
