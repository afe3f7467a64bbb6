"""Ask for a pack of a project's record, keep it, and give it out only while it is what was kept."""

import hashlib

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from governance.choices import JobState
from governance.models import Attachment, Job, Project, User
from governance.outbox import write_job
from governance.services.attachments import Place, store_attachment

PACK = "pack"


class PackRefused(Exception):
    """Say why a pack is not given out."""


def sha256_of_bytes(content: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


@transaction.atomic
def request_pack(*, project: Project, requested_by: User) -> Job:
    """Return the job that exports a record: the one of this account that waits, or a new one."""
    mine = packs_of(project, exported_by=requested_by)
    waiting = mine.filter(state__in=[JobState.PENDING, JobState.RUNNING]).first()
    if waiting is not None:
        return waiting
    key = f"{PACK}:{project.public_id}:{requested_by.public_id}:{mine.count() + 1}"
    return write_job(kind=PACK, key=key, actor=requested_by, project=project)


def packs_of(project: Project, *, exported_by: User) -> QuerySet[Job]:
    """Return an account's own exports of a record, the newest first.

    Nobody takes another's pack: so the record names everybody who ever took one.
    """
    return Job.objects.filter(kind=PACK, project=project, actor=exported_by).order_by("-id")


def keep_pack(*, job: Job, name: str, pack: bytes, told: dict[str, object]) -> Attachment:
    """Keep a pack as a file, and note beside its job where it is."""
    place = Place(organisation=job.project.organisation, project=job.project)  # type: ignore[union-attr]
    kept = store_attachment(place=place, name=name, content=pack, uploaded_by=job.actor)
    job.payload = {**told, "file": str(kept.public_id), "sha256": kept.sha256}
    job.save(update_fields=["payload"])
    return kept


def open_pack(*, job: Job) -> bytes:
    """Return the bytes of a kept pack.

    :raises PackRefused: it is not there, or no longer what was kept.
    """
    kept = Attachment.objects.filter(project=job.project, public_id=job.payload.get("file")).first()
    if kept is None:
        raise PackRefused(_("This pack is not finished."))
    try:
        with kept.content.open("rb") as file:
            content: bytes = file.read()
    except OSError as error:
        raise PackRefused(_("The kept file of this pack is missing. Export it again.")) from error
    if sha256_of_bytes(content) != kept.sha256:
        raise PackRefused(_("The kept file of this pack was changed; it is not given out."))
    return content
