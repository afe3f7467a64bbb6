"""What the words of a scenario mean: its steps, and how a run ended by them."""

import pytest

from uat.policy import MOST_STEPS, contradicted, result_by_steps, steps_of


class TestStepsOf:
    @pytest.mark.parametrize(
        ("text", "steps"),
        [
            ("", []),
            ("  \n ", []),
            ("Do it", ["Do it"]),
            ("Take the call\nKey it in", ["Take the call", "Key it in"]),
            ("1. Call\n2. Key in", ["Call", "Key in"]),
            ("1) Call\n 2) Key in", ["Call", "Key in"]),
            ("Step 1: Call\nSTEP 2: Key in", ["Call", "Key in"]),
            ("1. Call\nas they do\n2. Key in", ["Call\nas they do", "Key in"]),
            ("Before all\n1. Call", ["Before all", "Call"]),
            ("Take the call\n- Ask\n- Key in\nPrint", ["Take the call\n- Ask\n- Key in", "Print"]),
            ("- Call\n• Key in", ["Call", "Key in"]),
            ("- Call\nas they do", ["Call", "as they do"]),
            ("2.5 hours later, call", ["2.5 hours later, call"]),
            ("12:30 call", ["12:30 call"]),
        ],
    )
    def test_tells_one_step_from_the_next(self, text: str, steps: list[str]) -> None:
        assert steps_of(text) == steps

    @pytest.mark.parametrize("line", ["{}. Call", "Call {}", "- Call {}"])
    def test_keeps_what_goes_beyond_in_the_last(self, line: str) -> None:
        steps = steps_of("\n".join(line.format(number) for number in range(1, MOST_STEPS + 3)))
        assert len(steps) == MOST_STEPS
        assert steps[-1].count("Call") == 3


class TestResultBySteps:
    @pytest.mark.parametrize(
        ("results", "remarks", "result"),
        [
            (["PASSED", "PASSED"], False, "PASSED"),
            (["PASSED", "PASSED"], True, "PASSED_WITH_COMMENTS"),
            (["PASSED", "BLOCKED", "FAILED"], False, "FAILED"),
            (["PASSED", "BLOCKED"], True, "BLOCKED"),
            (["PASSED", ""], False, ""),
            ([], True, ""),
        ],
    )
    def test_is_as_bad_as_the_worst_step(
        self, results: list[str], remarks: bool, result: str
    ) -> None:
        assert result_by_steps(results, remarks=remarks) == result


class TestContradicted:
    @pytest.mark.parametrize(
        ("result", "steps", "is_so"),
        [
            ("PASSED", ["PASSED", "FAILED"], True),
            ("PASSED_WITH_COMMENTS", ["BLOCKED"], True),
            ("FAILED", ["PASSED"], False),
            ("PASSED", ["PASSED"], False),
            ("PASSED", [], False),
        ],
    )
    def test_lets_no_failed_step_pass(self, result: str, steps: list[str], is_so: bool) -> None:
        assert contradicted(result, by=steps) is is_so
