"""A gate that the project manager stopped is a no-go, whatever its criteria say."""

import json
from dataclasses import replace

from readiness.choices import Verdict
from readiness.policy.headlines import gate_headline, project_headline
from readiness.policy.projects import judge_project
from readiness.policy.representation import body_text
from readiness.policy.retelling import Translation, retold
from readiness.policy.terms import ProjectCase, StopTerms
from tests.factories import NOW
from tests.readiness.policy.cases import case, criterion, gate, share_reading, table
from tests.readiness.policy.test_representation import AROUND
from tests.readiness.policy.test_retelling import SPOKEN

STOP = StopTerms("Tom", "Nobody tests.", NOW)


def stopped(key: str = "G3", *, done: int = 10) -> ProjectCase:
    """Return a project with one gate open and one not; one of them is stopped."""
    whole = case(
        gate("G3", criterion()),
        gate("G6", criterion(), opens_days=1),
        readings=table(share_reading(done, 10)),
    )
    return replace(whole, stops={key: STOP})


class TestAStop:
    def test_makes_its_gate_and_the_project_a_no_go(self) -> None:
        assert judge_project(replace(stopped(), stops={})).verdict is Verdict.GO
        judged = judge_project(stopped())
        assert judged.verdict is Verdict.NO_GO
        assert [each.verdict for each in judged.gates] == [Verdict.NO_GO, Verdict.NOT_OPEN]

    def test_waits_until_its_gate_is_open(self) -> None:
        judged = judge_project(stopped("G6"))
        assert judged.verdict is Verdict.GO
        assert judged.gates[1].verdict is Verdict.NOT_OPEN

    def test_is_said_first_with_what_is_missed_beside_it(self) -> None:
        judged = judge_project(stopped())
        assert gate_headline(judged.gates[0]) == "NO-GO: stopped by Tom"
        assert project_headline(judged).startswith("NO-GO: 1 gate stopped")
        missed = judge_project(stopped(done=1))
        said = "NO-GO: stopped by Tom, 1 hard criterion missed"
        assert gate_headline(missed.gates[0]) == said

    def test_is_part_of_the_inputs(self) -> None:
        hashes = {
            judge_project(each).inputs_hash
            for each in (stopped(), stopped("G6"), replace(stopped(), stops={}))
        }
        assert len(hashes) == 3

    def test_stands_in_the_body_and_is_told_again_in_another_language(self) -> None:
        around = replace(AROUND, project={**AROUND.project, "time_zone": "UTC"})
        body = json.loads(body_text(judge_project(stopped()), around))
        assert body["gates"][0]["stop"]["reason"] == "Nobody tests."
        assert body["gates"][1]["stop"] is None
        told = retold(body, translation=Translation({}, {}), speech=SPOKEN)
        assert told["headline"].startswith("<NO-GO>: <1 gate stopped>")
        assert told["gates"][0]["headline"] == "<NO-GO>: <stopped by Tom>"

    def test_of_a_body_from_before_is_none(self) -> None:
        body = json.loads(body_text(judge_project(replace(stopped(), stops={})), AROUND))
        for each in body["gates"]:
            del each["stop"]
        body["project"] = {**body["project"], "time_zone": "UTC"}
        told = retold(body, translation=Translation({}, {}), speech=SPOKEN)
        assert told["headline"].startswith("<GO>")
