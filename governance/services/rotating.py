"""Replace the key of the record: every log names the new one, and the old one vouches for it.

The logs are written first and the file is put in place after: a run that was cut off between
the two is finished by the next one.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import RecordKind
from governance.models import RecordHead
from governance.record.checkpoints import checkpoint_of
from governance.record.keys import RecordKeyMissing, read_key, write_key
from governance.record.log import Deed, append
from governance.record.notes import NoteSigner, fingerprint_of


class RotationRefused(Exception):
    """Say why the key of the record stays as it is."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """The fingerprint of the key now in use, where the old one is kept, and how many logs."""

    fingerprint: str
    kept: Path | None
    logs: int


def rotate_record_key(*, reason: str, is_lost: bool = False) -> Rotation:
    """Put a new key in place of the one in use.

    :raises RotationRefused: the old key is not there and was not said to be lost, or without
        a reason.
    """
    if not reason.strip():
        raise RotationRefused(_("Say why the key is replaced; every record says so for good."))
    path = Path(settings.RECORD_KEY_FILE)
    coming = path.with_name(f"{path.name}.next")
    old = _old_key(path)
    write_key(coming)
    new = read_key(coming)
    begun = RecordHead.objects.filter(size__gt=0).exclude(key=new.verifier)
    heads = begun.select_related("project__organisation").order_by("pk")
    known = None if old is None else old.verifier
    if not is_lost and heads.exclude(key=known or "").exists():
        message = _(
            "The key that signed the records is not in %(name)s. Put it back, or, if it is gone,"
            " say so with --lost: then no old key vouches for the new one."
        )
        raise RotationRefused(message % {"name": path.name})
    logs = _write(list(heads), old=old, new=new, reason=reason.strip())
    kept = _put_in_place(path, coming, old=old)
    return Rotation(fingerprint_of(new.verifier), kept, logs)


def _old_key(path: Path) -> NoteSigner | None:
    try:
        return read_key(path)
    except RecordKeyMissing:
        return None


@transaction.atomic
def _write(heads: list[RecordHead], *, old: NoteSigner | None, new: NoteSigner, reason: str) -> int:
    """Write the change into every log, and sign its end with the new key and the old one."""
    for head in heads:
        vouches = old is not None and head.key == old.verifier
        terms = {"key": new.verifier, "previous": head.key, "is_lost": not vouches}
        texts = {"reason": reason}
        deed = Deed(kind=RecordKind.KEY_ROTATED, actor=None, terms=terms, texts=texts)
        end = append(deed, project=head.project).head
        end.key = new.verifier
        end.save(update_fields=["key"])
        checkpoint_of(end, key=new, retiring=old if vouches else None)
    return len(heads)


def _put_in_place(path: Path, coming: Path, *, old: NoteSigner | None) -> Path | None:
    """Use the new key from now on; the old one is kept beside it, readable by this account."""
    kept = None
    if old is not None:
        kept = path.with_name(f"{path.name}.retired-{fingerprint_of(old.verifier)}")
        if not kept.exists():
            os.link(path, kept)
        kept.chmod(0o600)
    coming.replace(path)
    return kept
