"""What the words of a scenario mean: its steps one by one, and how a run ended by its steps."""

import re
from collections.abc import Collection

from uat.choices import PASS_RESULTS, ExecutionResult

MOST_STEPS = 60
_NUMBERED = re.compile(r"^(?:step\s+)?\d{1,3}\s*[.):]\s+", re.IGNORECASE)
_BULLET = re.compile(r"^[-*•\u2013]\s+")


def steps_of(text: str) -> list[str]:
    """Return the steps that a text states, without their numbers.

    Numbered lines are steps, and what follows one without a number belongs to it; without
    any number each line is a step, and bullets belong to the line before them. What goes
    beyond MOST_STEPS is kept in the last one.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    begins = _NUMBERED if any(map(_NUMBERED.match, lines)) else None
    steps: list[str] = []
    for line in lines:
        is_part = not begins.match(line) if begins else bool(_BULLET.match(line))
        if steps and (is_part or len(steps) == MOST_STEPS) and not _all_bullets(lines):
            steps[-1] += f"\n{line}"
        else:
            steps.append((begins or _BULLET).sub("", line))
    return [*steps[: MOST_STEPS - 1], "\n".join(steps[MOST_STEPS - 1 :])][: len(steps)]


def _all_bullets(lines: list[str]) -> bool:
    return all(map(_BULLET.match, lines))


def result_by_steps(results: Collection[str], *, remarks: bool) -> str:
    """Return how a run ended whose steps ended so; empty where that cannot be told.

    One failed step makes a failed run, one blocked step a blocked one; all passed with a
    remark somewhere is a pass with comments. A step without a result leaves it open.
    """
    if ExecutionResult.FAILED in results:
        return ExecutionResult.FAILED
    if ExecutionResult.BLOCKED in results:
        return ExecutionResult.BLOCKED
    if not results or any(result != ExecutionResult.PASSED for result in results):
        return ""
    return ExecutionResult.PASSED_WITH_COMMENTS if remarks else ExecutionResult.PASSED


def contradicted(result: str, *, by: Collection[str]) -> bool:
    """Say whether a run is said to have passed although a step of it did not."""
    failures = {ExecutionResult.FAILED, ExecutionResult.BLOCKED}
    return result in PASS_RESULTS and not failures.isdisjoint(by)
