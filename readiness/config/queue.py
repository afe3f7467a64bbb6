"""The schedule, and the queue and the cache between processes: through Redis or through files."""

from pathlib import Path
from typing import Any

from celery.schedules import crontab

THROUGH_REDIS: dict[str, object] = {
    # over twice the hard limit, and a restore sweep that does not leave work lying for minutes
    "visibility_timeout": 3600,
    "unacked_restore_interval": 3,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
    # a page that wakes a worker does not wait for a queue that is away; the sweep sends again
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.2,
}

# A wake-up that nobody heard in time is dropped: the next one finds the same rows.
SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep": {
        "task": "readiness.tasks.sweep",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "follow-marks": {
        "task": "readiness.tasks.follow_marks",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "check-kept": {
        "task": "readiness.tasks.check_kept",
        "schedule": crontab(hour=3, minute=17),
    },
    "sweep-records": {
        "task": "governance.tasks.sweep_records",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "clear-sessions": {
        "task": "governance.tasks.clear_sessions",
        "schedule": crontab(hour=3, minute=47),
    },
    "send-notices": {
        "task": "governance.tasks.send_notices",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "sweep-ladders": {
        "task": "readiness.tasks.sweep_ladders",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "sweep-overdue": {
        "task": "governance.tasks.sweep_overdue",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "send-digests": {
        "task": "readiness.tasks.sweep_digests",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "resend-jobs": {
        "task": "governance.tasks.resend_jobs",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
}


def through_files(folder: Path) -> dict[str, object]:
    """Return how Celery keeps messages in one private folder."""
    return {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(folder / "control"),
    }


def cache_in_redis(url: str) -> dict[str, Any]:
    """Return a cache in Redis that holds nothing but JSON."""
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": url,
        "OPTIONS": {
            "SERIALIZER": "django_redis.serializers.json.JSONSerializer",
            "SOCKET_CONNECT_TIMEOUT": 2,
            "SOCKET_TIMEOUT": 2,
        },
    }


def cache_in_files(folder: Path) -> dict[str, Any]:
    """Return a cache that the processes of one machine share.

    Used codes and wrong attempts have to count in all of them.
    """
    return {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(folder),
        "OPTIONS": {"MAX_ENTRIES": 2000, "CULL_FREQUENCY": 4},
    }
