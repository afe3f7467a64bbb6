"""Take a job, report on it and end it; every step is a compare-and-set on its row."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q

from governance.choices import JobState
from governance.models import Job

MOST_ATTEMPTS = 3
# Work that waits for somebody else's server: tried for two days, first soon, then every hour.
MOST_TRIES = 56
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
LONGEST_ERROR = 1000
RESENT_AT_ONCE = 100


class JobRefused(Exception):
    """Say to the reader why a job cannot be done; trying again would not help."""


class JobFailed(Exception):
    """Say to the reader why a job was not done this time; it is tried again."""


def claim_job(*, job_id: int, moment: datetime, abandoned: bool = False) -> Job | None:
    """Return the job if this caller may do it now, or None when somebody else does.

    `abandoned` says that the message came back unacknowledged: whoever ran it is gone.
    """
    states = [JobState.PENDING, JobState.RUNNING] if abandoned else [JobState.PENDING]
    claimed = Job.objects.filter(~_worn_out(), pk=job_id, state__in=states).update(
        state=JobState.RUNNING, attempts=F("attempts") + 1, started_at=moment
    )
    return Job.objects.get(pk=job_id) if claimed else None


def report_progress(*, job: Job, done: int, due: int) -> None:
    """Write how far a running job has come; outside the job's own transaction."""
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(
        progress_done=min(done, due), progress_due=due
    )


def finish_job(*, job: Job, moment: datetime) -> bool:
    """Write that the job is done; return False when it was taken away meanwhile."""
    running = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
    return bool(
        running.update(
            state=JobState.DONE, error="", finished_at=moment, progress_done=F("progress_due")
        )
    )


def fail_job(*, job: Job, error: str, moment: datetime, for_good: bool = False) -> bool:
    """Write what went wrong; park the job for good or after its last attempt, else let it wait.

    Return whether it is parked.
    """
    most = MOST_TRIES if job.kind in settings.PATIENT_JOBS else MOST_ATTEMPTS
    parked = for_good or job.attempts >= most
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts).update(
        state=JobState.FAILED if parked else JobState.PENDING,
        error=error[:LONGEST_ERROR],
        finished_at=moment if parked else None,
    )
    return parked


def revive_stale_jobs(*, moment: datetime) -> int:
    """Give jobs whose worker died back to the queue; park those that died too often."""
    longest = timedelta(seconds=settings.JOB_STALE_SECONDS)
    stale = Job.objects.filter(state=JobState.RUNNING, started_at__lt=moment - longest)
    stale.filter(_worn_out()).update(
        state=JobState.FAILED,
        error="Stopped too often without an end; it is not tried again.",
        finished_at=moment,
    )
    return stale.update(state=JobState.PENDING)


def waiting_jobs(*, moment: datetime) -> list[int]:
    """Return the oldest jobs that have waited for longer than a wake-up call takes."""
    unheard = timedelta(seconds=getattr(settings, "JOB_UNHEARD_SECONDS", 15))
    waiting = Job.objects.filter(
        ~_paused(moment), state=JobState.PENDING, created_at__lt=moment - unheard
    )
    return list(waiting.order_by("created_at").values_list("pk", flat=True)[:RESENT_AT_ONCE])


def _worn_out() -> Q:
    """Match jobs that were tried as often as their kind is."""
    patient = Q(kind__in=settings.PATIENT_JOBS)
    return (patient & Q(attempts__gte=MOST_TRIES)) | (~patient & Q(attempts__gte=MOST_ATTEMPTS))


def _paused(moment: datetime) -> Q:
    """Match jobs that wait for somebody else's server, and were tried a short while ago."""
    early = Q()
    for attempts in range(1, MOST_TRIES):
        pause = min(FIRST_PAUSE * 2 ** min(attempts - 1, 10), LONGEST_PAUSE)
        early |= Q(attempts=attempts, started_at__gt=moment - pause)
    return Q(kind__in=settings.PATIENT_JOBS) & early
