"""Keep the photo of a run where no browser reaches it, and its hash with the run."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from django.db import DatabaseError, transaction

from governance.services.attachments import Place, store_attachment
from uat.models import Execution, Photo

HASH_NAME = "sha256:"


class PhotoGone(Exception):
    """Say that a kept photo is not what it was, or not there."""


@dataclass(frozen=True)
class TakenPhoto:
    """A photo made anew by us: the bytes of a JPEG, and how large it is."""

    content: bytes
    width: int
    height: int

    @cached_property
    def sha256(self) -> str:
        """Return the hash under which the run names it."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def reference(self) -> str:
        """Return how the run's evidence names the photo."""
        return f"{HASH_NAME}{self.sha256}"


@transaction.atomic
def keep_photo(*, execution: Execution, photo: TakenPhoto) -> Photo:
    """Write the photo of a run to the private folder, under a name of our own."""
    project = execution.project
    attachment = store_attachment(
        place=Place(organisation=project.organisation, project=project),
        name=f"run-{execution.public_id}.jpg",
        content=photo.content,
        uploaded_by=execution.tester,
    )
    try:
        return Photo.objects.create(
            organisation_id=execution.organisation_id,
            project_id=execution.project_id,
            execution=execution,
            attachment=attachment,
            sha256=photo.sha256,
            width=photo.width,
            height=photo.height,
        )
    except DatabaseError:
        attachment.content.delete(save=False)  # what no row names would stay for good
        raise


def open_photo(*, photo: Photo) -> bytes:
    """Return the bytes of a kept photo.

    :raises PhotoGone: the file is away, or its hash is another.
    """
    try:
        kept = photo.attachment.content
        with kept.storage.open(str(kept.name), "rb") as file:
            content: bytes = file.read()
    except OSError as error:
        raise PhotoGone("The file of this photo is not there any more.") from error
    if hashlib.sha256(content).hexdigest() != photo.sha256:
        raise PhotoGone("The file of this photo is no longer the one that was kept.")
    return content
