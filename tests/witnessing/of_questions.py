"""Options offered and dependencies noted, each through its service."""

from collections.abc import Callable
from typing import Any

from governance.choices import RecordKind
from governance.services.decisions import Question, raise_decision
from governance.services.dependencies import Dependents, note_dependents
from governance.services.options import Choice, offer_option
from tests.factories import NOW
from tests.witnessing.places import LATER, Place


def _decision(place: Place) -> Any:
    question = Question(title="Who approves a price?")
    by = place.cast.sponsor
    return raise_decision(
        project=place.cast.project, question=question, raised_by=by, raised_at=NOW
    )


def _option(place: Place) -> Any:
    choice = Choice(title="The sponsor.", consequence="It takes a day.", is_recommended=True)
    by = place.cast.consultant
    return offer_option(decision=_decision(place), choice=choice, offered_by=by, offered_at=LATER)


def _dependency(place: Place) -> Any:
    dependents = Dependents(decisions=[_decision(place)])
    by = place.cast.process_owner
    rows = note_dependents(
        decision=_decision(place), dependents=dependents, noted_by=by, noted_at=LATER
    )
    return rows[0]


ACTS: dict[RecordKind, Callable[[Place], Any]] = {
    RecordKind.OPTION_OFFERED: _option,
    RecordKind.DEPENDENCY_NOTED: _dependency,
}
