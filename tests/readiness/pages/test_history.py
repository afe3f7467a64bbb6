"""How a project got here."""

from datetime import timedelta
from decimal import Decimal

from readiness.models import Finding, Snapshot
from readiness.pages.history import (
    Found,
    Judged,
    due_of,
    earlier_figures,
    figure_of,
    findings_of,
    history_of,
    judgements_of,
    last_of_each_day,
    lines_of,
    point_of,
    trend_of_days,
    weekly,
)
from tests.factories import NOW
from tests.readiness.worlds import EARLIER, judge_now, make_world


class TestTrendOfDays:
    def test_draws_days_and_says_them_newest_first(self, db: None) -> None:
        trend = trend_of_days(last_of_each_day(judgements_of(make_world().snapshot)))
        assert trend is not None
        assert trend.words in trend.drawing
        assert [row[0] for row in trend.rows] == ["1 June 2026", "24 May 2026"]

    def test_is_nothing_without_history(self) -> None:
        assert trend_of_days([]) is None


class TestJudgementsOf:
    def test_are_all_of_them_oldest_first(self, db: None) -> None:
        world = make_world()
        early = EARLIER.replace(hour=3)
        judge_now(world.cast, as_of=early)
        judgements = judgements_of(world.snapshot)
        assert [each.as_of for each in judgements] == [early, EARLIER, NOW]
        assert [each.as_of for each in last_of_each_day(judgements)] == [EARLIER, NOW]


def judged(days_ago: int) -> Judged:
    """Return a judgement of so many days before NOW, known by its age."""
    at = NOW - timedelta(days=days_ago)
    return Judged(days_ago, at, at.date(), "NO_GO", 1, 0, None, None)


class TestWeekly:
    def test_takes_one_a_week_and_always_the_newest(self) -> None:
        days = [judged(age) for age in range(100, -1, -1)]
        assert [day.pk for day in weekly(days)] == list(range(84, -1, -7))

    def test_takes_what_there_is(self) -> None:
        assert [day.pk for day in weekly([judged(9), judged(3), judged(0)])] == [9, 3, 0]
        assert weekly([]) == []


class TestFindingsOf:
    def test_are_those_of_each_snapshot_by_criterion(self, db: None) -> None:
        world = make_world()
        found = findings_of([day.pk for day in judgements_of(world.snapshot)])
        first, last = found.values()
        assert (first["UX-01"].done, last["UX-01"].done) == (0, 1)

    def test_are_none_of_nothing(self, db: None) -> None:
        assert findings_of([]) == {}


class TestHistoryOf:
    def test_is_one_criterion_day_by_day(self, db: None) -> None:
        days = last_of_each_day(judgements_of(make_world().snapshot))
        history = history_of(days, "UX-01", gate_key="G3")
        assert [(day.as_of, found.done) for day, found in history] == [(EARLIER, 0), (NOW, 1)]


class TestLinesOf:
    def test_draw_shares_and_say_other_figures(self, db: None) -> None:
        samples = weekly(last_of_each_day(judgements_of(make_world().snapshot)))
        found = findings_of([day.pk for day in samples])
        lines = lines_of(samples, found, {"UX-01": "SHARE", "UX-02": "COUNT", "ZZ-99": "COUNT"})
        assert lines["UX-01"].words.startswith("0.0 % on 24 May 2026")
        assert lines["UX-02"].words == "2 on Sun 24 May 2026, 1 now."
        assert "ZZ-99" not in lines


class TestEarlierFigures:
    def test_reads_the_judgement_of_a_week_before(self, db: None) -> None:
        samples = weekly(last_of_each_day(judgements_of(make_world().snapshot)))
        found = findings_of([day.pk for day in samples])
        kinds = {"UX-01": "SHARE", "DX-01": "SHARE"}
        assert earlier_figures(samples, found, kinds)["UX-01"] == "0 %"

    def test_is_empty_for_a_young_project(self) -> None:
        assert earlier_figures([judged(3), judged(0)], {}, {}) == {}
        assert earlier_figures([], {}, {}) == {}


def found(**fields: object) -> Found:
    """Return a finding with what a test is about."""
    row = {
        "snapshot_id": 1,
        "gate_key": "G3",
        "criterion_key": "UX-01",
        "state": "MISSED",
        "is_hard": True,
        "done": None,
        "due": None,
        "value": None,
        "due_today": None,
    }
    return Found(**(row | fields))  # type: ignore[arg-type]


class TestPointOf:
    def test_is_a_percentage_of_a_share_and_a_number_of_others(self) -> None:
        day = NOW.date()
        assert point_of(found(done=1, due=4), "SHARE", day=day).measured == Decimal(25)
        assert point_of(found(done=2, due=3), "SHARE", day=day).measured == Decimal("66.6")
        assert point_of(found(done=0, due=0), "SHARE", day=day).measured is None
        assert point_of(found(value=Decimal(3)), "COUNT", day=day).measured == Decimal(3)


class TestDueOf:
    def test_says_what_was_due(self) -> None:
        assert due_of(found(due_today=Decimal("60.0000")), "SHARE") == "60 %"
        assert due_of(found(), "SHARE") == ""
        assert due_of(found(due_today=Decimal(1)), "") == ""


class TestFigureOf:
    def test_reads_shares_numbers_and_nothing(self) -> None:
        assert figure_of(Finding(done=1, due=4), "SHARE") == "25 %"
        assert figure_of(Finding(value=Decimal("1200.0000")), "COUNT") == "1,200"
        assert figure_of(Finding(), "COUNT") == ""


def test_a_snapshot_is_its_own_last_day(db: None) -> None:
    snapshot: Snapshot = make_world().snapshot
    assert last_of_each_day(judgements_of(snapshot))[-1].pk == snapshot.pk
