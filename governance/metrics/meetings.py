"""Measure how often the sponsor is seen to lead."""

from governance.querysets.batches import Batch
from governance.querysets.meetings import chair_tallies
from governance.readings import Readings, count

MEETINGS_CHAIRED = "spn.meetings_chaired"


def put_meetings(readings: Readings, batch: Batch) -> None:
    """Put the meetings that a sponsor chaired in sixty days, over the sponsors there are.

    A project without a sponsor has nothing to measure: nobody could have chaired.
    """
    tallies = {tally.project_id: tally for tally in chair_tallies(batch)}
    for project_id in batch.days:
        tally = tallies.get(project_id)
        chaired, sponsors = (tally.chaired, tally.sponsors) if tally else (0, 0)
        reading = count(MEETINGS_CHAIRED, value=chaired, population=sponsors, as_of=batch.as_of)
        readings.put(project_id, reading)
