"""What moved between two judgements."""

from decimal import Decimal
from uuid import UUID

import pytest

from governance.models import Project
from readiness.pages.moves import Naming, moves_between, naming_of
from readiness.pages.recorded import body_of
from tests.readiness.pages.test_history import found
from tests.readiness.worlds import make_world

PROJECT = Project(public_id=UUID(int=7))
NAMING = Naming(
    project=PROJECT,
    titles={"UX-01": "Every scenario has been run."},
    kinds={"UX-01": "SHARE", "UX-04": "COUNT"},
    gates={"G3": "UAT exit"},
)


class TestNamingOf:
    def test_reads_what_the_judgement_calls_its_criteria(self, db: None) -> None:
        world = make_world()
        naming = naming_of(world.cast.project, body_of(world.snapshot))
        assert naming.kinds["UX-01"] == "SHARE"
        assert naming.titles["UX-01"].startswith("Every scenario in scope")
        assert naming.gates["G3"] == "UAT exit"


class TestMovesBetween:
    def test_says_from_which_state_to_which_and_which_figure_moved(self) -> None:
        before = {"UX-01": found(state="MET", done=4, due=4)}
        after = {"UX-01": found(state="MISSED", done=2, due=4)}
        (move,) = moves_between(before, after, naming=NAMING)
        assert (move.before, move.after, move.is_worse) == ("MET", "MISSED", True)
        assert (move.title, move.detail) == (
            "Every scenario has been run.",
            "from 100 % to 50 %",
        )
        assert move.href == f"/p/{PROJECT.public_id}/criteria/G3/UX-01/"

    def test_says_that_more_is_due_where_the_figure_stood_still(self) -> None:
        before = {"UX-01": found(state="MET", done=2, due=4, due_today=Decimal(50))}
        after = {"UX-01": found(state="MISSED", done=2, due=4, due_today=Decimal(60))}
        (move,) = moves_between(before, after, naming=NAMING)
        assert move.detail == "50 %; due now: 60 %"

    @pytest.mark.parametrize("due", [None, Decimal(60)])
    def test_says_nothing_more_where_nothing_is_known(self, due: Decimal | None) -> None:
        before = {"UX-01": found(state="STALE")}
        after = {"UX-01": found(state="NOT_REPORTED", due_today=due)}
        (move,) = moves_between(before, after, naming=NAMING)
        assert (move.detail, move.is_worse) == ("", False)

    def test_names_first_what_decides_and_worse_before_better(self) -> None:
        names = ("UX-01", "UX-02", "UX-03", "UX-04")
        before = dict(
            zip(
                names,
                (
                    found(criterion_key="UX-01", state="AT_RISK"),
                    found(criterion_key="UX-02", state="MISSED"),
                    found(criterion_key="UX-03", state="MET"),
                    found(criterion_key="UX-04", state="MET", is_hard=False),
                ),
                strict=True,
            )
        )
        after = dict(
            zip(
                names,
                (
                    found(criterion_key="UX-01", state="MET"),
                    found(criterion_key="UX-02", state="ACCEPTED"),
                    found(criterion_key="UX-03", state="MISSED"),
                    found(criterion_key="UX-04", state="MISSED", is_hard=False),
                ),
                strict=True,
            )
        )
        moves = moves_between(before, after, naming=NAMING)
        assert [(move.key, move.decides) for move in moves] == [
            ("UX-03", True),
            ("UX-02", True),
            ("UX-04", False),
            ("UX-01", False),
        ]

    def test_says_once_that_a_gate_opened(self) -> None:
        after = {
            "UX-01": found(state="MISSED"),
            "UX-02": found(criterion_key="UX-02", state="MISSED"),
        }
        (move,) = moves_between({}, after, naming=NAMING)
        assert (move.key, move.title, move.before) == ("G3", "UAT exit", "")
        assert move.detail == "opened with 2 hard criteria not met"
        (quiet,) = moves_between({}, {"UX-01": found(state="MET")}, naming=NAMING)
        assert (quiet.detail, quiet.decides) == ("opened", False)

    def test_is_silent_about_what_stayed_or_went(self) -> None:
        same = {"UX-01": found()}
        assert moves_between(same, same, naming=NAMING) == []
        assert moves_between(same, {}, naming=NAMING) == []
