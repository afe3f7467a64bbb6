"""Hand a signature's receipt out of the house: to its signer, and to the client's sponsor."""

from django.db import transaction

from governance.choices import AnchorKind, Role
from governance.models import Anchor, Checkpoint, Job, Signoff, User
from governance.outbox import write_job

RECEIPT = "receipt"


def ask_for_receipts(signoff: Signoff) -> list[Job]:
    """Write one letter for each reader of a receipt, in the transaction that signs."""
    return [
        write_job(
            kind=RECEIPT,
            key=f"receipt:{signoff.public_id}:{reader.public_id}",
            payload={"row": str(signoff.public_id), "account": str(reader.public_id)},
            project=signoff.project,
        )
        for reader in receipt_readers(signoff)
    ]


def receipt_readers(signoff: Signoff) -> list[User]:
    """Return who gets a receipt: the signer and the client's sponsors, each once."""
    sponsors = User.objects.filter(
        organisation_id=signoff.organisation_id,
        is_active=True,
        participations__project_id=signoff.project_id,
        participations__role=Role.SPONSOR,
        participations__ended_at__isnull=True,
    )
    others = sponsors.exclude(pk=signoff.signer_id).distinct().order_by("name", "pk")
    return [signoff.signer, *others]


def is_outside(signoff: Signoff, *, reader: User) -> bool:
    """Say whether an account was sent the receipt of a signature."""
    return Anchor.objects.filter(
        checkpoint=_checkpoint_of(signoff), kind=AnchorKind.RECEIPT, account=reader
    ).exists()


@transaction.atomic
def note_outside(signoff: Signoff, *, reader: User) -> Anchor:
    """Write that a signature's checkpoint is outside now: an account was sent its receipt."""
    return Anchor.objects.create(
        organisation_id=signoff.organisation_id,
        project_id=signoff.project_id,
        checkpoint=_checkpoint_of(signoff),
        kind=AnchorKind.RECEIPT,
        account=reader,
    )


def _checkpoint_of(signoff: Signoff) -> Checkpoint:
    """Return the checkpoint in a receipt: the one over the log up to the signature's entry."""
    if signoff.entry is None:
        raise ValueError("A signature older than the record has no receipt.")
    return Checkpoint.objects.get(project_id=signoff.project_id, size=signoff.entry.seq + 1)
