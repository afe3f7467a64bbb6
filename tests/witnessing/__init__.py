"""Every governance act, carried out through its service: a row of each kind the record tells."""

from collections.abc import Callable
from typing import Any

from governance.choices import RecordKind
from tests.witnessing import of_authority, of_meetings, of_questions, of_the_gate, of_the_map
from tests.witnessing.of_caveats import ACTS as OF_CAVEATS
from tests.witnessing.of_escalations import ACTS as OF_ESCALATIONS
from tests.witnessing.of_participation import ACTS as OF_PARTICIPATION
from tests.witnessing.of_parties import ACTS as OF_PARTIES
from tests.witnessing.of_raid import ACTS as OF_RAID
from tests.witnessing.places import LATER, Place, make_place

__all__ = ["ACTS", "LATER", "Place", "make_place"]

ACTS: dict[RecordKind, Callable[[Place], Any]] = {
    **of_the_map.ACTS,
    **of_authority.ACTS,
    **OF_ESCALATIONS,
    **OF_CAVEATS,
    **of_the_gate.ACTS,
    **OF_RAID,
    **of_meetings.ACTS,
    **OF_PARTICIPATION,
    **OF_PARTIES,
    **of_questions.ACTS,
}
"""How to carry out an act of each kind: the row that its service writes."""
