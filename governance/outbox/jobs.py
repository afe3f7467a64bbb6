"""Write down work for later, in the transaction that wants it done.

A message to a worker is only a wake-up call: whatever a crash swallows, the row stays
and the sweep finds it.
"""

from typing import Any

from governance.models import Job, Project, User


def write_job(
    *,
    kind: str,
    key: str,
    payload: dict[str, Any] | None = None,
    actor: User | None = None,
    project: Project | None = None,
) -> Job:
    """Return the job of that key, written now unless it is there; wanted twice, done once.

    `kind` is a key of settings.JOB_KINDS. Call it inside the business transaction; the
    door wakes a worker after commit with `governance.tasks.wake_worker`. Keys are made of
    public identifiers, never of what somebody typed.

    :raises ValueError: the key is that of another kind or another project.
    """
    job, _ = Job.objects.get_or_create(
        key=key,
        defaults={"kind": kind, "payload": payload or {}, "actor": actor, "project": project},
    )
    if (job.kind, job.project_id) != (kind, project.pk if project else None):
        raise ValueError(f"The key {key} names another job.")
    return job
