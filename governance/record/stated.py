"""What a project's record says, sorted by the rows that it is about."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from governance.choices import RecordKind, SignoffAct
from governance.models import Project, RecordEntry, RecordText

AT_ONCE = 2_000
SIGNING = frozenset(SignoffAct.values)


class Key(NamedTuple):
    """What an entry is about: the kind of act, the noun of the row, and its identifier."""

    kind: str
    noun: str
    subject: str


@dataclass(frozen=True, slots=True)
class Stated:
    """What an entry says of a row; the terms of one that was carried over without their kind."""

    seq: int
    at: str
    actor: Mapping[str, Any]
    terms: Mapping[str, Any]
    texts: Mapping[str, str]
    is_carried: bool = False


@dataclass(slots=True)
class Log:
    """The entries of a project that tell of rows, by what they are about.

    `late` are those that were carried over after the record had begun.
    """

    stated: dict[Key, list[Stated]] = field(default_factory=lambda: defaultdict(list))
    signed: dict[int, tuple[Key, Stated]] = field(default_factory=dict)
    nonces: dict[str, str] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    late: list[tuple[Key, Stated]] = field(default_factory=list)

    def hides(self, commitment: str | None, text: str) -> bool:
        """Say whether a commitment is that of a text, or of one that was erased on record."""
        if commitment is None:
            return not text
        nonce = self.nonces.get(commitment, "")
        if not nonce:
            return commitment in self.erased
        return hashlib.sha256(bytes.fromhex(nonce) + text.encode()).hexdigest() == commitment


def read_log(project: Project, *, kinds: Collection[str]) -> Log:
    """Read a project's record once; entries of other kinds than these tell of no row."""
    log = Log()
    rows = RecordEntry.objects.filter(project=project).in_order().values_list("body", flat=True)
    has_begun = False
    for body in rows.iterator(chunk_size=AT_ONCE):
        said = json.loads(body)
        if said["kind"] == RecordKind.TEXT_ERASED:
            log.erased.update(said["terms"]["commitments"])
        key, entry = _sorted(said)
        if entry.is_carried and has_begun:
            log.late.append((key, entry))
        has_begun = has_begun or not (entry.is_carried or said["kind"] == RecordKind.LOG_STARTED)
        if key.kind in SIGNING and not entry.is_carried:
            log.signed[entry.seq] = key, entry
        elif key.kind in kinds:
            log.stated[key].append(entry)
    texts = RecordText.objects.filter(project=project).values_list("commitment", "nonce")
    log.nonces = dict(texts.iterator(chunk_size=AT_ONCE))
    return log


def _sorted(said: Mapping[str, Any]) -> tuple[Key, Stated]:
    """Return what an entry is about, and what it says."""
    kind, terms = said["kind"], said["terms"]
    is_carried = kind == RecordKind.CARRIED_OVER
    if is_carried:
        kind = terms["kind"]
        terms = {name: value for name, value in terms.items() if name != "kind"}
    about = said["subject"] or {"noun": "", "id": str(UUID(int=0))}
    key = Key(kind, about["noun"], about["id"])
    entry = Stated(said["seq"], said["at"], said["actor"], terms, said["texts"], is_carried)
    return key, entry
