"""Measure one project both ways: from kept columns and from dated rows."""

from collections.abc import Callable
from datetime import timedelta

from governance.models import Project
from governance.readings import Reading, Readings
from readiness.measurements import take_readings
from tests.factories import NOW
from tests.histories import mark_at, refresh_everything

Measure = Callable[..., Readings]


def measured(project: Project, *, measure: Measure = take_readings) -> Readings:
    """Return what is measured at NOW, after making sure that both ways agree."""
    refresh_everything(project)
    both = []
    for marked_at in (NOW, NOW + timedelta(seconds=1)):
        mark_at(project, marked_at)
        both.append(measure(project_ids=[project.pk], as_of=NOW))
    assert both[0] == both[1]
    return both[0]


def reading_of(project: Project, metric: str, *, process_id: int | None = None) -> Reading:
    """Return one reading of a project or of one of its processes."""
    reading = measured(project).get(project.pk, metric, process_id)
    assert reading is not None
    return reading


def share_of(project: Project, metric: str, *, process_id: int | None = None) -> tuple[int, int]:
    """Return done and due of a share."""
    reading = reading_of(project, metric, process_id=process_id)
    assert reading.done is not None
    assert reading.due is not None
    return reading.done, reading.due


def count_of(project: Project, metric: str, *, process_id: int | None = None) -> tuple[float, int]:
    """Return the value of a reading and the number of rows it was taken over."""
    reading = reading_of(project, metric, process_id=process_id)
    assert reading.value is not None
    return float(reading.value), reading.population
