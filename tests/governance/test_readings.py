"""Readings carry numbers and judge nothing."""

from decimal import Decimal

from governance.readings import Readings, count, days, lowest, ratio, share, yes_no
from tests.factories import NOW


class TestReading:
    def test_share_is_done_over_due_in_percent(self) -> None:
        reading = share("uat.exec_pct", done=41, due=164, as_of=NOW)
        assert reading.share == reading.measured == Decimal(25)
        assert reading.population == 164

    def test_share_of_nothing_due_is_no_number(self) -> None:
        assert share("uat.exec_pct", done=0, due=0, as_of=NOW).measured is None

    def test_other_kinds_measure_their_value(self) -> None:
        assert count("def.open_s1s2", value=3, population=9, as_of=NOW).measured == 3
        assert yes_no("gov.charter_signed", value=True, as_of=NOW).measured == 1
        assert days("dec.latency_p80", value=None, population=0, as_of=NOW).measured is None
        assert ratio("trn.su_ratio", value=Decimal(8), population=4, as_of=NOW).share is None


class TestReadings:
    def test_keeps_projects_and_processes_apart(self) -> None:
        readings = Readings()
        whole = share("uat.exec_pct", done=1, due=2, as_of=NOW)
        part = share("uat.exec_pct", done=0, due=1, as_of=NOW)
        readings.put(1, whole)
        readings.put(1, part, process_id=7)
        other = Readings()
        other.put(2, part)
        readings.merge(other)
        assert readings.of_project(1) == {"uat.exec_pct": whole}
        assert list(readings.of_processes(1)) == [(7, part)]
        assert readings.get(2, "uat.exec_pct") == part
        assert readings.get(3, "uat.exec_pct") is None
        assert readings.get(1, "uat.exec_pct", 7) == part


class TestLowest:
    def test_is_the_lowest_share_that_has_a_number(self) -> None:
        low = share("a", done=1, due=4, as_of=NOW)
        rows = [share("a", done=1, due=2, as_of=NOW), low, share("a", done=0, due=0, as_of=NOW)]
        assert lowest(rows) == low
        assert lowest([]) is None
