"""How a person stands in a course: only a pass of today's version is green."""

import pytest

from governance.pages.looks import Look
from tests.factories import NOW
from training.models import Course, Standing
from training.pages.progress import (
    COMPLETED,
    DONE,
    FAILED,
    NOT_STARTED,
    OUTDATED,
    PASSED,
    PASSED_BEFORE,
    PRACTISED,
    is_through,
    progress_of,
)


def standing(*, done: str = "", checked: bool = False, passed: bool = False) -> Standing:
    """Return how somebody stands: `done` is the version that was completed."""
    return Standing(
        completed_at=NOW if done else None,
        completed_version=done,
        checked_at=NOW if checked or passed else None,
        passed_at=NOW if passed else None,
        practised_at=NOW,
    )


class TestProgressOf:
    @pytest.mark.parametrize(
        ("has_check", "found", "expected", "through"),
        [
            (True, None, NOT_STARTED, False),
            (True, standing(), PRACTISED, False),
            (True, standing(done="1"), OUTDATED, False),
            (True, standing(done="2"), COMPLETED, False),
            (True, standing(done="2", checked=True), FAILED, False),
            (True, standing(done="2", passed=True), PASSED, True),
            (True, standing(done="1", passed=True), PASSED_BEFORE, True),
            (False, standing(done="2"), DONE, True),
            (False, standing(done="1"), OUTDATED, True),
            (False, standing(), PRACTISED, False),
        ],
    )
    def test_tells_a_completion_from_a_pass(
        self, has_check: bool, found: Standing | None, expected: Look, through: bool
    ) -> None:
        course = Course(version="2", has_check=has_check)
        assert progress_of(course, found) is expected
        assert is_through(course, found) is through

    def test_is_green_only_for_a_pass_of_todays_version(self) -> None:
        every = (NOT_STARTED, PRACTISED, OUTDATED, PASSED_BEFORE, COMPLETED, FAILED, PASSED, DONE)
        assert {each for each in every if each.tone == "good"} == {PASSED, DONE}
