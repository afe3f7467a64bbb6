"""Pushing twice."""

import json
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError

from governance.models import IdempotencyKey
from tests.factories import make_scenario
from tests.people import Cast, make_cast
from tests.wire import Caller, problem_of
from uat.models import Execution

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
RUN = {"scenario": "FIN-001", "result": "PASSED", "executed_at": "2026-06-01T08:00:00Z"}


@pytest.fixture
def cast() -> Cast:
    found = make_cast()
    make_scenario(project=found.project, code="FIN-001")
    return found


def address(cast: Cast) -> str:
    return f"projects/{cast.project.public_id}/executions/"


class TestPushView:
    def test_gives_the_first_answer_again(self, cast: Cast) -> None:
        caller = Caller.of(cast.business_user)
        first = caller.push(address(cast), RUN, key="k")
        again = caller.push(address(cast), {**reversed_fields(RUN)}, key="k")
        assert (first.status_code, again.status_code) == (201, 201)
        assert first.content == again.content
        assert "Idempotency-Replayed" not in first
        assert again["Idempotency-Replayed"] == "true"
        assert Execution.objects.count() == 1

    def test_refuses_the_key_for_another_body(self, cast: Cast) -> None:
        caller = Caller.of(cast.business_user)
        caller.push(address(cast), RUN, key="k")
        answer = caller.push(address(cast), RUN | {"build": "2"}, key="k")
        assert answer.status_code == 409
        assert "another content" in problem_of(answer)["detail"]
        assert Execution.objects.count() == 1

    def test_takes_the_key_again_after_a_refusal(self, cast: Cast) -> None:
        caller = Caller.of(cast.business_user)
        assert caller.push(address(cast), RUN | {"scenario": "X"}, key="k").status_code == 422
        assert caller.push(address(cast), RUN, key="k").status_code == 201

    @pytest.mark.parametrize("key", ["", "a" * 101, "ä"])
    def test_wants_a_plain_key(self, cast: Cast, key: str) -> None:
        answer = Caller.of(cast.business_user).call(
            "POST",
            address(cast),
            headers={"Idempotency-Key": key} if key else {},
            data="{}",
            content_type="application/json",
        )
        assert answer.status_code == 400
        assert "Idempotency-Key" in problem_of(answer)["detail"]

    @pytest.mark.parametrize("body", [[], [RUN], "text", 5, None])
    def test_wants_an_object(self, cast: Cast, body: object) -> None:
        answer = Caller.of(cast.business_user).push(address(cast), json.dumps(body))
        assert answer.status_code == 422
        assert problem_of(answer)["errors"][0]["pointer"].startswith("#")

    def test_tells_when_the_database_refuses_a_second_name(self, cast: Cast) -> None:
        with patch("uat.api.executions.record_execution", side_effect=IntegrityError):
            answer = Caller.of(cast.business_user).push(address(cast), RUN)
        assert answer.status_code == 409
        assert "same name" in problem_of(answer)["detail"]
        assert not IdempotencyKey.objects.exists()

    def test_gives_nobody_the_answer_of_another(self, cast: Cast) -> None:
        Caller.of(cast.business_user).push(address(cast), RUN, key="k")
        answer = Caller.of(cast.process_owner).push(address(cast), RUN, key="k")
        assert answer.json()["tester_name"] == cast.process_owner.name
        assert Execution.objects.count() == 2


def reversed_fields(body: dict[str, Any]) -> dict[str, Any]:
    """Return the same document written in another order."""
    return dict(reversed(body.items()))
