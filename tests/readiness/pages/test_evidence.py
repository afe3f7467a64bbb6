"""What changed since somebody signed, said in sentences a process owner understands."""

import json
from copy import deepcopy
from typing import Any

import pytest

from readiness.pages.evidence import MOST_NAMED, changes_between, figures_of

OPENING = "You signed %(runs)s; %(changed)s."
SIGNED: dict[str, Any] = {
    "version": 1,
    "go_live_date": "2026-07-13",
    "policies": ["erp-upgrade 1"],
    "scope": [["10", "Order to cash", "CRITICAL"]],
    "scenarios": [
        ["10-01", "HAPPY_PATH", "HIGH", 2, "PASSED", 11, "PASSED", True, True],
        ["10-02", "REVERSAL", "HIGH", 1, "FAILED", 12, "FAILED", True, False],
        ["10-03", "EDGE", "LOW", 0, "", None, "", False, False],
    ],
    "defects": [["D-1", "HIGH", "OPEN", "DEFECT", False]],
    "metrics": {},
}


def text(content: dict[str, Any]) -> str:
    """Return evidence as it is stored."""
    return json.dumps(content)


def sentences(now: dict[str, Any]) -> list[str]:
    """Return what the owner reads about the difference."""
    return [each.sentence for each in changes_between(text(SIGNED), text(now), opening=OPENING)]


@pytest.fixture
def now() -> dict[str, Any]:
    """Return evidence that is what was signed; tests change it."""
    return deepcopy(SIGNED)


def in_second_version(content: dict[str, Any]) -> dict[str, Any]:
    """Return the same evidence as version 2 writes it."""
    found = deepcopy(content)
    for row in found["scenarios"]:
        row[5] = row[5] and f"00000000-0000-4000-8000-{row[5]:012d}"
        row.append([])
    names = {"project": {"name": "Orion"}, "process": {"code": "10"}}
    return found | names | {"version": 2, "gates": ["G3"], "conditions": [], "set_aside": []}


class TestTwoVersions:
    def test_differ_in_their_form_alone_where_nothing_changed(self) -> None:
        assert sentences(in_second_version(SIGNED)) == [
            "The form in which evidence is written changed."
        ]

    def test_are_compared_in_what_both_have(self, now: dict[str, Any]) -> None:
        now["scenarios"][0][3:7] = [3, "PASSED", 21, "FAILED"]
        now["go_live_date"] = "2026-08-03"
        assert sentences(in_second_version(now)) == [
            "You signed 3 runs; 1 scenario changed since.",
            "The go-live date moved from Mon 13 Jul 2026 to Mon 3 Aug 2026.",
        ]

    def test_are_both_told_in_figures(self) -> None:
        assert figures_of(text(SIGNED)) == figures_of(text(in_second_version(SIGNED)))

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"project": {"name": "Pluto"}}, "The upgrade or its platforms are called otherwise."),
            ({"process": {"code": "20"}}, "The process has another code or name."),
            ({"gates": ["G3", "G6"]}, "Other gates are concerned."),
            ({"set_aside": ["UX-19"]}, "Other criteria are set aside as not applicable."),
            (
                {"conditions": [["DECISION", "D-7"], ["ASSUMPTION", "A-1"]]},
                "2 decisions and assumptions it waits for came up.",
            ),
        ],
    )
    def test_of_the_second_tell_what_only_it_covers(
        self, changed: dict[str, Any], sentence: str
    ) -> None:
        before = in_second_version(SIGNED)
        found = changes_between(text(before), text(before | changed), opening=OPENING)
        assert [each.sentence for each in found] == [sentence]

    def test_of_the_second_tell_what_is_settled_and_other_photos(self) -> None:
        before = in_second_version(SIGNED)
        before["conditions"] = [["DECISION", "D-7"]]
        after = deepcopy(before) | {"conditions": []}
        after["scenarios"][0][9] = ["0" * 64]
        found = changes_between(text(before), text(after), opening=OPENING)
        assert [(each.sentence, each.codes) for each in found] == [
            ("1 scenario with other photos.", ("10-01",)),
            ("1 decision or assumption it waited for is settled.", ("D-7",)),
        ]


class TestChangesBetween:
    def test_says_nothing_where_nothing_changed(self, now: dict[str, Any]) -> None:
        assert sentences(now) == []

    def test_counts_the_runs_that_were_signed_and_the_scenarios_run_since(
        self, now: dict[str, Any]
    ) -> None:
        now["scenarios"][0][3:7] = [3, "PASSED", 21, "FAILED"]
        now["scenarios"][2][3:] = [1, "PASSED", 22, "PASSED", True, True]
        opening = "%(who)s signed %(runs)s; %(changed)s."
        (change,) = changes_between(text(SIGNED), text(now), opening=opening, who="Ada")
        assert change.sentence == "Ada signed 3 runs; 2 scenarios changed since."
        assert change.codes == ("10-01", "10-03")
        assert change.named == [
            ("10-01", "was: Passed, now: Failed"),
            ("10-03", "was: never run, now: Passed"),
        ]

    def test_tells_a_run_that_grew_old_from_one_that_was_repeated(
        self, now: dict[str, Any]
    ) -> None:
        now["scenarios"][0][7:] = [False, False]
        assert sentences(now) == ["1 scenario out of date: the system changed after the run."]

    def test_names_scenarios_that_came_and_went_and_were_described_anew(
        self, now: dict[str, Any]
    ) -> None:
        now["scenarios"][0][1] = "EXCEPTION"
        now["scenarios"][2][0] = "10-04"
        assert sentences(now) == [
            "1 scenario came into scope.",
            "1 scenario left the scope.",
            "1 scenario described differently.",
        ]

    @pytest.mark.parametrize(
        ("defects", "sentence"),
        [
            ([["D-1", "HIGH", "CLOSED", "DEFECT", False]], "1 defect closed."),
            ([["D-1", "LOW", "OPEN", "DEFECT", False]], "1 defect changed."),
            ([], "1 defect moved to another process."),
            (
                [*SIGNED["defects"], ["D-2", "LOW", "OPEN", "UNTRIAGED", False]],
                "1 defect raised.",
            ),
        ],
    )
    def test_follows_the_defects(
        self, now: dict[str, Any], defects: list[Any], sentence: str
    ) -> None:
        now["defects"] = defects
        assert sentences(now) == [sentence]

    def test_says_what_became_of_a_defect(self, now: dict[str, Any]) -> None:
        now["defects"] = [["D-1", "HIGH", "FIXED", "DEFECT", False]]
        (change,) = changes_between(text(SIGNED), text(now), opening=OPENING)
        assert change.named == [("D-1", "was: Open, now: Fixed, to be tested again")]
        now["defects"] = [["D-1", "LOW", "OPEN", "DEFECT", False]]
        (change,) = changes_between(text(SIGNED), text(now), opening=OPENING)
        assert change.named == [("D-1", "")]

    def test_says_from_when_to_when_the_date_moved(self, now: dict[str, Any]) -> None:
        now["go_live_date"] = "2026-08-17"
        assert sentences(now) == ["The go-live date moved from Mon 13 Jul 2026 to Mon 17 Aug 2026."]
        now["go_live_date"] = None
        assert sentences(now) == ["The go-live date moved from Mon 13 Jul 2026 to no date."]

    def test_says_that_policy_and_scope_changed(self, now: dict[str, Any]) -> None:
        now["policies"] = ["erp-upgrade 2"]
        now["scope"] = [["10", "Order to cash", "HIGH"]]
        assert sentences(now) == [
            "The policy behind the gates is another version.",
            "The scope of the process changed.",
        ]

    def test_says_so_when_only_the_form_changed(self, now: dict[str, Any]) -> None:
        now["version"] = 2
        assert sentences(now) == ["The form in which evidence is written changed."]

    def test_names_only_so_many_codes(self, now: dict[str, Any]) -> None:
        now["scenarios"] += [
            [f"20-{number:02d}", "EDGE", "LOW", 0, "", None, "", False, False]
            for number in range(MOST_NAMED + 3)
        ]
        (change,) = changes_between(text(SIGNED), text(now), opening=OPENING)
        assert (len(change.codes), change.more) == (MOST_NAMED, 3)


class TestFiguresOf:
    def test_counts_what_is_put_before_the_signer(self, now: dict[str, Any]) -> None:
        now["defects"].append(["D-2", "LOW", "CLOSED", "DEFECT", False])
        figures = figures_of(text(now))
        assert (figures.scenarios, figures.runs, figures.tested) == (3, 3, 2)
        assert (figures.passed, figures.defects) == (1, 1)
