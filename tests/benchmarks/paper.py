"""(f) The executive report as PDF: seconds, and the memory of the process that sets it."""

import resource
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from governance.models import Project
from readiness.models import Snapshot
from reports.rendering.paper import edition_of
from reports.rendering.run import print_report
from tests.benchmarks.night import run_night
from tests.benchmarks.timing import Figure, medians_of, seconds_of


def measure_paper(*, rounds: int) -> Iterator[Figure]:
    """Yield the seconds and the MiB of one report."""
    project = Project.objects.order_by("pk").first()
    assert project is not None
    run_night([project.pk], as_of=timezone.now())
    snapshot = Snapshot.objects.filter(project=project).newest_first().first()
    assert snapshot is not None
    sizes: list[tuple[int, int]] = []

    def print_once() -> float:
        with transaction.atomic():
            seconds = seconds_of(lambda: sizes.append(_printed(snapshot)))
            transaction.set_rollback(True)
        return seconds

    (seconds,) = medians_of(print_once, rounds=rounds)
    pages, octets = sizes[-1]
    # Linux counts in KiB, over the largest child that ended so far
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Figure("PDF", seconds, mebibytes=peak, note=f"{pages} pages, {octets // 1024} KiB")


def _printed(snapshot: Snapshot) -> tuple[int, int]:
    report = print_report(snapshot=snapshot, edition=edition_of("en"), requested_by=None)
    return report.pages, report.size
