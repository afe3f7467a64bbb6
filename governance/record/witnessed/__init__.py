"""The rows of the map that are governance acts, and how the record tells each of them.

Terms are identifiers, choices, dates and numbers; what somebody typed, and names of people,
are texts. Everything is told from the row itself and what it points to.
"""

from governance.record.witnessed import (
    accounts,
    authority,
    dependencies,
    escalations,
    files,
    meetings,
    participation,
    parties,
    people,
    questions,
)
from governance.record.witnessed.raid import WITNESSED as RAID

WITNESSED = (
    *RAID,
    *people.WITNESSED,
    *questions.WITNESSED,
    *dependencies.WITNESSED,
    *escalations.WITNESSED,
    *files.WITNESSED,
    *accounts.WITNESSED,
    *authority.WITNESSED,
    *meetings.WITNESSED,
    *participation.WITNESSED,
    *parties.WITNESSED,
)
