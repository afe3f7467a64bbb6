"""Decisions, assumptions and signatures over REST."""

from datetime import timedelta
from typing import Any

import pytest

from governance.choices import Affiliation, Ruling
from governance.models import Assumption, AssumptionRuling, Decision, DecisionOutcome
from tests.factories import NOW, make_process
from tests.people import Cast, make_cast
from tests.wire import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def scope(cast: Cast) -> dict[str, Any]:
    return {"organisation": cast.client, "project": cast.project}


def listed(cast: Cast, register: str, query: str = "") -> list[dict[str, Any]]:
    answer = Caller.of(cast.auditor).get(f"projects/{cast.project.public_id}/{register}/?{query}")
    rows: list[dict[str, Any]] = answer.json()["results"]
    return rows


class TestDecisionList:
    def test_shows_the_outcome_that_counts(self, cast: Cast) -> None:
        decision = Decision.objects.create(
            **scope(cast), code="D-1", title="Which ledger?", raised_at=NOW, decider=cast.sponsor
        )
        decision.blocked_processes.add(make_process(project=cast.project, code="65.10"))
        Decision.objects.create(**scope(cast), code="D-2", title="Open", raised_at=NOW)
        for number, outcome in enumerate(("The old one", "The new one")):
            DecisionOutcome.objects.create(
                **scope(cast),
                decision=decision,
                outcome=outcome,
                decided_by=cast.sponsor,
                decided_affiliation=Affiliation.CLIENT,
                decided_at=NOW + timedelta(days=number),
            )
        first, second = listed(cast, "decisions")
        assert (first["outcome"], first["decided_by"]) == ("The new one", cast.sponsor.name)
        assert (first["blocks"], first["decider"]) == (["65.10"], cast.sponsor.name)
        assert (second["outcome"], second["decided_at"], second["decider"]) == (None, None, None)
        assert [row["code"] for row in listed(cast, "decisions", "open=true")] == ["D-2"]
        assert [row["code"] for row in listed(cast, "decisions", "open=false")] == ["D-1"]


class TestAssumptionList:
    def test_shows_the_ruling_that_counts(self, cast: Cast) -> None:
        ruled, unruled = (
            Assumption.objects.create(
                **scope(cast), code=code, statement="They keep it", raised_at=NOW
            )
            for code in ("A-1", "A-2")
        )
        AssumptionRuling.objects.create(
            **scope(cast),
            assumption=ruled,
            ruling=Ruling.REJECTED,
            reason="They do not",
            ruled_by=cast.process_owner,
            ruled_at=NOW,
        )
        first, second = listed(cast, "assumptions")
        assert (first["ruling"], first["reason"]) == (Ruling.REJECTED, "They do not")
        assert (second["code"], second["ruling"]) == (unruled.code, None)
        assert [row["code"] for row in listed(cast, "assumptions", "open=true")] == ["A-2"]
