"""Compare signatures with the statements that were signed and the entries that they made.

A signature that is older than the record is told like any other act; see `witnessing`.
"""

import base64
import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from governance.choices import OrganisationKind, RecordKind, SignoffAct
from governance.models import Project, Signoff
from governance.record.canonical import moment_of, sha256_of
from governance.record.mismatches import Mismatch, MismatchKind
from governance.record.stated import AT_ONCE, Log, Stated
from governance.record.witnessing import Told, Witness, id_of

LONGEST_TITLE = 400
SOON = timedelta(minutes=5)
"""How long after its entry the row of a signature may have been stamped, at most."""


def _signature(row: Signoff) -> Told:
    """Tell a signature that is older than the record, hash by hash."""
    terms = {
        "process": id_of(row.process),
        "signature_kind": row.kind,
        "evidence_sha256": sha256_of(row.evidence),
        "evidence_hash": row.evidence_hash,
        "meaning_sha256": sha256_of(row.meaning),
        "signer": id_of(row.signer),
        "signer_kind": row.signer_kind,
        "signer_name": row.signer_name,
        "signer_organisation_name": row.signer_organisation_name,
        "signer_zone": row.signer_zone,
        "authority": row.authority,
        "delegation": id_of(row.delegation),
        "authentication": row.authentication,
        "about": {"noun": row.subject_noun, "id": row.subject_id, "title": row.subject_title},
        "statement_sha256": sha256_of(row.statement),
        "receipt_sha256": sha256_of(row.receipt),
        "signed_at": row.signed_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.reason})


CARRIED_SIGNATURES = tuple(
    Witness(
        kind=RecordKind(act),
        model=Signoff,
        noun="signature",
        tell=_signature,
        related=("process", "signer", "delegation"),
        only={"act": act, "entry__isnull": True},
    )
    for act in SignoffAct.values
)


def compare_signatures(project: Project, log: Log) -> Iterator[Mismatch]:
    """Yield where a signature's row is not what was signed, and entries without their row."""
    signed = dict(log.signed)
    rows = Signoff.objects.filter(project=project, entry__isnull=False)
    rows = rows.select_related("entry").prefetch_related(
        "process", "signer__organisation", "delegation__appointed_by"
    )
    for row in rows.order_by("pk").iterator(chunk_size=AT_ONCE):
        seq = row.entry.seq if row.entry else -1
        _, entry = signed.pop(seq, (None, None))
        if entry is None:
            yield Mismatch(MismatchKind.NO_ENTRY, "signature", row.public_id, seq)
            continue
        names = tuple(_differing(row, entry, log))
        if names:
            yield Mismatch(MismatchKind.OTHER_SIGNATURE, "signature", row.public_id, seq, names)
    for seq, (key, _) in signed.items():
        yield Mismatch(MismatchKind.NO_ROW, key.noun, UUID(key.subject), seq, (key.kind,))


def _differing(row: Signoff, entry: Stated, log: Log) -> Iterator[str]:
    """Yield the columns that say something else than the statement and the entry."""
    try:
        said: dict[str, Any] = json.loads(row.statement)
        signed = _as_signed(said)
    except (ValueError, KeyError, TypeError):
        yield "statement"
        return
    if sha256_of(row.statement) != entry.terms["statement"]:
        yield "statement"
    if sha256_of(row.evidence) != row.evidence_hash:
        yield "evidence"
    for name, value in _as_kept(row).items():
        if value != signed[name]:
            yield name
    yield from _beside_the_statement(row, entry)
    commitment = entry.texts.get("reason")
    if commitment != said["reason"] or not log.hides(commitment, row.reason):
        yield "reason"


def _as_signed(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a statement says, under the names of the columns."""
    return {
        "act": said["act"],
        "kind": said["kind"],
        "subject_noun": said["subject"]["noun"],
        "subject_id": said["subject"]["id"],
        "subject_title": said["title"][:LONGEST_TITLE],
        "signer": said["signer"]["id"],
        "signer_name": said["signer"]["name"],
        "signer_organisation": said["signer"]["organisation"],
        "signer_organisation_name": said["signer"]["organisation_name"],
        "meaning": said["meaning"]["sentence"],
        "authority": said["authority"],
        "delegation": said["delegation"] and said["delegation"]["id"],
        "evidence_hash": said["exhibit"],
        "signer_zone": said["zone"],
    }


def _as_kept(row: Signoff) -> dict[str, Any]:
    """Return what the columns say, as a statement says it."""
    return {
        "act": row.act,
        "kind": row.kind,
        "subject_noun": row.subject_noun,
        "subject_id": str(row.subject_id),
        "subject_title": row.subject_title,
        "signer": str(row.signer.public_id),
        "signer_name": row.signer_name,
        "signer_organisation": str(row.signer.organisation.public_id),
        "signer_organisation_name": row.signer_organisation_name,
        "meaning": row.meaning,
        "authority": row.authority,
        "delegation": str(row.delegation.public_id) if row.delegation else None,
        "evidence_hash": row.evidence_hash,
        "signer_zone": row.signer_zone,
    }


def _beside_the_statement(row: Signoff, entry: Stated) -> Iterator[str]:
    """Yield the columns that the statement does not have, where the entry has them otherwise."""
    if row.authentication != entry.terms["method"]:
        yield "authentication"
    if row.signer_kind != OrganisationKind.CLIENT:
        yield "signer_kind"
    if moment_of(row.signed_at) != entry.at:
        yield "signed_at"
    if not timedelta(0) <= row.recorded_at - row.signed_at + SOON <= 2 * SOON:
        yield "recorded_at"
    if row.process is not None and row.process.public_id != row.subject_id:
        yield "process"
    body = base64.b64encode(row.entry.body.encode()).decode() if row.entry else ""
    if f"\nextra {body}\nindex {entry.seq}\n" not in row.receipt:
        yield "receipt"
