"""When the status changed, and because of what."""

from datetime import UTC, date

from readiness.pages.history import Judged
from readiness.pages.turns import CAUSES, TURNS, status_words, turning_points, turns_of
from tests.readiness.pages.test_history import found, judged
from tests.readiness.pages.test_moves import NAMING


def changed(days_ago: int, **fields: object) -> Judged:
    """Return a judgement that differs in something."""
    return judged(days_ago)._replace(**fields)  # type: ignore[arg-type]


class TestTurningPoints:
    def test_are_those_that_differ_from_the_one_before_newest_first(self) -> None:
        judgements = [judged(9), judged(8), changed(7, hard_misses=2), changed(6, hard_misses=2)]
        ((before, now),) = turning_points(judgements)
        assert (before.pk, now.pk) == (8, 7)

    def test_are_a_few(self) -> None:
        judgements = [changed(age, hard_misses=age) for age in range(40, 0, -1)]
        pairs = turning_points(judgements)
        assert len(pairs) == TURNS
        assert pairs[0][1].pk == 1

    def test_are_none_without_history(self) -> None:
        assert turning_points([]) == turning_points([judged(1)]) == []


class TestTurnsOf:
    def test_name_the_findings_that_made_it_change(self) -> None:
        pair = changed(1, hard_misses=0, verdict="CONDITIONAL"), judged(0)
        findings = {
            1: {"UX-01": found(state="MET"), "UX-05": found(criterion_key="UX-05", state="MET")},
            0: {"UX-01": found(), "UX-05": found(criterion_key="UX-05", state="AT_RISK")},
        }
        (turn,) = turns_of([pair], findings, naming=NAMING, zone=UTC)
        assert (turn.before, turn.verdict, turn.changed) == ("CONDITIONAL", "NO_GO", True)
        assert [move.key for move in turn.causes] == ["UX-01"]
        assert turn.more == ()
        assert turn.words == "Hard misses went from 0 to 1."

    def test_keep_many_causes_for_one_click(self) -> None:
        keys = [f"UX-{number:02d}" for number in range(9)]
        before = {key: found(criterion_key=key, state="MET") for key in keys}
        after = {key: found(criterion_key=key) for key in keys}
        pair = changed(1, hard_misses=0), changed(0, hard_misses=9)
        (turn,) = turns_of([pair], {1: before, 0: after}, naming=NAMING, zone=UTC)
        assert (len(turn.causes), len(turn.more)) == (CAUSES, len(keys) - CAUSES)

    def test_fall_back_on_whatever_moved(self) -> None:
        pair = judged(1), changed(0, accepted_risks=1)
        findings = {1: {"UX-01": found(state="MET")}, 0: {"UX-01": found(state="AT_RISK")}}
        (turn,) = turns_of([pair], findings, naming=NAMING, zone=UTC)
        assert [move.key for move in turn.causes] == ["UX-01"]


class TestStatusWords:
    def test_say_each_thing_that_changed(self) -> None:
        now = changed(
            0, accepted_risks=2, go_live_date=date(2026, 7, 13), policy_id=4, hard_misses=3
        )
        assert status_words(judged(1), now) == (
            "Hard misses went from 1 to 3. 2 more risks are accepted."
            " The go-live date moved from no date to Mon 13 Jul 2026."
            " Another version of the policy applies."
        )

    def test_say_that_acceptances_ended(self) -> None:
        before = changed(1, accepted_risks=1)
        assert status_words(before, judged(0)) == "The acceptance of 1 risk ended."

    def test_are_empty_when_nothing_did(self) -> None:
        assert status_words(judged(1), judged(0)) == ""
