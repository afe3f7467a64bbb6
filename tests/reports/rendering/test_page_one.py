from dataclasses import replace

import pytest

from reports.rendering.contents import FIRST_ACTIONS, ROOM
from reports.rendering.page_one import Action, Reservation, Risk
from tests.reports.rendering.test_building import paper

ACTION = Action("Close 3 defects.", "Mira Soto", "G2", "UE-04", "MISSED")
RISK = Risk("UX-01", "G3", "Every run", "Ada Brandt", "6 June 2026", "in 5 days", "Why", "How")
CAVEAT = Reservation("Simulated answers only.", "Mira Soto", "29 May 2026")


class TestLines:
    @pytest.mark.parametrize(
        ("entry", "lines"),
        [
            (ACTION, 1),
            (replace(ACTION, text="x" * 71), 2),
            (replace(ACTION, who="x" * 27), 2),
            (replace(ACTION, text="x" * 900), 2),
            (RISK, 3),
            (replace(RISK, wording="x" * 900), 5),
            (CAVEAT, 2),
            (replace(CAVEAT, text="x" * 900), 4),
        ],
    )
    def test_are_counted_as_the_page_sets_them(
        self, entry: Action | Risk | Reservation, lines: int
    ) -> None:
        assert entry.lines == lines


class TestFirstActions:
    def test_are_as_many_as_page_one_has_room_for(self) -> None:
        found = paper()
        short = replace(found, actions=(ACTION,) * 40, risks=(), caveats=())
        assert len(short.first_actions) == FIRST_ACTIONS
        assert short.more_actions == 40 - FIRST_ACTIONS

    def test_give_way_to_long_risks_below(self) -> None:
        long_risks = (replace(RISK, wording="x" * 200),) * 9
        long_actions = (replace(ACTION, text="x" * 200),) * 40
        full = replace(paper(), actions=long_actions, risks=long_risks)
        assert len(full.first_actions) == (ROOM - 15) // 2
