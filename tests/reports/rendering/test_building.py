import json
from datetime import timedelta
from typing import Any

from readiness.policy.hashing import digest_of
from reports.rendering.building import paper_of
from reports.rendering.contents import Paper
from tests.reports.figures import CONTROL, REASON
from tests.reports.papers import (
    AS_OF,
    CAVEAT,
    evidence_of,
    judgement_of,
    unsaved_processes,
    unsaved_upgrade,
)


def paper(*, changed: dict[str, Any] | None = None, **evidence: Any) -> Paper:
    """Return the paper of an upgrade, its recorded body changed as told."""
    snapshot = judgement_of(unsaved_upgrade(), unsaved_processes())
    snapshot.body = json.dumps(json.loads(snapshot.body) | (changed or {}))
    snapshot.etag = digest_of(snapshot.body)
    return paper_of(evidence_of(snapshot, **evidence), template_version="7")


class TestPaperOf:
    def test_names_the_upgrade_and_the_moment_judged(self) -> None:
        head = paper().masthead
        assert (head.project, head.client) == ("Pump plants on the new platform", "Kessler Pumps")
        assert (head.upgrade, head.partners) == ("AX 2012 to Dynamics 365", "Northwind Consulting")
        assert head.judged_utc == "2026-06-01 21:59:59 UTC"
        assert head.judged_local == "1 Jun 2026, 23:59 CEST"
        assert head.phase == "User acceptance testing"

    def test_answers_with_the_verdict_and_its_sentence(self) -> None:
        answer = paper().answer
        assert (answer.verdict, answer.word) == ("NO_GO", "NO-GO")
        assert answer.sentence == (
            "3 hard criteria missed, 3 not reported, 2 risks accepted, 1 not applicable"
        )
        assert answer.where == "At the gates: UAT entry, Data and cutover rehearsal"
        assert (answer.go_live, answer.countdown) == ("13 July 2026", "T-42: in 42 days")
        assert answer.evidence == "64 of 97 criteria met"

    def test_counts_the_gates_where_they_are_many_and_names_none_for_a_go(self) -> None:
        many = "NO-GO: 9 hard criteria missed (in 5 of 6 open gates)"
        assert paper(changed={"headline": many}).answer.where == "In 5 of 6 open gates"
        assert paper(changed={"headline": "GO: all 9 criteria met"}).answer.where == ""

    def test_says_when_nothing_is_judged_yet(self) -> None:
        assert paper(changed={"counts": {}}).answer.evidence == "no criterion is judged yet"

    def test_sets_the_reported_colour_beside_the_computed_verdict(self) -> None:
        answer = paper().answer
        assert (answer.reported, answer.reported_by) == ("Green", "Piet Mertens, 29 May 2026")
        assert "the evidence says no-go" in answer.gap

    def test_says_when_nobody_reported_a_colour(self) -> None:
        answer = paper(changed={"reported": []}).answer
        assert (answer.reported, answer.reported_by) == (
            "Not reported",
            "nobody has reported a colour",
        )
        assert answer.gap == ""

    def test_keeps_a_report_without_name_or_moment(self) -> None:
        report = {
            "item": "PROJECT",
            "name": "",
            "colour": "RED",
            "verdict": "NO_GO",
            "by": "",
            "at": None,
            "is_false_green": False,
        }
        assert paper(changed={"reported": [report]}).answer.reported_by == ""

    def test_says_when_there_is_no_date(self) -> None:
        answer = paper(changed={"go_live_date": None, "days_left": None}).answer
        assert answer.go_live == "No date set"
        assert answer.countdown == "without a date no gate opens"

    def test_lists_what_must_happen_first_what_blocks(self) -> None:
        found = paper()
        assert found.actions[0].state == "MISSED"
        assert found.actions[0].who == "Lena Fuchs (Change lead)"
        assert not [action for action in found.actions if action.state == "ACCEPTED"]
        assert len(found.first_actions) + found.more_actions == len(found.actions)

    def test_takes_the_sentence_where_there_is_no_remedy(self) -> None:
        action = {
            "gate": "G1",
            "criterion": "DX-01",
            "class": "HARD",
            "state": "MISSED",
            "sentence": "Two owners are missing",
            "todo": "",
            "who": [],
        }
        (found,) = paper(changed={"actions": [action]}).actions
        assert (found.text, found.who) == ("Two owners are missing", "Nobody is named")

    def test_names_accepted_risks_with_who_until_when_and_what_instead(self) -> None:
        risk = paper().risks[0]
        assert (risk.who, risk.until, risk.left) == (
            "Ada Brandt, Sponsor",
            "6 June 2026",
            "in 5 days",
        )
        assert (risk.reason, risk.control) == (REASON, CONTROL)

    def test_counts_what_page_one_leaves_out(self) -> None:
        body = json.loads(judgement_of(unsaved_upgrade()).body)
        many = paper(
            changed={
                "accepted_risks": body["accepted_risks"] * 4,
                "caveats": body["caveats"] * 5,
            }
        )
        assert (len(many.first_risks), many.more_risks) == (2, 6)
        assert (len(many.first_caveats), many.more_caveats) == (3, 2)
        assert (paper().more_risks, paper().more_caveats) == (0, 0)

    def test_carries_caveats(self) -> None:
        (caveat,) = paper().caveats
        assert (caveat.text, caveat.who, caveat.when) == (CAVEAT, "Mira Soto", "29 May 2026")

    def test_shows_the_heat_map_with_a_legend_of_what_is_on_it(self) -> None:
        found = paper()
        assert len(found.heat_rows) == 12
        assert found.heat_columns[0] == "Owner and deputy"
        assert found.heat_rows[0].name == "10 Order to cash"
        assert set(found.legend) == {"MET", "AT_RISK", "MISSED", "INSUFFICIENT"}

    def test_draws_the_trend_of_the_days_before(self) -> None:
        trend = paper().trend
        assert trend.drawing.startswith("<svg")
        assert "From 25 May 2026 to 1 June 2026" in trend.words

    def test_has_no_trend_and_no_changes_on_the_first_day(self) -> None:
        snapshot = judgement_of(unsaved_upgrade())
        evidence = evidence_of(snapshot, history=(snapshot,), earlier=None, was_reported=False)
        found = paper_of(evidence, template_version="7")
        assert (found.trend.drawing, found.changes.since) == ("", "")
        assert "first judgement" in found.trend.words

    def test_says_why_a_criterion_does_not_apply(self) -> None:
        (exempted,) = paper().exempted
        assert exempted.key == "G1 DX-13"
        assert exempted.sentence == "No customisation is planned. (approved by Ada Brandt)"

    def test_tells_how_to_find_the_judgement_again(self) -> None:
        imprint = paper().imprint
        assert imprint.policy == "erp-upgrade, version 1"
        assert imprint.trigger == "Nightly run"
        assert (imprint.template_version, len(imprint.body_hash)) == ("7", 64)

    def test_says_when_a_night_was_late_and_no_policy_adopted(self) -> None:
        imprint = paper(changed={"policy": None, "is_late": True}).imprint
        assert (imprint.policy, imprint.policy_hash) == ("none adopted", "none")
        assert imprint.trigger == "Nightly run, late"

    def test_prints_every_number_as_it_was_recorded(self) -> None:
        snapshot = judgement_of(unsaved_upgrade(), as_of=AS_OF - timedelta(days=1))
        body = json.loads(snapshot.body)
        printed = paper_of(evidence_of(snapshot), template_version="7")
        lines = {line.key: line for gate in printed.gates for line in gate.criteria}
        findings = [finding for gate in body["gates"] for finding in gate["findings"]]
        assert len(lines) == len(findings) == 97
        for finding in findings:
            line = lines[finding["criterion"]]
            assert finding["measured"] in (line.measured, line.taken_over)
            assert line.state == finding["state"]
