"""Settings of the programs that the fault tests start: the product's, with a job to watch.

The waiting times are cut from minutes to seconds, so that a test sees what a night would.
"""

from readiness.config import settings as product

globals().update({name: getattr(product, name) for name in dir(product) if name.isupper()})

JOB_KINDS = {**product.JOB_KINDS, "touch": "tests.faults.work.touch"}
JOB_STALE_SECONDS = 3
JOB_UNHEARD_SECONDS = 1
CELERY_BEAT_SCHEDULE = {
    "resend-jobs": {"task": "governance.tasks.resend_jobs", "schedule": 1.0},
    "sweep": {"task": "readiness.tasks.sweep", "schedule": 1.0},
    "send-notices": {"task": "governance.tasks.send_notices", "schedule": 1.0},
}
