from dataclasses import replace

import pytest

from reports.rendering.contents import Changes, Paper
from reports.rendering.page_one import (
    LEAST_ACTIONS,
    LINE,
    MOST_ACTIONS,
    MOST_ENTRIES,
    Action,
    Entry,
    Reservation,
    Risk,
    fitting,
)
from tests.reports.rendering.test_building import paper

ACTION = Action(text="Close 3 defects.", who="Mira Soto", keys="G2 UE-04", state="MISSED")
RISK = Risk(
    key="UX-01",
    gate="G3",
    wording="Every run",
    who="Ada Brandt",
    until="6 June 2026",
    left="in 5 days",
    is_soon=True,
    reason="Why",
    control="How",
)
CAVEAT = Reservation("Simulated answers only.", "Mira Soto", "29 May 2026")
LONG = "x" * 900


class TestHeight:
    @pytest.mark.parametrize(
        ("short", "longer", "lines"),
        [
            (ACTION, replace(ACTION, text="x" * 66), 1),
            (ACTION, replace(ACTION, who="x" * 27), 1),
            (ACTION, replace(ACTION, text=LONG), 2),
            (RISK, replace(RISK, wording=LONG), 2),
            (RISK, replace(RISK, control=LONG), 1),
            (CAVEAT, replace(CAVEAT, text=LONG), 2),
            (CAVEAT, replace(CAVEAT, opened="opened by Mira Soto"), 1),
        ],
    )
    def test_grows_with_the_lines_and_is_cut(self, short: Entry, longer: Entry, lines: int) -> None:
        assert longer.height - short.height == lines * LINE


class TestFitting:
    def test_takes_what_fits_and_no_more_than_the_most(self) -> None:
        rows = (ACTION,) * 9
        assert len(fitting(rows, room=3 * ACTION.height + 1, most=9)) == 3
        assert len(fitting(rows, room=99 * ACTION.height, most=4)) == 4
        assert fitting(rows, room=0, most=9) == (ACTION,)
        assert fitting((), room=99, most=9) == ()


def crowded(**fields: object) -> Paper:
    return replace(paper(), changes=Changes(), **fields)  # type: ignore[arg-type]


class TestPageOne:
    def test_lists_as_many_actions_as_there_is_room_for(self) -> None:
        short = crowded(actions=(ACTION,) * 40, risks=(), caveats=())
        assert len(short.first_actions) == MOST_ACTIONS
        assert short.more_actions == 40 - MOST_ACTIONS

    def test_keeps_the_first_actions_however_many_risks_there_are(self) -> None:
        actions = (replace(ACTION, text=LONG),) * 40
        full = crowded(actions=actions, risks=(replace(RISK, wording=LONG, control=LONG),) * 40)
        assert len(full.first_actions) >= LEAST_ACTIONS
        assert 1 <= len(full.first_risks) < MOST_ENTRIES
        assert full.more_risks == 40 - len(full.first_risks)

    def test_counts_the_caveats_it_leaves_out(self) -> None:
        many = crowded(caveats=(CAVEAT,) * 9)
        assert len(many.first_caveats) == MOST_ENTRIES
        assert many.more_caveats == 9 - MOST_ENTRIES
