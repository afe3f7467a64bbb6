"""Verify the record of a project: every row of it, and what was kept outside.

Source: RFC 6962; governance/record/FORMAT.md. Nothing here repairs anything.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db import connection, transaction

from governance.models import (
    Checkpoint,
    Project,
    RecordCheck,
    RecordEntry,
    RecordHead,
    RecordText,
    Signoff,
)
from governance.record import guards
from governance.record.canonical import moment_of
from governance.record.checking import (
    LogExaminer,
    StoredEntry,
    StoredHead,
    StoredText,
)
from governance.record.comparing import compare_rows
from governance.record.keys import verifier_in_use
from governance.record.log import origin_of
from governance.record.verifiers.verify_record import Anchor

AT_ONCE = 2000
_COLUMNS = (
    "seq",
    "kind",
    "at",
    "actor__public_id",
    "actor__kind",
    "actor__organisation__public_id",
    "subject_noun",
    "subject_id",
    "body",
    "leaf_hash",
    "signoff__statement",
    "signoff__evidence",
)
_NOBODY = {"id": None, "kind": "SYSTEM", "organisation": None}


@dataclass(frozen=True, slots=True)
class Outside:
    """A checkpoint or receipt that was kept outside, and what its file is called."""

    name: str
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What verifying one record found; `with_outside`: it was held against something kept."""

    project: Project
    size: int
    findings: tuple[str, ...]
    with_outside: bool = False

    @property
    def is_sound(self) -> bool:
        """Say whether everything holds."""
        return not self.findings

    @property
    def reason(self) -> str:
        """Return the first thing that does not hold; empty where all does."""
        return self.findings[0] if self.findings else ""


def verify_records(
    projects: Iterable[Project], *, outside: Sequence[Outside] = ()
) -> Iterator[Verification]:
    """Yield what verifying each project's record finds."""
    house = [f"the guard {name} of the database is missing" for name in guards.missing(connection)]
    for project in projects:
        with _one_view():
            found = _verified(project, outside, house)
        yield found


def strays(outside: Iterable[Outside]) -> list[str]:
    """Return the names of what was kept of a log that is not here at all."""
    known = set(RecordHead.objects.values_list("origin", flat=True))
    return [each.name for each in outside if each.anchor.note.origin not in known]


@contextmanager
def _one_view() -> Iterator[None]:
    """Read everything as it was at one moment; nobody who writes has to wait."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # atomic() would take the lock of writers
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _verified(project: Project, outside: Sequence[Outside], house: list[str]) -> Verification:
    head = RecordHead.objects.filter(project=project).first()
    origin = head.origin if head else origin_of(project)
    kept = [each for each in outside if each.anchor.note.origin == origin]
    checkpoints = Checkpoint.objects.filter(project=project)
    sizes = set(checkpoints.values_list("size", flat=True))
    examiner = LogExaminer(
        origin=origin,
        project=str(project.public_id),
        client=str(project.organisation.public_id),
        sizes=sizes | {each.anchor.note.size for each in kept},
    )
    for entry in _entries(project):
        examiner.take(entry)
    for size, root, note in _rows(checkpoints.order_by("size"), "size", "root", "note"):
        examiner.look_at_checkpoint(size=size, root=root, note=note)
    for seq, body, receipt in _receipts(project):
        examiner.look_at_receipt(seq=seq, body=body, receipt=receipt)
    for each in kept:
        body = _body_at(project, each.anchor)
        examiner.look_at_anchor(each.name, each.anchor, body=body)
    examiner.look_at_end(_stored(head))
    if not examiner.findings.sentences:  # rows are compared with entries that hold
        for mismatch in compare_rows(project):
            examiner.findings.add(str(mismatch))
    found = chain(
        examiner.outside.listed(), house, _shrunk(project, examiner), examiner.findings.listed()
    )
    return Verification(
        project=project, size=examiner.size, findings=tuple(found), with_outside=bool(kept)
    )


def _rows(rows: Any, *columns: str) -> Iterator[tuple[Any, ...]]:
    return iter(rows.values_list(*columns).iterator(chunk_size=AT_ONCE))


def _entries(project: Project) -> Iterator[StoredEntry]:
    """Yield the entries in order, each with its texts: two readers side by side."""
    entries = RecordEntry.objects.filter(project=project).in_order()
    texts = RecordText.objects.filter(project=project).order_by("entry__seq", "name")
    columns = ("entry__seq", "name", "commitment", "nonce", "text")
    waiting = _rows(texts, *columns)
    following = next(waiting, None)
    for row in _rows(entries, *_COLUMNS):
        own = []
        while following is not None and following[0] <= row[0]:
            own.append(StoredText(*following[1:]))
            following = next(waiting, None)
        yield _entry(row, own)


def _entry(row: tuple[Any, ...], texts: list[StoredText]) -> StoredEntry:
    seq, kind, at, actor, actor_kind, organisation, noun, subject, body, leaf, *signed = row
    who = {"id": str(actor), "kind": actor_kind, "organisation": str(organisation)}
    about = {"id": str(subject), "noun": noun} if subject else None
    return StoredEntry(
        seq=seq,
        body=body,
        leaf_hash=leaf,
        said={
            "kind": kind,
            "at": moment_of(at),
            "actor": who if actor else _NOBODY,
            "subject": about,
        },
        texts=texts,
        documents=[text for text in signed if text],
    )


def _receipts(project: Project) -> Iterator[tuple[Any, ...]]:
    signed = Signoff.objects.filter(project=project, entry__isnull=False)
    return _rows(signed.order_by("entry__seq"), "entry__seq", "entry__body", "receipt")


def _body_at(project: Project, anchor: Anchor) -> str | None:
    entries = RecordEntry.objects.filter(project=project, seq=anchor.index)
    return entries.values_list("body", flat=True).first()


def _stored(head: RecordHead | None) -> StoredHead:
    return StoredHead(
        size=head.size if head else 0,
        frontier=head.frontier if head else (),
        key=head.key if head else "",
        last_at=head.last_at if head else None,
        key_in_use=verifier_in_use(),
    )


def _shrunk(project: Project, examiner: LogExaminer) -> Iterator[str]:
    """Say where an earlier look saw more entries than there are."""
    sizes = RecordCheck.objects.filter(project=project).order_by("-size")
    seen = sizes.values_list("size", flat=True).first() or 0
    if seen > examiner.size and not examiner.is_torn:
        yield f"an earlier look saw {seen} entries, and there are {examiner.size}"
