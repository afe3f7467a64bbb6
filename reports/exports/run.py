"""Do the job that exports a record."""

from datetime import datetime

from governance.models import Job
from governance.permissions import seat_of
from governance.permissions.acts import EXPORT_RECORD
from governance.record.keys import RecordKeyMissing
from governance.services.attachments import AttachmentRefused
from governance.services.authority import NOT_ITS_OWN, actor_of, refused
from governance.services.jobs import JobRefused
from reports.exports.packs import export_record
from reports.services.packing import keep_pack


def run_pack(job: Job, *, moment: datetime) -> None:
    """Export the record of a job's project and keep the pack; done twice, kept once.

    :raises JobRefused: whoever asked may not any more, or the record cannot be signed.
    """
    project = job.project
    if project is None:
        raise refused(job, because=NOT_ITS_OWN)
    if job.payload.get("file"):
        return
    actor = actor_of(job, may=lambda user: EXPORT_RECORD.allows(seat_of(user, project=project)))
    try:
        pack = export_record(project=project, exported_by=actor)
        told = {"size": pack.size, "checkpoint": pack.checkpoint}
        keep_pack(
            job=job, name=f"{project.slug}-record-{pack.size}.zip", pack=pack.content, told=told
        )
    except (RecordKeyMissing, AttachmentRefused) as refusal:
        raise JobRefused(str(refusal)) from refusal
