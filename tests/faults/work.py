"""A job that leaves one mark, and a command line to ask for it and to count the marks.

python -m tests.faults.work ask PREFIX NUMBER      (prints the ids)
python -m tests.faults.work count PREFIX           (prints waiting, done, marks)
python -m tests.faults.work notices WORD NUMBER urgent|plain
python -m tests.faults.work digests DAYS           (sends what is due so many days from now)
"""

import sys
import time
from datetime import datetime, timedelta

import django
from django.core.management import call_command
from django.utils import timezone


def touch(job: "Job", *, moment: datetime) -> None:
    """Take a moment, then leave the job's mark: an organisation of its name."""
    time.sleep(0.05)
    Organisation.objects.get_or_create(
        slug=job.key, defaults={"name": job.key, "kind": OrganisationKind.CLIENT}
    )


def ask_for_jobs(prefix: str, number: str) -> None:
    """Write jobs and send for workers, as a door of the product does."""
    for position in range(int(number)):
        job = Job.objects.create(kind="touch", key=f"{prefix}-{position}")
        wake_worker(job)


def open_project(days: str) -> None:
    """Open a project in the past, so that nights are due."""
    opened_at = timezone.now() - timedelta(days=int(days))
    make_project(opened_at=opened_at, created_at=opened_at)


def tell_things(word: str, number: str, kind: str) -> None:
    """Tell a sponsor some things."""
    cast = make_cast()
    User.objects.update(created_at=EARLY)
    for position in range(int(number)):
        told(
            cast,
            cast.sponsor,
            kind=NoticeKind.OWNERSHIP_GIVEN,
            title=f"{word} number {position}.",
            is_urgent=kind == "urgent",
            happened_at=timezone.now(),
        )


def send_digests(days: str) -> None:
    """Send the mails that are due so many days from now."""
    moment = timezone.now() + timedelta(days=int(days))
    call_command("send_digests", "--as-of", moment.isoformat())


if __name__ == "__main__":
    django.setup()

from governance.choices import NoticeKind, OrganisationKind  # noqa: E402 - after the set-up
from governance.models import Job, Organisation, User  # noqa: E402
from governance.tasks import wake_worker  # noqa: E402
from tests.factories import EARLY, make_project  # noqa: E402
from tests.people import make_cast  # noqa: E402
from tests.telling import told  # noqa: E402

if __name__ == "__main__":
    if sys.argv[1] == "jobs":
        ask_for_jobs(sys.argv[2], sys.argv[3])
    elif sys.argv[1] == "notices":
        tell_things(*sys.argv[2:])
    elif sys.argv[1] == "digests":
        send_digests(sys.argv[2])
    else:
        open_project(sys.argv[2])
