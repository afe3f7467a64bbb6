"""A record that does not verify makes a project a no-go, whatever its criteria say."""

import json
from dataclasses import replace

from readiness.choices import Verdict
from readiness.policy.headlines import gate_headline, project_headline
from readiness.policy.projects import judge_project
from readiness.policy.representation import body_text
from readiness.policy.retelling import Translation, retold
from readiness.policy.terms import ProjectCase
from tests.readiness.policy.cases import case, criterion, gate, share_reading, table
from tests.readiness.policy.test_representation import AROUND
from tests.readiness.policy.test_retelling import SPOKEN

WHY = "entry 7: its text was changed"


def frozen(**fields: object) -> ProjectCase:
    """Return a project in which everything is met and the record does not verify."""
    whole = case(
        gate("G3", criterion()),
        gate("G6", criterion(), opens_days=1),
        readings=table(share_reading(10, 10)),
    )
    return replace(whole, freeze=WHY, **fields)  # type: ignore[arg-type]


class TestAFreeze:
    def test_makes_every_open_gate_and_the_project_a_no_go(self) -> None:
        assert judge_project(replace(frozen(), freeze="")).verdict is Verdict.GO
        judged = judge_project(frozen())
        assert judged.verdict is Verdict.NO_GO
        assert [each.verdict for each in judged.gates] == [Verdict.NO_GO, Verdict.NOT_OPEN]

    def test_makes_a_project_a_no_go_before_any_gate_is_open(self) -> None:
        assert judge_project(frozen(go_live=None)).verdict is Verdict.NO_GO

    def test_says_so_first(self) -> None:
        judged = judge_project(frozen())
        said = "NO-GO: the record of this project does not verify"
        assert project_headline(judged) == f"{said}: {WHY}"
        assert gate_headline(judged.gates[0]) == said

    def test_is_part_of_the_inputs(self) -> None:
        hashes = {
            judge_project(each).inputs_hash
            for each in (frozen(), replace(frozen(), freeze=""), replace(frozen(), freeze="other"))
        }
        assert len(hashes) == 3
        assert judge_project(frozen()).inputs_hash == judge_project(frozen()).inputs_hash

    def test_stands_in_the_body_and_is_told_again_in_another_language(self) -> None:
        around = replace(AROUND, project={**AROUND.project, "time_zone": "UTC"})
        body = json.loads(body_text(judge_project(frozen()), around))
        assert body["freeze"] == WHY
        told = retold(body, translation=Translation({}, {}), speech=SPOKEN)
        assert told["headline"].startswith("<NO-GO>: <the record of this project does not verify")
        assert told["gates"][0]["headline"].startswith("<NO-GO>: <the record")

    def test_of_nothing_is_null(self) -> None:
        body = json.loads(body_text(judge_project(replace(frozen(), freeze="")), AROUND))
        assert body["freeze"] is None
