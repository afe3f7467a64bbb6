"""The examples on the page of parts."""

from readiness.choices import FindingState
from readiness.pages.style import style_page


class TestStylePage:
    def test_has_a_criterion_in_every_state(self) -> None:
        assert {row.state for row in style_page().criteria} == set(FindingState.values)

    def test_shows_a_form_with_errors(self) -> None:
        assert set(style_page().form.errors) == {"reason", "until", "agreed"}

    def test_draws_every_kind_of_chart(self) -> None:
        titles = [picture.title for picture in style_page().charts]
        assert titles == [
            "Trend",
            "Critical scenarios passed",
            "Open defects by age",
            "Training by week",
        ]
        assert style_page().line is not None
