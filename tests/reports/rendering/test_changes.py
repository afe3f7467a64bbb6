import json
from datetime import timedelta
from typing import Any

from reports.rendering.changes import MOST_LINES, changes_between
from tests.reports.papers import AS_OF, judgement_of, unsaved_upgrade


def body(**terms: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(judgement_of(unsaved_upgrade(), **terms).body)
    return found


def moved(found: dict[str, Any], key: str, **fields: Any) -> dict[str, Any]:
    """Return a body in which one criterion came out differently."""
    turned: dict[str, Any] = json.loads(json.dumps(found))
    for gate in turned["gates"]:
        for finding in gate["findings"]:
            if finding["criterion"] == key:
                finding.update(fields)
    return turned


class TestChangesBetween:
    def test_are_nothing_without_an_earlier_judgement(self) -> None:
        changes = changes_between(None, body(), was_reported=False)
        assert (changes.since, changes.lines) == ("", ())

    def test_name_what_is_compared(self) -> None:
        before = body(as_of=AS_OF - timedelta(days=7))
        assert changes_between(before, body(), was_reported=True).since == (
            "Compared with the last report, which printed the judgement of 25 May 2026."
        )
        assert changes_between(before, body(), was_reported=False).since == (
            "No earlier report was kept. Compared with the judgement of 25 May 2026."
        )

    def test_say_so_when_nothing_changed(self) -> None:
        now = body()
        changes = changes_between(now, now, was_reported=True)
        assert changes.lines == ()
        assert changes.sentences == (
            "The verdict stays NO-GO.",
            "Hard misses stay at 6.",
            "Accepted risks stay at 2.",
            "Every criterion came out as before.",
        )

    def test_tell_verdict_counts_date_and_policy(self) -> None:
        now = body()
        before = now | {
            "verdict": "CONDITIONAL",
            "hard_misses": 0,
            "accepted_risks": [],
            "go_live_date": None,
            "policy": None,
        }
        sentences = changes_between(before, now, was_reported=True).sentences
        assert sentences[:5] == (
            "The verdict went from CONDITIONAL to NO-GO.",
            "Hard misses went from 0 to 6.",
            "Accepted risks went from 0 to 2.",
            "Go-live moved from no date to 13 July 2026.",
            "The policy changed in between.",
        )

    def test_begin_with_what_fell_farthest(self) -> None:
        now = moved(body(), "UX-01", state="MISSED")
        before = moved(moved(now, "UX-01", state="MET"), "UX-03", state="MISSED")
        now = moved(now, "UX-03", state="MET", measured="Yes", kind="YES_NO")
        lines = changes_between(before, now, was_reported=True).lines
        assert [(line.key, line.before, line.after) for line in lines] == [
            ("UX-01", "MET", "MISSED"),
            ("UX-03", "MISSED", "MET"),
        ]
        assert lines[0].measured.endswith(", due ≥ 60 %")
        assert lines[1].measured == "Yes"

    def test_name_criteria_that_only_one_of_them_judged(self) -> None:
        now = body()
        before = json.loads(json.dumps(now))
        first = before["gates"][0]["findings"].pop(0)
        lines = changes_between(before, now, was_reported=True).lines
        assert [(line.key, line.before, line.measured_before) for line in lines] == [
            (first["criterion"], "", "")
        ]
        (line,) = changes_between(now, before, was_reported=True).lines
        assert (line.after, line.wording) == ("", first["wording"])

    def test_are_cut_with_a_count_of_the_rest(self) -> None:
        changes = changes_between(body(progress=0.1), body(progress=0.9), was_reported=True)
        assert len(changes.lines) == MOST_LINES
        assert changes.more.startswith("And ")
        assert changes.more.endswith(" more changes.")
