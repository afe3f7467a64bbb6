"""What was seen and what changed, for exhibits of any kind."""

import json

from readiness.pages.signatures.seen import changes_since, seen_lines, seen_sections

SCOPE = {
    "version": 1,
    "project": {"id": "x", "name": "Orion", "from_platform": "A", "to_platform": "B"},
    "process": {"id": "y", "code": "10", "name": "Order to cash"},
    "nodes": [["10.10", "Enter", "HIGH", True], ["10.20", "Ship", "LOW", False]],
    "scenarios": ["10-01", "10-02", "10-03"],
}


def told(body: object) -> dict[str, str]:
    return {line.label: line.value for line in seen_lines(json.dumps(body))}


class TestSeenLines:
    def test_tell_rows_by_their_names_and_lists_by_their_length(self) -> None:
        assert told(SCOPE) == {
            "Upgrade": "Orion",
            "Process": "10 Order to cash",
            "Processes that belong to it": "2",
            "Scenarios in scope": "10-01, 10-02, 10-03",
        }

    def test_tell_whatever_else_was_signed_by_its_own_names(self) -> None:
        body = {"control": "Two people look.", "until": "2027-01-31", "total": [4, 3, 2], "new": 7}
        assert told(body) == {
            "Control": "Two people look.",
            "Until": "2027-01-31",
            "Scenarios in scope, run, passed": "4 / 3 / 2",
            "New": "7",
        }

    def test_tell_what_belongs_together_one_by_one(self) -> None:
        body = {
            "criterion": {"key": "UX-01", "wording": "Everything was run", "due_days": 3},
            "measured": {"done": 3, "due": 4, "value": None},
            "terms": {"reason": "No room", "control": "Two people", "until": "2027-01-31"},
        }
        assert told(body) == {
            "Criterion": "UX-01 Everything was run",
            "Counted then": "3",
            "Of so many": "4",
            "Reason": "No room",
            "Control": "Two people",
            "Until": "2027-01-31",
        }

    def test_are_none_where_nothing_can_be_read(self) -> None:
        assert seen_lines("no JSON") == []
        assert told([1, 2]) == {}
        assert told({}) == {}


class TestSeenSections:
    def test_list_every_scenario_and_defect_of_a_process(self) -> None:
        body = {
            "scenarios": [["10-01", "HAPPY_PATH", "HIGH", 2, "FAILED", "a", "PASSED", 1, 1]],
            "defects": [["D-1", "HIGH", "OPEN", "DEFECT", 0]],
            "policies": [],
        }
        scenarios, defects = seen_sections("PROCESS_EVIDENCE", json.dumps(body))
        assert [(line.of, line.says) for line in scenarios.lines] == [
            ("10-01", "Happy path: Passed")
        ]
        assert [(line.of, line.says) for line in defects.lines] == [("D-1", "High, Open")]

    def test_tell_a_document_by_its_own_parts(self) -> None:
        titles = [part.title for part in seen_sections("SCOPE", json.dumps(SCOPE))]
        assert titles == ["Belongs to it", "Does not belong to it", "Scenarios in scope"]

    def test_are_none_of_what_has_no_parts(self) -> None:
        assert seen_sections("ACCEPTANCE", json.dumps({"reason": "x"})) == []
        assert seen_sections("SCOPE", "{}") == []


class TestChangesSince:
    def said(self, **changed: object) -> list[str]:
        before, after = json.dumps(SCOPE), json.dumps({**SCOPE, **changed})
        return [each.sentence for each in changes_since(before, after, opening="", who="")]

    def test_name_what_is_different_with_both_numbers(self) -> None:
        assert self.said(scenarios=["10-01"]) == ["Scenarios in scope: was 3, now 1."]
        assert self.said(scenarios=["1", "2", "3"]) == ["Scenarios in scope: changed."]
        assert self.said(process={"code": "11"}) == ["Process: changed."]

    def test_say_so_where_the_form_alone_changed(self) -> None:
        assert self.said() == ["The form in which evidence is written changed."]

    def test_say_that_there_is_nothing_left_to_sign(self) -> None:
        (change,) = changes_since(json.dumps(SCOPE), "", opening="", who="")
        assert change.sentence.startswith("It is out of scope now")
