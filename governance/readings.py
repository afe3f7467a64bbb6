"""Numbers of the house: what a metric answers, before anybody judges it.

Pure values: no table, no clock, no threshold. Every fact app measures into these
and the policy judges from them.
"""

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal


class ReadingKind(enum.StrEnum):
    """Say how a reading is to be read."""

    SHARE = "SHARE"
    COUNT = "COUNT"
    YES_NO = "YES_NO"
    DAYS = "DAYS"
    MONEY = "MONEY"
    RATIO = "RATIO"
    SCORE = "SCORE"


@dataclass(frozen=True, slots=True)
class Reading:
    """Answer one metric at one moment.

    A SHARE has `done` of `due` and no `value`; every other kind has a `value`
    (YES_NO: 1 or 0; DAYS in days; MONEY in the project's currency). `population` is
    the number of rows the answer was taken over; a population of 0 says nothing
    was there to measure. `as_of` is when the answer held, `expires_at` when it
    stops counting (reported metrics only).
    """

    metric: str
    kind: ReadingKind
    as_of: datetime
    done: int | None = None
    due: int | None = None
    value: Decimal | None = None
    population: int = 0
    expires_at: datetime | None = None
    source: str = "computed"

    @property
    def share(self) -> Decimal | None:
        """Return done over due in percent, or None when nothing is due."""
        if self.kind is not ReadingKind.SHARE or not self.due:
            return None
        return Decimal(100) * Decimal(self.done or 0) / Decimal(self.due)

    @property
    def measured(self) -> Decimal | None:
        """Return the number that is compared with a threshold: percent or value."""
        return self.share if self.kind is ReadingKind.SHARE else self.value


@dataclass(slots=True)
class Readings:
    """Hold the readings of a batch of projects.

    `by_project` maps project id -> (process id or None, metric) -> Reading.
    """

    by_project: dict[int, dict[tuple[int | None, str], Reading]] = field(default_factory=dict)

    def put(self, project_id: int, reading: Reading, *, process_id: int | None = None) -> None:
        """Keep one reading; a second one under the same key replaces the first."""
        self.by_project.setdefault(project_id, {})[process_id, reading.metric] = reading

    def get(self, project_id: int, metric: str, process_id: int | None = None) -> Reading | None:
        """Return the reading, or None when nobody measured."""
        return self.by_project.get(project_id, {}).get((process_id, metric))

    def merge(self, other: "Readings") -> None:
        """Take over every reading of another batch."""
        for project_id, readings in other.by_project.items():
            self.by_project.setdefault(project_id, {}).update(readings)

    def of_project(self, project_id: int) -> dict[str, Reading]:
        """Return metric -> reading for the whole project, processes left out."""
        readings = self.by_project.get(project_id, {})
        return {
            metric: reading
            for (process_id, metric), reading in readings.items()
            if process_id is None
        }

    def of_processes(self, project_id: int) -> Iterator[tuple[int, Reading]]:
        """Yield (process id, reading) for each process of a project."""
        for (process_id, _), reading in self.by_project.get(project_id, {}).items():
            if process_id is not None:
                yield process_id, reading


def share(
    metric: str, *, done: int, due: int, as_of: datetime, population: int | None = None
) -> Reading:
    """Return a SHARE reading; its population is `due` unless told otherwise."""
    size = due if population is None else population
    return Reading(metric, ReadingKind.SHARE, as_of, done=done, due=due, population=size)


def count(metric: str, *, value: int, population: int, as_of: datetime) -> Reading:
    """Return a COUNT reading taken over `population` rows."""
    return Reading(metric, ReadingKind.COUNT, as_of, value=Decimal(value), population=population)


def yes_no(metric: str, *, value: bool, as_of: datetime, population: int = 1) -> Reading:
    """Return a YES_NO reading: 1 for yes, 0 for no."""
    return Reading(
        metric, ReadingKind.YES_NO, as_of, value=Decimal(int(value)), population=population
    )


def days(metric: str, *, value: Decimal | None, population: int, as_of: datetime) -> Reading:
    """Return a DAYS reading; None where there was nothing to take it over."""
    return Reading(metric, ReadingKind.DAYS, as_of, value=value, population=population)


def ratio(metric: str, *, value: Decimal | None, population: int, as_of: datetime) -> Reading:
    """Return a RATIO reading; None where the divisor is 0."""
    return Reading(metric, ReadingKind.RATIO, as_of, value=value, population=population)


def lowest(readings: Iterable[Reading]) -> Reading | None:
    """Return the share reading with the lowest share, or None of none."""
    shares = [reading for reading in readings if reading.share is not None]
    return min(shares, key=lambda reading: reading.share or Decimal(0), default=None)
