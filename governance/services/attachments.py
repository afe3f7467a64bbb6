"""Keep files that somebody hands in, under names of our own."""

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from governance.models import Attachment, Organisation, Project, User

LARGEST_FILE = 50 * 1024 * 1024
LONGEST_NAME = 200
HEAD_SIZE = 8192


class AttachmentRefused(Exception):
    """Say why a file was not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a file belongs: an organisation, and within it perhaps a project."""

    organisation: Organisation
    project: Project | None = None


def store_attachment(
    *, place: Place, name: str, content: "bytes | File[bytes]", uploaded_by: User | None
) -> Attachment:
    """Write a file to the private folder, with its size and SHA-256.

    :raises AttachmentRefused: it is empty or larger than LARGEST_FILE.
    """
    file: File[bytes] = ContentFile(content) if isinstance(content, bytes) else content
    digest, size = _measure(file)
    if size == 0:
        raise AttachmentRefused(_("The file is empty. Choose the file again."))
    row = Attachment(
        organisation=place.organisation,
        project=place.project,
        name=clean_name(name),
        sha256=digest,
        size=size,
        uploaded_by=uploaded_by,
    )
    row.content.save(row.public_id.hex, file, save=False)
    row.save(force_insert=True)
    return row


def clean_name(name: str) -> str:
    """Return a name without folders and control characters, fit to be shown."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip()
    return kept[-LONGEST_NAME:] or "file"


def head_of(content: "bytes | File[bytes]") -> bytes:
    """Return the first bytes of a file and leave it at its start."""
    if isinstance(content, bytes):
        return content[:HEAD_SIZE]
    content.seek(0)
    head: bytes = content.read(HEAD_SIZE)
    content.seek(0)
    return head


def _measure(file: "File[bytes]") -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in file.chunks():
        size += len(chunk)
        if size > LARGEST_FILE:
            largest = LARGEST_FILE // (1024 * 1024)
            raise AttachmentRefused(
                _("The file is larger than %(n)d MB. Split it.") % {"n": largest}
            )
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest(), size
