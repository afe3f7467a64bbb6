"""Every part of authority in words, what is bad marked, and each line led to its row."""

from copy import deepcopy
from typing import Any
from uuid import uuid4

import pytest
from django.utils.translation import override

from governance.models import Project
from readiness.pages.authority import Matter, matters_of

DECISION = str(uuid4())
PARTS: dict[str, dict[str, Any]] = {
    "charter": {
        "state": "SIGNED",
        "withheld": ["STOP_GATE"],
        "stops": [],
        "overruled": 1,
        "overrulings": [{"by": "Ida Sponsor", "what": "Kept the date.", "reason": "a promise"}],
    },
    "rights": {"kinds": 8, "clear": 6, "gaps": 1, "doubles": 1, "unowned": 0, "overloaded": 0},
    "decisions": {
        "open": 3,
        "overdue": 1,
        "blocking": 2,
        "p50": "2.5",
        "p80": "9.0",
        "week_costs": 14,
        "worst": [
            {
                "id": DECISION,
                "code": "D-007",
                "title": "Which chart of accounts",
                "decider": "",
                "days": 21,
                "waiting": 9,
            }
        ],
    },
    "partner": {
        "assumptions": 4,
        "debt": 120,
        "rework": 2,
        "shares": [
            {"area": "RUNS", "done": 22, "due": 100, "band": "WATCH"},
            {"area": "TRIAGE", "done": 1, "due": 100, "band": "LOW"},
            {"area": "SUPPORT", "done": 0, "due": 0, "band": "NONE"},
        ],
    },
    "escalations": {"open": 0, "overdue": 0, "worst": []},
    "people": {
        "asked": 10,
        "released": 7,
        "refused": 1,
        "silent": 2,
        "worst": [{"department": "Warehouse", "head": "Olav Head", "number": 2}],
    },
    "sponsor": {
        "meetings": 2,
        "days": 60,
        "read_done": 2,
        "read_due": 2,
        "answers_done": 0,
        "answers_due": 0,
        "acknowledged_done": 30,
        "acknowledged_due": 40,
    },
    "dependencies": {
        "listed": 4,
        "confirmed": 4,
        "fresh": 3,
        "risks": 5,
        "issues": 2,
        "conflicts": [
            {
                "kind": "CLOSE",
                "title": "Quarter end",
                "from_date": "2026-12-29",
                "to_date": "2027-01-05",
            }
        ],
    },
}


def _matters(**changed: dict[str, Any]) -> dict[str, Matter]:
    parts = deepcopy(PARTS)
    for name, terms in changed.items():
        parts[name] |= terms
    project = Project(public_id=uuid4())
    return {str(each.title): each for each in matters_of({"authority": parts}, project)}


class TestMattersOf:
    def test_say_each_part_in_a_sentence(self) -> None:
        found = {title: matter.sentence for title, matter in _matters().items()}
        assert found == {
            "Charter": "The sponsor has signed the project manager's charter."
            " Withheld: stop a gate. The project manager was overruled 1 time.",
            "Decision rights": "6 of 8 (75 %) of the kinds of decision have exactly one decider."
            " Without a decider: 1, with two deciders: 1.",
            "Decisions": "Open decisions: 3, overdue: 1, blocking go-live: 2. Half are made within"
            " 2.5 days, four of five within 9. Another week of waiting holds up 14 scenarios.",
            "The partner": "Assumptions without an owner's word: 4, a debt of 120 days."
            " Scenarios to be tested anew after a correction: 2.",
            "Escalations": "Open escalations: 0, past their clock: 0.",
            "People asked for": "Asked for by name: 10. Released: 7, refused: 1,"
            " without an answer: 2.",
            "Sponsor": "2 steering meetings in 60 days. Executives who read the judgement and its"
            " caveats: 2 of 2 (100 %). Answers of executives in time: none."
            " Statement acknowledged: 30 of 40 (75 %).",
            "Dependencies": "Dependencies confirmed by their provider: 4 of 4 (100 %), this"
            " week: 3. Open risks: 5, open issues: 2.",
        }

    def test_name_the_worst_rows_and_lead_to_them(self) -> None:
        found = _matters()
        (line,) = found["Decisions"].lines
        assert line.text == (
            "D-007 Which chart of accounts: open 21 d with nobody named; waiting: 9"
        )
        assert line.href.endswith(f"/decisions/{DECISION}/")
        (partner,) = found["The partner"].lines
        assert partner.text == "Test runs: 22 of 100 (22 %)"
        assert found["People asked for"].lines[0].text == (
            "Warehouse: no answer from Olav Head for 2"
        )
        assert found["Dependencies"].lines[0].text == (
            "Period close on the days of go-live: Quarter end, Tue 29 Dec 2026 to Tue 5 Jan 2027"
        )

    @pytest.mark.parametrize(
        ("title", "part", "terms", "is_bad"),
        [
            ("Charter", "charter", {}, True),
            ("Charter", "charter", {"withheld": []}, False),
            ("Charter", "charter", {"withheld": ["HOLD_PLAN"]}, False),
            ("Charter", "charter", {"withheld": [], "state": "CHANGED"}, True),
            ("Charter", "charter", {"stops": [{"gate": "G3", "by": "P", "reason": "r"}]}, True),
            ("Decision rights", "rights", {"clear": 8}, False),
            ("Decision rights", "rights", {"clear": 8, "unowned": 1}, True),
            ("Decisions", "decisions", {"overdue": 0, "blocking": 0}, False),
            ("Decisions", "decisions", {"overdue": 0}, True),
            ("The partner", "partner", {"rework": 0}, False),
            ("Escalations", "escalations", {}, False),
            ("Escalations", "escalations", {"overdue": 1}, True),
            ("People asked for", "people", {"silent": 0, "refused": 0}, False),
            ("Sponsor", "sponsor", {}, False),
            ("Sponsor", "sponsor", {"read_done": 1}, True),
            ("Dependencies", "dependencies", {"fresh": 4, "conflicts": []}, False),
            ("Dependencies", "dependencies", {"fresh": 4}, True),
        ],
    )
    def test_mark_what_needs_somebody(
        self, title: str, part: str, terms: dict[str, Any], is_bad: bool
    ) -> None:
        assert _matters(**{part: terms})[title].is_bad is is_bad

    def test_are_none_where_the_judgement_is_older(self) -> None:
        assert not list(matters_of({}, Project(public_id=uuid4())))

    def test_speak_the_language_of_the_page(self) -> None:
        with override("de"):
            found = _matters()
            assert found["Eskalationen"].sentence.startswith("Offene Eskalationen: 0")
