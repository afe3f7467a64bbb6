"""How a scenario stands, said by word, shape and tone; only a valid pass is green."""

from datetime import timedelta

import pytest

from tests.factories import RUN_AT
from uat.choices import ExecutionResult
from uat.models import Execution, Scenario
from uat.pages.states import NOT_RUN, OUT_OF_DATE, is_out_of_date, look_of, state_of


def scenario(result: str = "", *, changed_after: bool = False) -> Scenario:
    """Return a scenario as its kept columns say."""
    run_at = RUN_AT if result else None
    changed_at = RUN_AT + timedelta(hours=1) if changed_after else None
    return Scenario(latest_result=result, latest_executed_at=run_at, changed_at=changed_at)


class TestStateOf:
    def test_is_not_run_before_anybody_of_the_business_ran_it(self) -> None:
        assert state_of(scenario()) is NOT_RUN
        assert state_of(scenario(changed_after=True)) is NOT_RUN

    @pytest.mark.parametrize("result", ExecutionResult.values)
    def test_is_green_only_for_a_pass_since_the_last_change(self, result: str) -> None:
        green = state_of(scenario(result)).tone == "good"
        assert green == result.startswith("PASSED")
        assert state_of(scenario(result, changed_after=True)) is OUT_OF_DATE

    def test_counts_a_run_at_the_very_moment_of_the_change(self) -> None:
        same = Scenario(latest_result="PASSED", latest_executed_at=RUN_AT, changed_at=RUN_AT)
        assert not is_out_of_date(same)


class TestLookOf:
    @pytest.mark.parametrize("result", ExecutionResult.values)
    def test_never_makes_an_uncounted_run_look_like_a_result(self, result: str) -> None:
        run = Execution(result=result)
        recorded = look_of(run, counted=False)
        assert (recorded.shape, recorded.tone) == ("pencil", "quiet")
        assert look_of(run, counted=True).shape != "pencil"
