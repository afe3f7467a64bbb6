"""The days a gate opens on, the go-live date and the next change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from governance.readings import ReadingKind
from readiness.choices import Verdict
from readiness.policy.projects import is_open, judge_project, opens_on
from tests.readiness.policy.cases import (
    DAY,
    GO_LIVE,
    INSTANT,
    NOW,
    acceptance,
    case,
    gate,
    share_reading,
    table,
    value_reading,
)
from tests.readiness.policy.projects.cases import BAD, HYPERCARE, SCENARIOS, verdicts

HANDED_OVER = value_reading(1, "sign.handover", ReadingKind.YES_NO)


class TestIsOpen:
    @pytest.mark.parametrize(
        ("opens_days", "days_left", "expected"),
        [(56, 57, False), (56, 56, True), (56, 0, True), (56, -400, True), (56, None, False),
         (-14, 0, False), (-14, -13, False), (-14, -14, True)],
    )  # fmt: skip
    def test_from_its_day_on(self, opens_days: int, days_left: int | None, expected: bool) -> None:
        assert is_open(gate("G", opens_days=opens_days), days_left) is expected

    def test_opens_on_that_day_of_the_calendar(self) -> None:
        assert opens_on(HYPERCARE, GO_LIVE) == date(2026, 6, 29)
        assert opens_on(HYPERCARE, None) is None


class TestTheGoLiveDate:
    @pytest.mark.parametrize(
        ("days_after", "verdict", "deciding"),
        [
            (0, Verdict.NO_GO, ["G3"]),
            (1, Verdict.NOT_OPEN, []),
            (13, Verdict.NOT_OPEN, []),
            (14, Verdict.GO, ["G7"]),
            (90, Verdict.GO, ["G7"]),
        ],
    )
    def test_hands_over_to_hypercare(
        self, days_after: int, verdict: Verdict, deciding: list[str]
    ) -> None:
        today = datetime(2026, 6, 15, 12, tzinfo=UTC) + timedelta(days=days_after)
        judged = judge_project(
            case(SCENARIOS, HYPERCARE, readings=table(BAD, HANDED_OVER), as_of=today)
        )
        assert judged.verdict is verdict
        assert [each.gate.key for each in judged.deciding] == deciding
        assert verdicts(judged)["G3"] is Verdict.NO_GO

    @pytest.mark.parametrize(
        ("as_of", "zone", "days_left"),
        [
            (datetime(2026, 6, 14, 21, 59, tzinfo=UTC), "Europe/Berlin", 1),
            (datetime(2026, 6, 14, 22, 0, tzinfo=UTC), "Europe/Berlin", 0),
            (datetime(2026, 6, 15, 21, 59, tzinfo=UTC), "Europe/Berlin", 0),
            (datetime(2026, 6, 15, 22, 0, tzinfo=UTC), "Europe/Berlin", -1),
            (datetime(2026, 6, 14, 10, 0, tzinfo=UTC), "Pacific/Kiritimati", 0),
            (datetime(2026, 6, 15, 6, 59, tzinfo=UTC), "America/Los_Angeles", 1),
        ],
    )
    def test_is_counted_in_the_projects_own_zone(
        self, as_of: datetime, zone: str, days_left: int
    ) -> None:
        assert case(as_of=as_of, zone=ZoneInfo(zone)).days_left == days_left


class TestNextChange:
    def test_is_the_soonest_of_acceptances_and_readings(self) -> None:
        fresh = share_reading(10, 10, expires_at=NOW + 3 * DAY)
        judged = judge_project(case(SCENARIOS, readings=table(fresh)))
        assert judged.next_change_at == NOW + 3 * DAY + INSTANT
        ends = acceptance(expires_at=NOW + 2 * DAY)
        judged = judge_project(case(SCENARIOS, readings=table(fresh), acceptances=(ends,)))
        assert judged.next_change_at == NOW + 2 * DAY
        begins = acceptance(accepted_at=NOW + DAY)
        judged = judge_project(case(SCENARIOS, readings=table(fresh), acceptances=(begins,)))
        assert judged.next_change_at == NOW + DAY

    def test_is_when_the_verdict_really_changes(self) -> None:
        fresh = share_reading(10, 10, expires_at=NOW + DAY)
        first = judge_project(case(SCENARIOS, readings=table(fresh)))
        assert first.next_change_at is not None
        before = case(SCENARIOS, readings=table(fresh), as_of=first.next_change_at - INSTANT)
        after = case(SCENARIOS, readings=table(fresh), as_of=first.next_change_at)
        assert judge_project(before).verdict is Verdict.GO
        assert judge_project(after).verdict is Verdict.NO_GO

    def test_is_never_when_only_the_past_and_the_unasked_run_out(self) -> None:
        stale = share_reading(10, 10, expires_at=NOW - DAY)
        unasked = value_reading(0, "other.metric", expires_at=NOW + DAY)
        judged = judge_project(
            case(
                SCENARIOS,
                readings=table(stale, unasked),
                acceptances=(acceptance(expires_at=NOW - INSTANT),),
            )
        )
        assert judged.next_change_at is None
