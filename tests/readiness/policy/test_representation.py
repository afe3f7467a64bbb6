"""The body of a snapshot, read back."""

import json
from dataclasses import replace
from typing import Any

from governance.choices import Role
from governance.readings import Reading
from readiness.choices import ReportedColour, SnapshotTrigger
from readiness.policy.projects import judge_project
from readiness.policy.representation import (
    HEAT_COLUMNS,
    ProcessWords,
    ReportWords,
    Surroundings,
    body_text,
)
from readiness.policy.terms import PROJECT_ITEM, ProjectCase
from tests.readiness.policy.cases import (
    DAY,
    NOW,
    acceptance,
    case,
    count_criterion,
    criterion,
    exemption,
    gate,
    share_reading,
    table,
    value_reading,
    yes_criterion,
)

AROUND = Surroundings(
    public_id="5b1c",
    trigger=SnapshotTrigger.NIGHT,
    is_late=False,
    project={"id": "77aa", "name": "Mill upgrade"},
    policy={"key": "erp-upgrade", "version": 1, "hash": "00"},
)
GATES = (
    gate("G3", criterion(), count_criterion(hard=False), name="UAT exit", decision_days=7),
    gate("G6", yes_criterion(in_meeting=True, accountable=(Role.SPONSOR,)), count_criterion(
        key="GO-05", metric="dec.blocking_open", wording="No decision is open."
    )),
    gate("G7", criterion(key="HX-01"), opens_days=-14, after_go_live=True),
)  # fmt: skip
FOUND = table(share_reading(9, 10), value_reading(2), value_reading(1, "dec.blocking_open"))


def body(terms: ProjectCase, around: Surroundings = AROUND) -> dict[str, Any]:
    """Return the body of a project, read back."""
    found: dict[str, Any] = json.loads(body_text(judge_project(terms), around))
    return found


class TestBodyText:
    def test_says_what_was_gathered_of_authority(self) -> None:
        around = replace(AROUND, authority={"decisions": {"open": 3}})
        assert body(case(*GATES, readings=FOUND), around)["authority"] == {"decisions": {"open": 3}}
        assert body(case(*GATES, readings=FOUND))["authority"] == {}

    def test_starts_with_the_verdict_and_what_it_was_judged_by(self) -> None:
        found = body(case(*GATES, readings=FOUND))
        assert found["verdict"] == "NO_GO"
        assert found["headline"] == ("NO-GO: 2 hard criteria missed (UAT exit, Gate G6)")
        assert found["counts"] == {"MISSED": 3}
        assert found["hard_misses"] == 2
        assert (found["as_of"], found["local_date"]) == (
            "2026-06-01T02:00:00.000000Z",
            "2026-06-01",
        )
        assert (found["go_live_date"], found["days_left"]) == ("2026-06-15", 14)
        assert found["policy"] == {"key": "erp-upgrade", "version": 1, "hash": "00"}
        assert (found["trigger"], found["is_late"], found["id"]) == ("NIGHT", False, "5b1c")
        assert len(found["inputs_hash"]) == 64
        assert found["next_change_at"] is None

    def test_is_the_same_bytes_for_the_same_judgement(self) -> None:
        terms = case(*GATES, readings=FOUND)
        turned = replace(terms, readings=dict(reversed(FOUND.items())))
        assert body_text(judge_project(terms), AROUND) == body_text(judge_project(turned), AROUND)

    def test_tells_each_gate_with_its_dates_and_findings(self) -> None:
        uat, vote, later = body(case(*GATES, readings=FOUND))["gates"]
        assert (uat["key"], uat["verdict"], uat["is_deciding"]) == ("G3", "NO_GO", True)
        assert (uat["opens_date"], uat["decision_date"]) == ("2026-04-20", "2026-06-08")
        assert [each["criterion"] for each in uat["findings"]] == ["UX-01", "UX-04"]
        assert uat["counts"] == {"MISSED": 2}
        assert (later["verdict"], later["is_deciding"], later["findings"]) == (
            "NOT_OPEN",
            False,
            [],
        )
        assert vote["in_meeting"] == [
            {"criterion": "UX-18", "wording": "Every scenario was run.", "who": ["Sponsor"]}
        ]

    def test_lists_what_must_happen_most_urgent_first(self) -> None:
        actions = body(case(*GATES, readings=FOUND))["actions"]
        assert [each["criterion"] for each in actions] == ["UX-01", "GO-05", "UX-04"]
        assert actions[1]["todo"] == "Close 1 defect."

    def test_lists_the_risks_in_force_the_soonest_to_end_first(self) -> None:
        needed = acceptance(id=1, public_id="a", reason="Late parts", control="Count by hand")
        spare = acceptance("GO-99", id=2, public_id="b", expires_at=NOW + DAY)
        over = acceptance(id=3, expires_at=NOW)
        risks = body(case(*GATES, readings=FOUND, acceptances=(needed, spare, over)))[
            "accepted_risks"
        ]
        assert [(each["id"], each["is_needed"]) for each in risks] == [("b", False), ("a", True)]
        assert (risks[0]["gate"], risks[0]["wording"]) == ("", "")
        assert (risks[1]["gate"], risks[1]["reason"], risks[1]["control"]) == (
            "G3",
            "Late parts",
            "Count by hand",
        )
        assert risks[1]["expires_at"] == "2026-06-08T02:00:00.000000Z"

    def test_lists_what_does_not_apply(self) -> None:
        found = body(case(*GATES, readings=FOUND, exemptions=(exemption("GO-05"),)))
        assert found["exempted"] == [
            {
                "gate": "G6",
                "criterion": "GO-05",
                "wording": "No decision is open.",
                "reason": "No warehouse in scope",
                "approver": "Ada Sponsor",
            }
        ]
        assert found["counts"] == {"MISSED": 2, "NOT_APPLICABLE": 1}

    def test_sets_reported_beside_computed_status(self) -> None:
        colours = {"G3": ReportedColour.RED, PROJECT_ITEM: ReportedColour.GREEN}
        around = replace(AROUND, reports={PROJECT_ITEM: ReportWords("Pat", NOW)})
        found = body(case(*GATES, readings=FOUND, reported=colours), around)["reported"]
        assert found == [
            {
                "item": "PROJECT",
                "name": "Mill upgrade",
                "colour": "GREEN",
                "verdict": "NO_GO",
                "by": "Pat",
                "at": "2026-06-01T02:00:00.000000Z",
                "is_false_green": True,
            },
            {
                "item": "G3",
                "name": "UAT exit",
                "colour": "RED",
                "verdict": "NO_GO",
                "by": "",
                "at": None,
                "is_false_green": False,
            },
        ]

    def test_draws_the_heat_map(self) -> None:
        readings: dict[str, Reading] = {
            "heat.owner": share_reading(2, 2),
            "heat.training": share_reading(1, 2),
            "heat.happy": share_reading(0, 2),
            "heat.edge": share_reading(0, 0),
        }
        row = ProcessWords("pp", "65", "Order to cash", "Jon Vega", readings)
        heat = body(case(), replace(AROUND, processes=[row]))["heat_map"]
        assert [each["key"] for each in heat["columns"]] == [key for key, _ in HEAT_COLUMNS]
        assert heat["rows"][0]["name"] == "Order to cash"
        cells = [(each["state"], each["text"]) for each in heat["rows"][0]["cells"]]
        assert cells[:3] == [("MET", "2 of 2"), ("AT_RISK", "1 of 2"), ("MISSED", "0 of 2")]
        assert set(cells[3:]) == {("INSUFFICIENT", "Nothing there")}

    def test_stands_without_a_date_or_a_policy(self) -> None:
        found = body(case(GATES[0], go_live=None), replace(AROUND, policy=None))
        assert found["days_left"] is None
        assert found["gates"][0]["decision_date"] is None
        assert found["policy"] is None
