"""While a record does not verify, nobody decides anything over it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from governance.choices import SignoffKind
from governance.models import Project, RecordCheck
from governance.services.decisions import (
    Answer,
    DecisionRefused,
    Question,
    decide,
    raise_decision,
)
from governance.services.entitlement import SignoffRefused, Subject, entitlement_of
from governance.services.freezing import freeze_sentence
from governance.services.projects import DateMoveRefused, move_go_live_date
from readiness.services.policies import PolicyConflict, adopt_policy
from tests.factories import NOW
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db


def freeze(project: Project) -> None:
    """Write that the record does not verify."""
    RecordCheck.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        is_sound=False,
        size=3,
        reason="entry 1: its text was changed",
    )


def sign(cast: Cast) -> None:
    subject = Subject.of_project(cast.project)
    entitlement_of(cast.sponsor, subject=subject, kind=SignoffKind.CHARTER)


def settle(cast: Cast) -> None:
    question = Question(title="Which dock?")
    decision = raise_decision(
        project=cast.project, question=question, raised_by=cast.sponsor, raised_at=NOW
    )
    decide(
        decision=decision, answer=Answer(outcome="Dock 2", reason="It is free"),
        decided_by=cast.sponsor, decided_at=NOW,
    )  # fmt: skip


def move(cast: Cast) -> None:
    question = Question(title="Move the date?")
    decision = raise_decision(
        project=cast.project, question=question, raised_by=cast.sponsor, raised_at=NOW
    )
    move_go_live_date(
        project=cast.project, go_live_date=date(2026, 8, 1), decision=decision,
        decided_by=cast.sponsor, decided_at=NOW,
    )  # fmt: skip


def adopt(cast: Cast) -> None:
    adopt_policy(project=cast.project)


def accept(cast: Cast) -> None:
    subject = Subject.of_project(cast.project)
    entitlement_of(cast.sponsor, subject=subject, kind=SignoffKind.ACCEPTANCE)


ACTS: dict[str, tuple[Callable[[Cast], Any], type[Exception]]] = {
    "signing": (sign, SignoffRefused),
    "deciding": (settle, DecisionRefused),
    "moving the date": (move, DateMoveRefused),
    "adopting a policy": (adopt, PolicyConflict),
    "accepting a risk": (accept, SignoffRefused),
}


class TestRefuseWhileFrozen:
    @pytest.mark.parametrize("act", ACTS)
    def test_keeps_everybody_from(self, act: str) -> None:
        carry_out, refused = ACTS[act]
        cast = make_cast()
        freeze(cast.project)
        with pytest.raises(refused) as refusal:
            carry_out(cast)
        assert str(refusal.value) == freeze_sentence()
