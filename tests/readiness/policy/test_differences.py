"""What one policy demands differently from another, and whether that is looser."""

import json
from typing import Any

import pytest

from readiness.imports.policies import built_in_policy
from readiness.policy.differences import Difference, differences, is_looser
from readiness.policy.hashing import canonical_json

BODY = built_in_policy().text


def body_with(key: str, **fields: Any) -> str:
    """Return the built-in policy with one criterion changed; None takes a word away."""
    body = json.loads(BODY)
    every = [criterion for gate in body["gates"] for criterion in gate["criteria"]]
    (chosen,) = (criterion for criterion in every if criterion["key"] == key)
    chosen.update(fields)
    for name in [name for name, value in chosen.items() if value is None]:
        del chosen[name]
    return canonical_json(body)


def without(key: str) -> str:
    """Return the built-in policy without a criterion."""
    body = json.loads(BODY)
    for gate in body["gates"]:
        gate["criteria"] = [each for each in gate["criteria"] if each["key"] != key]
    return canonical_json(body)


class TestDifferences:
    def test_are_none_between_the_same(self) -> None:
        assert differences(BODY, BODY) == []

    @pytest.mark.parametrize(
        ("changed", "what"),
        [
            (body_with("UX-17", target=90), Difference.LOOSENED),
            (body_with("UX-17", **{"class": "SOFT"}), Difference.LOOSENED),
            (body_with("UX-17", due_days=7), Difference.LOOSENED),
            (body_with("UX-17", due_days=42), Difference.TIGHTENED),
            (body_with("UX-17", metric="uat.exec_pct"), Difference.LOOSENED),
            (body_with("UX-17", wording="Other words."), Difference.REWORDED),
            (body_with("UX-19", target=20), Difference.LOOSENED),
            (body_with("UX-19", target=10), Difference.TIGHTENED),
            (body_with("UX-19", target=10, due_days=1), Difference.LOOSENED),
            (body_with("UX-19", warn=None), Difference.TIGHTENED),
            (body_with("DX-01", glide=[[210, 0], [182, 90]]), Difference.LOOSENED),
            (body_with("DX-03", ttl_days=9999), Difference.LOOSENED),
        ],
    )
    def test_rank_a_demand_that_changed(self, changed: str, what: Difference) -> None:
        (found,) = differences(BODY, changed)
        assert found.what is what
        assert is_looser([found]) is (what is Difference.LOOSENED)

    def test_tell_what_came_and_went(self) -> None:
        (gone,), (came,) = (
            differences(BODY, without("UX-17")),
            differences(without("UX-17"), BODY),
        )
        assert (gone.what, gone.criterion, gone.now) == (Difference.REMOVED, "UX-17", None)
        assert (came.what, came.criterion, came.before) == (Difference.ADDED, "UX-17", None)
        assert is_looser([gone])
        assert not is_looser([came])
