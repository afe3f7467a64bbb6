"""The smallest set of things that would make the verdict better."""

from typing import Any

import pytest

from readiness.pages.actions import FIRST_ACTIONS, agenda_of
from readiness.pages.recorded import body_of
from tests.readiness.worlds import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Return a judged upgrade."""
    return make_world()


def recorded(key: str, gate: str = "G3", **fields: Any) -> dict[str, Any]:
    """Return an action as a body carries it."""
    return {
        "gate": gate,
        "criterion": key,
        "class": "HARD",
        "state": "MISSED",
        "sentence": "Too few",
        "todo": f"Do {key}.",
        "who": ["Ada Brandt (Sponsor)"],
    } | fields


def name_of(action: dict[str, Any]) -> str:
    """Return how a test names the criterion of an action."""
    return str(action["criterion"]).replace("-", "")


def body(*actions: dict[str, Any], verdict: str = "NO_GO", **metrics: str) -> dict[str, Any]:
    """Return a body with actions; `metrics` maps a criterion, without its dash, to its metric."""
    gates = [
        {
            "key": action["gate"],
            "findings": [
                {
                    "criterion": action["criterion"],
                    "metric": metrics.get(
                        action["criterion"].replace("-", ""), action["criterion"]
                    ),
                    "need": action.get("need"),
                }
            ],
        }
        for action in actions
    ]
    return {"verdict": verdict, "actions": list(actions), "gates": gates}


class TestAgendaOf:
    def test_keeps_the_recorded_order(self, world: World) -> None:
        told = body_of(world.snapshot)
        agenda = agenda_of(told, world.cast.project)
        assert len(agenda.first) == FIRST_ACTIONS
        assert agenda.first[0].key == told["actions"][0]["criterion"]
        assert agenda.first[0].href == f"{world.address}criteria/G1/DX-01/"
        assert agenda.has_more
        everything = {each.key for share in agenda.shares for each in share.actions}
        also = {
            name.split()[1]
            for share in agenda.shares
            for each in share.actions
            for name in each.also
        }
        following = {each.key for each in agenda.following}
        assert everything | also | following == {each["criterion"] for each in told["actions"]}

    def test_asks_for_a_figure_once_with_its_largest_need(self, world: World) -> None:
        told = body(
            recorded("UX-02", need="3", todo="Run 3."),
            recorded("GO-03", "G6", need="5", todo="Run 5."),
            UX02="uat.unsigned_untested",
            GO03="uat.unsigned_untested",
        )
        (action,) = agenda_of(told, world.cast.project).first
        assert (action.key, action.text, action.also) == ("UX-02", "Run 5.", ("G6 GO-03",))

    def test_asks_nobody_for_what_follows_by_itself(self, world: World) -> None:
        follows = recorded("GO-01", "G6")
        told = body(recorded("UX-02"), follows, GO01="gate.upstream_valid")
        agenda = agenda_of(told, world.cast.project)
        assert [each.key for each in agenda.first] == ["UX-02"]
        assert [each.key for each in agenda.following] == ["GO-01"]
        alone = agenda_of(body(follows, GO01="gate.upstream_valid"), world.cast.project)
        assert ([each.key for each in alone.first], alone.following) == (["GO-01"], ())

    def test_says_how_much_stands_in_the_way(self, world: World) -> None:
        hard, soft = recorded("UX-02"), recorded("UX-05", **{"class": "SOFT"})
        for told, sentence in (
            (body(hard), "1 thing ends the NO-GO."),
            (
                body(hard, recorded("UX-03"), soft),
                "2 things end the NO-GO. 1 more, and it is a GO without reservations.",
            ),
            (
                body(soft, verdict="CONDITIONAL"),
                "1 thing stands between this and a GO without reservations.",
            ),
            (body(verdict="GO"), ""),
        ):
            assert agenda_of(told, world.cast.project).sentence == sentence

    def test_shares_the_work_out_whoever_blocks_most_first(self, world: World) -> None:
        told = body(
            recorded("UX-05", who=["Jonas Berg"], **{"class": "SOFT"}),
            recorded("UX-02"),
            recorded("UX-06", **{"class": "SOFT"}),
        )
        shares = agenda_of(told, world.cast.project).shares
        assert [(share.who, share.words) for share in shares] == [
            ("Ada Brandt (Sponsor)", "2 things to do, 1 closes a gate"),
            ("Jonas Berg", "1 thing to do"),
        ]

    def test_says_the_sentence_where_there_is_nothing_to_do(self, world: World) -> None:
        told = body(recorded("UX-02", todo=""))
        assert agenda_of(told, world.cast.project).first[0].text == "Too few"

    def test_is_empty_before_the_first_judgement(self, world: World) -> None:
        agenda = agenda_of({}, world.cast.project)
        assert (agenda.first, agenda.sentence, agenda.has_more) == ((), "", False)
