"""Decisions over REST: raised by a token, read with all that belongs to them."""

from typing import Any

import pytest

from governance.choices import Scope
from governance.models import Decision, DecisionOutcome
from readiness.services.policies import adopt_policy
from tests.factories import NOW, make_process, make_scenario
from tests.governance.services.decisions.cases import decided, raised
from tests.people import Cast, make_cast
from tests.wire import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return everybody, a process and a scenario."""
    found = make_cast()
    adopt_policy(project=found.project)
    make_process(project=found.project, code="10")
    make_scenario(project=found.project, code="S-1")
    return found


def sent(cast: Cast, *, who: str = "project_manager", **fields: Any) -> Any:
    """Push a question as somebody."""
    caller = Caller.of(getattr(cast, who), scopes=(Scope.PUSH,))
    body = {"title": "Which plant goes first?", **fields}
    where = f"projects/{cast.project.public_id}/decisions/"
    return caller.push(where, body, key=f"{who}-{len(fields)}")


class TestDecisionAdd:
    def test_raises_it_with_all_that_belongs_to_it(self, cast: Cast) -> None:
        raised(cast)
        answer = sent(
            cast,
            who="consultant",
            kind="SCOPE",
            blocks=["10"],
            waiting=["S-1", "UX-01", "D-001"],
            options=[{"title": "Oslo", "is_recommended": True}, {"title": "Porto"}],
        )
        assert answer.status_code == 201, answer.content
        body = answer.json()
        assert body["code"] == "D-002"
        assert [option["title"] for option in body["options"]] == ["Oslo", "Porto"]
        assert {row["code"] for row in body["waiting"]} == {"S-1", "UX-01", "D-001"}
        assert body["raised_affiliation"] == "PARTNER"

    @pytest.mark.parametrize("field", ["blocks", "waiting", "after"])
    def test_refuses_what_the_project_does_not_know(self, cast: Cast, field: str) -> None:
        unknown: dict[str, Any] = {field: ["S-9"]}
        answer = sent(cast, **unknown)
        assert answer.status_code == 422
        assert "S-9" in answer.content.decode()
        assert not Decision.objects.exists()

    def test_is_not_an_auditors(self, cast: Cast) -> None:
        assert sent(cast, who="auditor").status_code == 403

    def test_decides_nothing(self, cast: Cast) -> None:
        sent(cast, outcome="Oslo")
        assert not DecisionOutcome.objects.exists()


class TestDecisionList:
    def test_says_what_took_the_place_of_what(self, cast: Cast) -> None:
        old = raised(cast)
        new = raised(cast, supersedes=old)
        decided(new, by=cast.sponsor)
        rows = Caller.of(cast.auditor).get(f"projects/{cast.project.public_id}/decisions/").json()
        first, second = rows["results"]
        assert (first["superseded_by"], first["outcome"]) == (new.code, None)
        assert (second["supersedes"], second["outcome"]) == (old.code, "Left")
        assert second["reason"] == "It is nearer."


class TestExposure:
    def test_answers_with_latency_exposure_and_debt(self, cast: Cast) -> None:
        decision = raised(cast)
        Decision.objects.update(recorded_at=NOW)
        where = f"projects/{cast.project.public_id}/decisions/exposure/"
        body = Caller.of(cast.auditor).get(where).json()
        assert set(body) == {"project", "as_of", "latency", "exposure", "debt"}
        assert body["latency"]["open"] == 1
        assert [row["code"] for row in body["exposure"]["decisions"]] == [decision.code]
