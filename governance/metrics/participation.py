"""Tell page one whether the people who were asked for come."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from governance.querysets.participation import AskedTally, asked_tallies

MOST_LINES = 3


def people_paper(*, project_ids: Collection[int], as_of: datetime) -> dict[int, dict[str, Any]]:
    """Return what page one says of the people who are asked for, on days that are not over."""
    found: defaultdict[int, list[AskedTally]] = defaultdict(list)
    for tally in asked_tallies(project_ids=project_ids, as_of=as_of):
        found[tally.project_id].append(tally)
    return {project_id: _paper(tallies) for project_id, tallies in found.items()}


def _paper(tallies: list[AskedTally]) -> dict[str, Any]:
    return {
        "asked": sum(each.asked for each in tallies),
        "released": sum(each.released for each in tallies),
        "refused": sum(each.refused for each in tallies),
        "silent": sum(each.silent for each in tallies),
        "worst": [
            {"department": each.department, "head": each.head, "number": each.silent}
            for each in tallies[:MOST_LINES]
            if each.silent
        ],
    }
