"""How the newest judgement came about."""

from datetime import timedelta

from readiness.models import Snapshot
from readiness.pages.journey import journey_page
from tests.factories import NOW, make_course, make_defect, make_person, make_project, make_record
from tests.readiness.worlds import make_world


class TestJourneyPage:
    def test_draws_what_there_is(self, db: None) -> None:
        world = make_world()
        page = journey_page(world.cast.project, now=NOW)
        assert [picture.title for picture in page.pictures] == [
            "Trend",
            "Scenarios run by the business",
        ]
        assert page.answer == page.pictures[0].words
        assert page.turns

    def test_draws_defects_by_age_and_training_by_week(self, db: None) -> None:
        world = make_world()
        project = world.cast.project
        make_defect(project=project, severity="HIGH", raised_at=NOW - timedelta(days=10))
        make_record(
            person=make_person(project=project),
            course=make_course(project=project),
            happened_at=NOW - timedelta(days=6),
        )
        pictures = {each.title: each for each in journey_page(project, now=NOW).pictures}
        assert pictures["Open defects by age"].words == "1 open defect, 0 of them Showstopper."
        assert "1 courses finished in 12 weeks" in pictures["Training by week"].words
        assert pictures["Training by week"].rows[1][1] == "1"

    def test_stands_before_the_first_judgement(self, db: None) -> None:
        page = journey_page(make_project(), now=NOW)
        assert (page.turns, page.pictures, page.fresh.as_of) == ([], [], "")
        assert page.answer.startswith("There is no history yet")

    def test_draws_no_burn_up_of_what_no_gate_asks(self, db: None) -> None:
        world = make_world()
        first = Snapshot.objects.order_by("as_of").first()
        assert first is not None
        page = journey_page(world.cast.project, now=first.as_of)
        assert page.pictures == []
