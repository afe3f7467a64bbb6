"""A small size keeps the harness alive; nothing is timed here."""

import pytest

from tests.benchmarks.course import flat, table_of
from tests.benchmarks.decisions import PAGES, REACH, measure_decisions
from tests.benchmarks.importing import measure_import
from tests.benchmarks.night import measure_night, measure_tenth
from tests.benchmarks.pages import measure_pages
from tests.benchmarks.paper import measure_paper
from tests.benchmarks.record import measure_record
from tests.benchmarks.stock import fill_database
from tests.benchmarks.timing import Figure, medians_of
from tests.benchmarks.wire import measure_list

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
NAMES = {
    "night",
    "night floor",
    "night of a tenth",
    "growth",
    "one changed project",
    "import",
    "import floor",
    "list of 100 snapshots",
    "list ready-made",
    "portfolio page",
    "portfolio page ready-made",
    "portfolio page ready-made, to a stranger",
    "portfolio page, changed each time",
    "gate page",
    "gate page ready-made",
    "gate page ready-made, to a stranger",
    "gate page, changed each time",
    "PDF",
    "append many entries",
    "append one entry",
    "prove one entry",
    REACH,
    *PAGES,
}


class TestTheCourse:
    def test_measures_everything_once_at_a_small_size(self) -> None:
        fill_database(last=1)
        tenth = measure_tenth(rounds=1)
        fill_database(first=2, last=2)
        figures = [
            tenth,
            *measure_night(tenth=tenth, times=2, rounds=1),
            *measure_import(records=200, rounds=1),
            *measure_list(rounds=1, requests=2),
            *measure_pages(rounds=1, requests=2),
            *measure_paper(rounds=1),
            *measure_record(entries=60, rounds=1),
            *measure_decisions(rounds=1, decisions=80),
        ]
        assert {figure.name for figure in figures} == NAMES
        assert all(figure.seconds > 0 for figure in figures)
        assert set(flat(figures)) == NAMES
        assert table_of(figures).count("\n") == len(figures)


class TestMediansOf:
    def test_takes_turns_and_the_middle(self) -> None:
        calls: list[str] = []
        times = {"a": iter([3.0, 1.0, 2.0]), "b": iter([9.0, 9.0, 1.0])}

        def act(name: str) -> float:
            calls.append(name)
            return next(times[name])

        assert medians_of(lambda: act("a"), lambda: act("b"), rounds=3) == [2.0, 9.0]
        assert calls == list("ababab")


class TestTableOf:
    def test_lines_up_and_leaves_out_what_is_not_there(self) -> None:
        figures = [Figure("a", 1.0), Figure("b", 0.5, against="a", ratio=0.5, limit="1")]
        head, *lines = table_of(figures).splitlines()
        assert head.split() == ["what", "seconds", "ratio", "against", "limit"]
        assert [line.split() for line in lines] == [
            ["a", "1.0000"],
            ["b", "0.5000", "0.50", "a", "1"],
        ]
