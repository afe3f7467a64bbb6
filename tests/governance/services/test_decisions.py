"""Raising and deciding: what is written and what is refused."""

from datetime import date, timedelta

import pytest

from governance.choices import Affiliation
from governance.models import Decision, DecisionOutcome, ProjectMark
from governance.services.decisions import (
    DecisionRefused,
    Question,
    decide,
    raise_decision,
)
from tests.factories import NOW, make_process
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


class TestRaiseDecision:
    def test_takes_the_next_free_code_and_marks_the_project(self, cast: Cast) -> None:
        process = make_process(project=cast.project)
        Decision.objects.create(
            organisation=cast.client, project=cast.project, code="D-002", title="", raised_at=NOW
        )
        before = ProjectMark.objects.get(project=cast.project).version
        question = Question(
            title="Which plant first?",
            decider=cast.sponsor,
            due_date=date(2026, 6, 8),
            blocks_go_live=True,
            blocked=[process],
        )
        decision = raise_decision(
            project=cast.project, question=question, raised_by=cast.consultant, raised_at=NOW
        )
        assert decision.code == "D-003"
        assert decision.raised_affiliation == Affiliation.PARTNER
        assert list(decision.blocked_processes.all()) == [process]
        assert ProjectMark.objects.get(project=cast.project).version == before + 1

    def test_refuses_a_decider_from_elsewhere(self, cast: Cast) -> None:
        for decider in (cast.consultant, cast.other_sponsor):
            with pytest.raises(DecisionRefused, match="of the client decides"):
                raise_decision(
                    project=cast.project,
                    question=Question(title="Which?", decider=decider),
                    raised_by=cast.sponsor,
                    raised_at=NOW,
                )

    def test_refuses_a_process_of_another_project(self, cast: Cast) -> None:
        foreign = make_process(project=cast.other_project)
        with pytest.raises(DecisionRefused, match="this project"):
            raise_decision(
                project=cast.project,
                question=Question(title="Which?", blocked=[foreign]),
                raised_by=cast.sponsor,
                raised_at=NOW,
            )


class TestDecide:
    def decision(self, cast: Cast) -> Decision:
        """Return an open decision."""
        return raise_decision(
            project=cast.project,
            question=Question(title="Which?"),
            raised_by=cast.sponsor,
            raised_at=NOW,
        )

    def test_keeps_every_outcome(self, cast: Cast) -> None:
        decision = self.decision(cast)
        for days, word in enumerate(("Left", "Right")):
            decide(
                decision=decision,
                outcome=word,
                reason="",
                decided_by=cast.sponsor,
                decided_at=NOW + timedelta(days=days),
            )
        assert [row.outcome for row in decision.outcomes.order_by("pk")] == ["Left", "Right"]

    @pytest.mark.parametrize("name", ["consultant", "other_sponsor"])
    def test_refuses_whoever_is_not_the_client(self, cast: Cast, name: str) -> None:
        with pytest.raises(DecisionRefused, match="only somebody of the client"):
            decide(
                decision=self.decision(cast),
                outcome="Left",
                reason="",
                decided_by=getattr(cast, name),
                decided_at=NOW,
            )
        assert not DecisionOutcome.objects.exists()

    def test_refuses_an_answer_older_than_its_question(self, cast: Cast) -> None:
        with pytest.raises(DecisionRefused, match="before the question"):
            decide(
                decision=self.decision(cast),
                outcome="Left",
                reason="",
                decided_by=cast.sponsor,
                decided_at=NOW - timedelta(seconds=1),
            )
