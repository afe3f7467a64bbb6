"""Say of named people how far they are with the courses of each process."""

from collections.abc import Collection
from dataclasses import dataclass, field

from governance.querysets.batches import Batch
from training.querysets.grid import trainee_rows


@dataclass(frozen=True, slots=True)
class Trainees:
    """Required courses of people: person id -> process id -> (due, completed)."""

    courses: dict[int, dict[int | None, tuple[int, int]]] = field(default_factory=dict)

    def have_completed(self, person_id: int, process_id: int | None) -> bool:
        """Say whether a person completed what is required for a process, or (None) at all.

        Without any required course there is nothing to show, which is not completion.
        """
        mine = self.courses.get(person_id, {})
        wanted = mine.values() if process_id is None else [mine.get(process_id, (1, 0))]
        return bool(wanted) and all(due == completed for due, completed in wanted)


def measure_trainees(*, batch: Batch, person_ids: Collection[int]) -> Trainees:
    """Return how far these people of these projects are."""
    trainees = Trainees()
    for row in trainee_rows(batch, person_ids=person_ids):
        counts = (row.due, row.completed)
        trainees.courses.setdefault(row.person_id, {})[row.process_id] = counts
    return trainees
