"""Keep in step how each person stands in each course."""

from collections.abc import Iterable

from django.db import transaction

from governance.services.marks import mark_projects
from training.querysets.records import drop_standings, keep_standings, standings_out_of_step


@transaction.atomic
def refresh_standings(*, project_id: int, person_ids: Iterable[int] | None = None) -> int:
    """Mark the project and bring standings up to date; return how many moved.

    The mark comes first: its row is the lock that makes writers of a project take turns.
    """
    mark_projects(project_ids=[project_id])
    return keep_standings(project_id=project_id, person_ids=person_ids)


@transaction.atomic
def end_standings(*, project_id: int) -> int:
    """Mark the project and end the standings that no record holds any more; return how many."""
    mark_projects(project_ids=[project_id])
    return drop_standings(project_id=project_id)


def check_standings(*, project_ids: Iterable[int]) -> list[tuple[int, int]]:
    """Return the (person, course) pairs whose standing is not what the records say."""
    return standings_out_of_step(project_ids=project_ids)
