"""The record: appending to a long log, proving one entry of it, against plain rows and hashes."""

import hashlib
from collections.abc import Iterator, Sequence

from django.db import transaction

from governance.choices import RecordKind
from governance.models import Project, RecordEntry, RecordHead, User
from governance.record.checkpoints import checkpoint_of, later_receipt_of
from governance.record.log import About, Deed, append, append_all
from tests.benchmarks.timing import Figure, medians_of, seconds_of

BATCH = 1000
SINGLES = 50
MANY, ONE = "append many entries", "append one entry"
PROOF = "prove one entry"


def measure_record(*, entries: int, rounds: int) -> Iterator[Figure]:
    """Fill a record, then yield what appending and proving cost.

    The floors: the same rows written without a log, and every entry hashed once.
    """
    logged, plain = Project.objects.order_by("pk")[:2]
    filled = seconds_of(lambda: _fill(logged, entries))
    rows = list(RecordEntry.objects.filter(project=logged).in_order())
    floor = seconds_of(lambda: _write_rows(plain, rows))
    note = f"{len(rows):,} entries"
    yield Figure(
        MANY, filled, against="the same rows, no log", ratio=filled / floor, limit="6.0", note=note
    )
    one, row = medians_of(
        lambda: _append_singles(logged), lambda: _write_singles(plain, rows), rounds=rounds
    )
    yield Figure(ONE, one, against="one row, no log", ratio=one / row, limit="8.0", note=note)
    proof, hashes = medians_of(
        lambda: _prove(logged), lambda: seconds_of(lambda: _hash_all(rows)), rounds=rounds
    )
    yield Figure(PROOF, proof, against="hash all", ratio=proof / hashes, limit="8.0", note=note)


def _deeds(number: int) -> list[Deed]:
    actor = User.objects.select_related("organisation").order_by("pk").first()
    about = About("project", Project.objects.order_by("pk")[0].public_id)
    return [
        Deed(
            kind=RecordKind.DECIDED,
            actor=actor,
            about=about,
            terms={"decision": f"D-{each:06d}", "outcome": "TAKEN", "due": "2026-12-01"},
            texts={"reason": f"The reason of decision {each}."},
        )
        for each in range(number)
    ]


def _fill(project: Project, entries: int) -> None:
    for start in range(0, entries, BATCH):
        append_all(_deeds(min(BATCH, entries - start)), project=project)


def _write_rows(project: Project, rows: Sequence[RecordEntry]) -> None:
    first = RecordEntry.objects.filter(project=project).count()
    copies = _copies(project, rows, first=first)
    for start in range(0, len(copies), BATCH):
        RecordEntry.objects.bulk_create(copies[start : start + BATCH])


def _copies(project: Project, rows: Sequence[RecordEntry], *, first: int) -> list[RecordEntry]:
    """Return the same rows for a project that has so many already."""
    return [
        RecordEntry(
            organisation_id=project.organisation_id,
            project=project,
            seq=first + place,
            kind=row.kind,
            at=row.at,
            actor_id=row.actor_id,
            subject_noun=row.subject_noun,
            subject_id=row.subject_id,
            body=row.body,
            leaf_hash=row.leaf_hash,
        )
        for place, row in enumerate(rows)
    ]


def _append_singles(project: Project) -> float:
    deeds = _deeds(SINGLES)
    return seconds_of(lambda: [append(deed, project=project) for deed in deeds]) / SINGLES


def _write_singles(project: Project, rows: Sequence[RecordEntry]) -> float:
    first = RecordEntry.objects.filter(project=project).count()
    copies = _copies(project, rows[:SINGLES], first=first)

    def write() -> None:
        for copy in copies:
            with transaction.atomic():
                copy.save(force_insert=True)

    return seconds_of(write) / SINGLES


def _prove(project: Project) -> float:
    head = RecordHead.objects.get(project=project)
    checkpoint = checkpoint_of(head)
    entry = RecordEntry.objects.get(project=project, seq=head.size // 3)
    return seconds_of(lambda: later_receipt_of(entry, checkpoint=checkpoint))


def _hash_all(rows: Sequence[RecordEntry]) -> None:
    for row in rows:
        hashlib.sha256(b"\x00" + row.body.encode()).digest()
