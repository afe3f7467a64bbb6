"""Compare the rows that are governance acts with what the record says of them.

An entry says what was true when it was written. A row that says otherwise now, that no entry
names, or that is gone, was changed behind the product's back. Entries are taken as they stand:
that they are whole is for whoever verifies the log.
"""

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from governance.models import Project
from governance.record.canonical import canonical
from governance.record.mismatches import Mismatch, MismatchKind
from governance.record.signed import CARRIED_SIGNATURES, compare_signatures
from governance.record.stated import AT_ONCE, Key, Log, Stated, read_log
from governance.record.witnessing import Told, Witness, given, witnesses

__all__ = ["Mismatch", "MismatchKind", "compare_rows"]


def compare_rows(project: Project) -> Iterator[Mismatch]:
    """Yield where the rows of a project and its record do not agree; nothing is written.

    The number of queries does not depend on the number of rows.
    """
    told = (*witnesses(), *CARRIED_SIGNATURES)
    log = read_log(project, kinds={str(each.kind) for each in told})
    for key, entry in log.late:
        yield Mismatch(MismatchKind.LATE_CARRY, key.noun, UUID(key.subject), entry.seq)
    for each in told:
        if each.of_account:
            yield from _compare_named(each, log)
        else:
            yield from _compare(each, log, project)
    for key, left in log.stated.items():
        for entry in left:
            yield _mismatch(MismatchKind.NO_ROW, key, entry)
    yield from compare_signatures(project, log)
    for stand in standings():
        yield from stand(project)


@cache
def standings() -> tuple[Callable[[Project], Iterator[Mismatch]], ...]:
    """Return every check of settings.STANDINGS: what is kept beside the rows of the acts."""
    return tuple(check for name in settings.STANDINGS for check in import_string(name))


def _compare(witness: Witness, log: Log, project: Project) -> Iterator[Mismatch]:
    """Yield what rows of a project say otherwise, and those that no entry names."""
    for row in witness.rows_of(project).iterator(chunk_size=AT_ONCE):
        key = _key(witness, row)
        entries = log.stated.pop(key, [])
        if not entries:
            yield _mismatch(MismatchKind.NO_ENTRY, key)
            continue
        yield from _differing(witness, row, entries[0], log)
        if len(entries) > 1:
            yield _mismatch(MismatchKind.SEVERAL_ENTRIES, key, entries[1])


def _compare_named(witness: Witness, log: Log) -> Iterator[Mismatch]:
    """Yield what rows of accounts say otherwise; which projects they concern is past knowing."""
    keys = [key for key in log.stated if key[:2] == (witness.kind, witness.noun)]
    rows = {
        str(witness.subject(row)): row
        for row in witness.rows_named(UUID(key.subject) for key in keys)
    }
    for key in keys:
        if key.subject in rows:
            entries = log.stated.pop(key)
            yield from _differing(witness, rows[key.subject], entries[0], log)
            if len(entries) > 1:
                yield _mismatch(MismatchKind.SEVERAL_ENTRIES, key, entries[1])


def _differing(witness: Witness, row: Any, entry: Stated, log: Log) -> Iterator[Mismatch]:
    told, key = witness.tell(row), _key(witness, row)
    terms = as_entered(told)
    names = [
        name
        for name in sorted({*terms, *entry.terms} - witness.beside)
        if not _same(name, terms, entry.terms)
    ]
    if names:
        yield _mismatch(MismatchKind.OTHER_TERMS, key, entry, names=names)
    texts = given(told.texts)
    names = [
        name
        for name in sorted({*texts, *entry.texts})
        if not log.hides(entry.texts.get(name), texts.get(name, ""))
    ]
    if names:
        yield _mismatch(MismatchKind.OTHER_TEXT, key, entry, names=names)


def _key(witness: Witness, row: Any) -> Key:
    return Key(witness.kind, witness.noun, str(witness.subject(row)))


def as_entered(told: Told) -> dict[str, Any]:
    """Return terms as they stand in an entry."""
    terms: dict[str, Any] = json.loads(canonical(told.terms))
    return terms


def _same(name: str, first: Any, second: Any) -> bool:
    return name in first and name in second and bool(first[name] == second[name])


def _mismatch(
    why: MismatchKind, key: Key, entry: Stated | None = None, *, names: "list[str] | None" = None
) -> Mismatch:
    seq = None if entry is None else entry.seq
    return Mismatch(why, key.noun, UUID(key.subject), seq, tuple(names or ()))
