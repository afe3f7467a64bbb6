"""Whether an acceptance still covers what is there."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from readiness.policy.covering import Ground, Lapse, lapses_of

CRITERION = {"key": "UX-01", "wording": "Every scenario was run.", "target": "100"}
COVERED: dict[str, Any] = {
    "criterion": CRITERION,
    "go_live_date": "2026-07-13",
    "terms": {"scenarios": ["10-01", "10-02"]},
}
GROUND = Ground(criterion=CRITERION, go_live=date(2026, 7, 13))
UNTIL = date(2026, 7, 31)


class TestLapsesOf:
    @pytest.mark.parametrize(
        "ground",
        [
            GROUND,
            replace(GROUND, out_of_scope=["20-01"]),
            replace(GROUND, go_live=date(2026, 7, 31)),
            replace(GROUND, go_live=date(2026, 6, 1)),
            replace(GROUND, go_live=None),
        ],
    )
    def test_are_none_while_it_covers_what_is_there(self, ground: Ground) -> None:
        assert lapses_of(COVERED, ground=ground, until=UNTIL) == ()

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"criterion": CRITERION | {"wording": "Most were run."}}, Lapse.CRITERION),
            ({"criterion": CRITERION | {"target": "90"}}, Lapse.CRITERION),
            ({"criterion": None}, Lapse.CRITERION),
            ({"out_of_scope": ["10-02"]}, Lapse.SCENARIOS),
            ({"go_live": date(2026, 8, 1)}, Lapse.DATE),
        ],
    )
    def test_say_what_changed(self, changed: dict[str, Any], why: Lapse) -> None:
        (found,) = lapses_of(COVERED, ground=replace(GROUND, **changed), until=UNTIL)
        assert found.why is why

    def test_of_one_that_never_reached_go_live_are_not_its_date(self) -> None:
        ground = replace(GROUND, go_live=date(2026, 9, 1))
        assert lapses_of(COVERED, ground=ground, until=date(2026, 6, 30)) == ()
