"""Do the jobs that the database lists, and send for those that nobody has taken."""

import logging
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError

from governance.models import Job
from governance.pages.notice_mail import compose_notice
from governance.services.anchoring import write_due_checkpoints
from governance.services.jobs import (
    JobFailed,
    JobRefused,
    claim_job,
    fail_job,
    finish_job,
    revive_stale_jobs,
    waiting_jobs,
)
from governance.services.notices import post_urgent
from governance.services.record_checks import due_projects, verify_and_note
from governance.services.reminding import remind, settle_answered
from governance.services.sessions import forget_old_sessions

logger = logging.getLogger(__name__)


def wake_worker(job: Job) -> None:
    """Send for a worker after commit; when that fails, the sweep does it half a minute later."""
    transaction.on_commit(lambda: _send(job.pk))


def _send(job_id: int) -> None:
    try:
        run_job.apply_async((job_id,), retry=False)
    except (OperationalError, OSError):
        logger.warning("no worker could be woken for job %s; the sweep will", job_id)


@shared_task(bind=True)
def run_job(self: Any, job_id: int) -> None:
    """Do one job, if it still waits: call settings.JOB_KINDS[kind](job, moment=now).

    Whatever it calls must be safe to call again: a worker may die after doing it. It
    raises JobRefused with a sentence for the reader when trying again would not help, and
    JobFailed with one when it may.
    """
    came_back = bool((self.request.delivery_info or {}).get("redelivered"))
    job = claim_job(job_id=job_id, moment=timezone.now(), abandoned=came_back)
    if job is not None:
        do_claimed_job(job)


def do_claimed_job(job: Job) -> None:
    """Do a job that this caller has claimed, and write how it ended."""
    try:
        import_string(settings.JOB_KINDS[job.kind])(job, moment=timezone.now())
    except JobRefused as refusal:
        fail_job(job=job, error=str(refusal), moment=timezone.now(), for_good=True)
    except JobFailed as failure:
        logger.warning("job %s (%s) failed: %s", job.public_id, job.kind, failure)
        fail_job(job=job, error=str(failure), moment=timezone.now())
    except Exception as error:
        logger.exception("job %s (%s) failed", job.public_id, job.kind)
        fail_job(job=job, error=_sentence(error, job=job), moment=timezone.now())
    else:
        finish_job(job=job, moment=timezone.now())


def _sentence(error: Exception, *, job: Job) -> str:
    """Say what a reader may know; the log has the rest under the same number."""
    return f"Stopped by an unexpected {type(error).__name__}. Ask for log entry {job.public_id}."


@shared_task
def resend_jobs() -> int:
    """Send for every job that waits or whose worker died; return how many were sent for."""
    now = timezone.now()
    revive_stale_jobs(moment=now)
    waiting = waiting_jobs(moment=now)
    for job_id in waiting:
        _send(job_id)
    return len(waiting)


@shared_task
def sweep_records() -> int:
    """Verify the records that are due, then mail the checkpoints that are; return how many."""
    now = timezone.now()
    verified = verify_and_note(due_projects(moment=now), moment=now)
    for job in write_due_checkpoints(moment=now):
        wake_worker(job)
    return len(verified)


@shared_task
def send_notices() -> int:
    """Mail the urgent notices that wait; return how many ended."""
    return post_urgent(now=timezone.now(), compose=compose_notice).total()


@shared_task
def sweep_overdue() -> int:
    """Tell of what is overdue and take back what is done; return how many were told."""
    now = timezone.now()
    settle_answered(now=now)
    return remind(now=now)


@shared_task
def clear_sessions() -> int:
    """Forget sessions that ran out a week ago, with where they were used; return how many."""
    return forget_old_sessions(at=timezone.now())
