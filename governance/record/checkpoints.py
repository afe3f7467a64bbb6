"""Sign the end of a log, and hand out the proof that an entry stands in it."""

from governance.models import Checkpoint, RecordEntry, RecordHead
from governance.record.keys import RecordKeyMissing, signer
from governance.record.log import Appended
from governance.record.merkle import inclusion_proof, root_of_frontier
from governance.record.notes import Head, NoteSigner, receipt, signed_note


def checkpoint_of(
    head: RecordHead, *, key: NoteSigner | None = None, retiring: NoteSigner | None = None
) -> Checkpoint:
    """Return the checkpoint over the log as it is, made unless there is one.

    It is signed by the key in use unless another is given; `retiring` signs beside it where
    it is replaced.

    :raises RecordKeyMissing: the key in use is not the one of this log.
    """
    known = Checkpoint.objects.filter(project_id=head.project_id, size=head.size).first()
    if known is not None:
        return known
    key = key or signer()
    if key.verifier != head.key:
        raise RecordKeyMissing(
            "The key in use is not the one this record was signed with so far."
            " Put the old one back, or change it with: manage.py rotate_record_key"
        )
    root = root_of_frontier([bytes.fromhex(peak) for peak in head.frontier])
    signers = [key, retiring] if retiring else [key]
    return Checkpoint.objects.create(
        organisation_id=head.project.organisation_id,
        project_id=head.project_id,
        size=head.size,
        root=root.hex(),
        note=signed_note(Head(head.origin, head.size, root), signers),
    )


def receipt_of(appended: Appended) -> str:
    """Return the receipt of the entry that was written last, and note its checkpoint.

    :raises RecordKeyMissing: see `checkpoint_of`.
    """
    checkpoint = checkpoint_of(appended.head)
    return receipt(
        body=appended.entry.body,
        index=appended.entry.seq,
        path=appended.path,
        checkpoint=checkpoint.note,
    )


def later_receipt_of(entry: RecordEntry, *, checkpoint: Checkpoint) -> str:
    """Return a receipt of any entry under a checkpoint that covers it."""
    covered = RecordEntry.objects.filter(project_id=entry.project_id).up_to(checkpoint.size)
    leaves = [
        bytes.fromhex(leaf) for leaf in covered.in_order().values_list("leaf_hash", flat=True)
    ]
    path = inclusion_proof(leaves, index=entry.seq)
    return receipt(body=entry.body, index=entry.seq, path=path, checkpoint=checkpoint.note)
