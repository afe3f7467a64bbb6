"""A job that leaves one mark, and a command line to ask for it and to count the marks.

python -m tests.faults.work ask PREFIX NUMBER      (prints the ids)
python -m tests.faults.work count PREFIX           (prints waiting, done, marks)
"""

import sys
import time
from datetime import datetime

import django


def touch(job: "Job", *, moment: datetime) -> None:
    """Take a moment, then leave the job's mark: an organisation of its name."""
    time.sleep(0.05)
    Organisation.objects.get_or_create(
        slug=job.key, defaults={"name": job.key, "kind": OrganisationKind.CLIENT}
    )


def ask(prefix: str, number: int) -> None:
    """Write jobs and send for workers, as a door of the product does."""
    for position in range(number):
        job = Job.objects.create(kind="touch", key=f"{prefix}-{position}")
        wake_worker(job)


if __name__ == "__main__":
    django.setup()

from governance.choices import OrganisationKind  # noqa: E402 - after the set-up
from governance.models import Job, Organisation  # noqa: E402
from governance.tasks import wake_worker  # noqa: E402

if __name__ == "__main__":
    ask(sys.argv[1], int(sys.argv[2]))
