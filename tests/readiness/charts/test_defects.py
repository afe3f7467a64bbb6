from readiness.charts.defects import AgeCount, defects_chart

AGES = ["to 3 days", "over 3 days"]
SEVERITIES = ["Critical", "Low"]


class TestDefectsChart:
    def test_is_none_without_an_open_defect(self) -> None:
        counts = [AgeCount("to 3 days", "Low", 0)]
        assert defects_chart(counts, ages=AGES, severities=SEVERITIES) is None

    def test_counts_all_and_the_worst_in_words(self) -> None:
        counts = [AgeCount("over 3 days", "Critical", 2), AgeCount("to 3 days", "Low", 5)]
        chart = defects_chart(counts, ages=AGES, severities=SEVERITIES)
        assert chart is not None
        assert chart.words == "7 open defects, 2 of them Critical."
        assert chart.rows == (("to 3 days", "0", "5"), ("over 3 days", "2", "0"))
