"""How the newest judgement came about."""

from datetime import datetime, timedelta
from uuid import uuid4

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
        assert page.answer == (
            "NO-GO since Sun 24 May 2026 or longer. The status changed 1 time in the last 90 days."
        )
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

    def test_says_since_when_the_verdict_stands(self, db: None) -> None:
        world = make_world()
        earlier = NOW - timedelta(days=9)
        Snapshot.objects.bulk_create([_copy(world.snapshot, as_of=earlier, verdict="CONDITIONAL")])
        answer = journey_page(world.cast.project, now=NOW).answer
        assert answer.startswith("NO-GO since Sun 24 May 2026. The status changed 2 times")

    def test_draws_no_burn_up_of_what_no_gate_asks(self, db: None) -> None:
        world = make_world()
        first = Snapshot.objects.order_by("as_of").first()
        assert first is not None
        page = journey_page(world.cast.project, now=first.as_of)
        assert page.pictures == []


def _copy(snapshot: Snapshot, *, as_of: datetime, verdict: str) -> Snapshot:
    """Return a judgement like another one, of another moment and with another verdict."""
    copied = Snapshot.objects.get(pk=snapshot.pk)
    copied.pk, copied.public_id = None, uuid4()
    copied.as_of, copied.local_date, copied.verdict = as_of, as_of.date(), verdict
    return copied
