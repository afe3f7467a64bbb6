"""One finding as JSON, for every state."""

import json
from decimal import Decimal
from typing import Any

import pytest

from governance.choices import Role
from governance.readings import Reading, ReadingKind
from readiness.policy.printing import FindingPrinter, who_of
from readiness.policy.projects import judge_project
from readiness.policy.terms import CriterionTerms
from tests.readiness.policy.cases import (
    DAY,
    NOW,
    acceptance,
    case,
    criterion,
    gate,
    share_reading,
    table,
    value_reading,
)

HOLDERS: dict[str, list[str]] = {
    Role.SPONSOR: ["Ada Brandt"],
    Role.PROCESS_OWNER: ["Jon Vega", "Mia Okafor"],
}
OWNED = criterion(accountable=(Role.PROCESS_OWNER, Role.SPONSOR), sources=("M1:3", "MISSION"))


def printed(terms: CriterionTerms, *readings: Reading, **fields: Any) -> dict[str, Any]:
    """Return the printed finding of one criterion, read back."""
    judged = judge_project(case(gate("G3", terms), readings=table(*readings), **fields))
    printer = FindingPrinter(judged.case, HOLDERS)
    text = printer.finding_text(judged.gates[0].findings[0])
    found: dict[str, Any] = json.loads(text)
    found["action"] = json.loads(printer.action_text(judged.gates[0].findings[0]))
    return found


class TestWhoOf:
    def test_names_the_one_who_holds_a_role_and_otherwise_the_role(self) -> None:
        roles = (Role.SPONSOR, Role.PROCESS_OWNER, Role.IT)
        assert who_of(roles, HOLDERS) == [
            "Ada Brandt (Sponsor)",
            "Process owner",
            "IT operations",
        ]


class TestFindingText:
    def test_says_everything_about_a_miss(self) -> None:
        assert printed(OWNED, share_reading(309, 350)) == {
            "criterion": "UX-01",
            "wording": "Every scenario was run.",
            "class": "HARD",
            "metric": "uat.exec_pct",
            "kind": "SHARE",
            "comparison": "AT_LEAST",
            "unit": "",
            "grade": "P",
            "threshold_grade": "P",
            "sources": "M1:3, MISSION",
            "who": ["Process owner", "Ada Brandt (Sponsor)"],
            "state": "MISSED",
            "beneath": "MISSED",
            "done": 309,
            "due": 350,
            "value": None,
            "population": 350,
            "due_today": "100",
            "target": "100",
            "need": "41",
            "measured": "309 of 350 scenarios",
            "sentence": "41 of 350 scenarios without a run by a client user; 100 % due today",
            "todo": "Have client users run 41 scenarios more.",
            "acceptance": None,
            "report": None,
            "action": {
                "gate": "G3",
                "criterion": "UX-01",
                "class": "HARD",
                "state": "MISSED",
                "sentence": ("41 of 350 scenarios without a run by a client user; 100 % due today"),
                "todo": "Have client users run 41 scenarios more.",
                "who": ["Process owner", "Ada Brandt (Sponsor)"],
            },
        }

    def test_has_no_numbers_where_nobody_reported(self) -> None:
        found = printed(criterion(hard=False))
        numbers = ("done", "due", "value", "need", "report")
        assert [found[name] for name in numbers] == [None] * 5
        assert (found["population"], found["class"]) == (0, "SOFT")

    def test_names_the_acceptance_and_the_state_beneath(self) -> None:
        accepted = acceptance(public_id="a-1")
        found = printed(criterion(), acceptances=(accepted,))
        assert (found["state"], found["beneath"]) == ("ACCEPTED", "NOT_REPORTED")
        assert found["acceptance"] == "a-1"

    def test_says_where_a_report_came_from_and_how_long_it_counts(self) -> None:
        reading = value_reading(
            "2.50",
            "uat.exec_pct",
            ReadingKind.DAYS,
            expires_at=NOW + DAY,
            source='the "old" system',
        )
        found = printed(criterion(kind=ReadingKind.DAYS, target=Decimal(1)), reading)
        assert found["value"] == "2.5"
        assert found["report"] == {
            "source": 'the "old" system',
            "measured_at": "2026-06-01T02:00:00.000000Z",
            "expires_at": "2026-06-02T02:00:00.000000Z",
        }

    @pytest.mark.parametrize("words", ['"quoted"', "back\\slash", "line\nbreak", "ünïcode ✔"])
    def test_keeps_every_letter(self, words: str) -> None:
        found = printed(criterion(wording=words, says=words.replace("{", "")), share_reading(1, 10))
        assert found["wording"] == words
        assert found["sentence"].startswith(words)
