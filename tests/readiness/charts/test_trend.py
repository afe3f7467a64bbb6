from datetime import date, timedelta

from readiness.charts.looks import Spec
from readiness.charts.trend import TrendPoint, VerdictRun, trend_chart, verdict_runs

START = date(2026, 3, 2)


def points_of(*judged: tuple[str, int, int]) -> list[TrendPoint]:
    return [
        TrendPoint(START + timedelta(days=number), verdict, hard, accepted)
        for number, (verdict, hard, accepted) in enumerate(judged)
    ]


def texts_of(spec: Spec) -> list[str]:
    found = []
    for view in spec["vconcat"]:
        for layer in view["layer"]:
            values = layer.get("data", view.get("data", {})).get("values", [])
            found += [str(value["text"]) for value in values if "text" in value]
    return found


class TestVerdictRuns:
    def test_put_equal_neighbours_together(self) -> None:
        runs = verdict_runs(points_of(("NO_GO", 3, 0), ("NO_GO", 2, 0), ("GO", 0, 0)))
        assert runs == [
            VerdictRun("NO_GO", date(2026, 3, 2), date(2026, 3, 4)),
            VerdictRun("GO", date(2026, 3, 4), date(2026, 3, 5)),
        ]

    def test_are_none_without_days(self) -> None:
        assert verdict_runs([]) == []


class TestTrendChart:
    def test_is_none_with_one_day(self) -> None:
        assert trend_chart(points_of(("NO_GO", 3, 0))) is None

    def test_says_in_words_what_it_draws(self) -> None:
        chart = trend_chart(
            points_of(("NO_GO", 3, 0), ("CONDITIONAL", 0, 1)), go_live=date(2026, 4, 1)
        )
        assert chart is not None
        assert chart.words == (
            "From 2 March 2026 to 3 March 2026: hard misses went from 3 to 0, accepted risks"
            " went from 0 to 1. The verdict is CONDITIONAL since 3 March 2026."
            " Go-live is planned for 1 April 2026."
        )

    def test_says_so_when_nothing_moved(self) -> None:
        chart = trend_chart(points_of(("NO_GO", 3, 0), ("NO_GO", 3, 0)))
        assert chart is not None
        assert "hard misses are 3 as before, accepted risks are 0 as before." in chart.words

    def test_carries_every_day_in_its_table(self) -> None:
        chart = trend_chart(points_of(("NO_GO", 3, 0), ("NO_GO", 2, 1)))
        assert chart is not None
        assert chart.rows == (
            ("2 March 2026", "NO-GO", "3", "0"),
            ("3 March 2026", "NO-GO", "2", "1"),
        )

    def test_names_both_lines_and_a_near_go_live(self) -> None:
        chart = trend_chart(points_of(("NO_GO", 1, 5), ("NO_GO", 1, 5)), go_live=date(2026, 4, 1))
        assert chart is not None
        words = texts_of(chart.spec)
        assert "1 hard miss" in words
        assert "5 risks accepted" in words
        assert "Go-live 1 Apr" in words

    def test_leaves_out_a_go_live_that_is_far_or_past(self) -> None:
        for go_live in (date(2028, 1, 1), date(2026, 1, 1), None):
            chart = trend_chart(points_of(("NO_GO", 2, 0), ("NO_GO", 2, 0)), go_live=go_live)
            assert chart is not None
            assert not any(text.startswith("Go-live") for text in texts_of(chart.spec))

    def test_writes_a_verdict_only_where_the_word_fits(self) -> None:
        short = [("GO", 0, 0)] + [("NO_GO", 1, 0)] * 89
        chart = trend_chart(points_of(*short))
        assert chart is not None
        band = chart.spec["vconcat"][1]["data"]["values"]
        assert [row["text"] for row in band] == ["", "NO-GO"]

    def test_moves_the_upper_name_up_where_the_lines_meet(self) -> None:
        lifts = []
        for accepted in (2, 3):
            chart = trend_chart(points_of(("NO_GO", 2, accepted), ("NO_GO", 2, accepted)))
            assert chart is not None
            marks = [layer["mark"] for layer in chart.spec["vconcat"][0]["layer"]]
            lifts.append([mark["dy"] for mark in marks if mark["type"] == "text"])
        assert lifts == [[-13, 0], [0, -13]]
