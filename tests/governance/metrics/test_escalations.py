"""Escalations beyond their time, how they were answered, and what page one says of them."""

from datetime import timedelta

import pytest

from governance.metrics.escalations import escalations_paper
from governance.models import BusinessProcess
from governance.querysets.escalations import AnswerTally, answer_tallies
from tests.escalations import REASON, Ladder, make_ladder, write_escalation
from tests.factories import NOW, make_project
from tests.measuring import count_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
AGO = NOW - timedelta(days=3)
DAY = timedelta(days=1)


@pytest.fixture
def ladder() -> Ladder:
    found = make_ladder()
    found.cast.project.participations.update(started_at=AGO - DAY)
    BusinessProcess.objects.update(owner=None)  # whose ownership no dated row tells
    return found


class TestPutEscalations:
    def test_is_not_measurable_without_anybody_on_the_ladder(self) -> None:
        assert count_of(make_project(), "esc.overdue") == (0, 0)

    def test_counts_the_rungs_that_somebody_stands_on(self, ladder: Ladder) -> None:
        assert count_of(ladder.cast.project, "esc.overdue") == (0, 4)

    def test_counts_what_ran_out_with_whoever_has_it_now(self, ladder: Ladder) -> None:
        sponsor, steering = ladder.cast.sponsor, ladder.steering
        write_escalation(ladder, ("ADDRESSED", sponsor, AGO, AGO + DAY))
        write_escalation(ladder, ("ADDRESSED", sponsor, AGO, NOW + DAY))
        write_escalation(
            ladder, ("ADDRESSED", sponsor, AGO, AGO + DAY), ("CLIMBED", steering, NOW, NOW + DAY)
        )
        write_escalation(
            ladder,
            ("ADDRESSED", sponsor, AGO, AGO + DAY),
            ("ANSWERED", sponsor, AGO + 2 * DAY, None),
        )
        assert count_of(ladder.cast.project, "esc.overdue") == (2, 4)

    def test_knows_nothing_of_what_came_later(self, ladder: Ladder) -> None:
        sponsor = ladder.cast.sponsor
        write_escalation(
            ladder,
            ("ADDRESSED", sponsor, AGO, AGO + DAY),
            ("ANSWERED", sponsor, NOW + DAY, None),
        )
        write_escalation(ladder, ("ADDRESSED", sponsor, NOW + DAY, NOW + DAY))
        assert count_of(ladder.cast.project, "esc.overdue") == (1, 4)


class TestAnswerTallies:
    def test_holds_each_addressee_to_their_own_clock(self, ladder: Ladder) -> None:
        sponsor, steering = ladder.cast.sponsor, ladder.steering
        begun = ("ADDRESSED", sponsor, AGO, AGO + DAY)
        write_escalation(ladder, begun, ("ANSWERED", sponsor, AGO + DAY, None))
        write_escalation(ladder, begun, ("ANSWERED", sponsor, AGO + 2 * DAY, None))
        write_escalation(ladder, begun, ("CLIMBED", steering, AGO + DAY, NOW + DAY))
        write_escalation(ladder, begun)
        write_escalation(ladder, ("ADDRESSED", sponsor, AGO, NOW + DAY))
        project = ladder.cast.project
        found = {row.account_id: row for row in answer_tallies(project_ids=[project.pk], as_of=NOW)}
        assert found == {
            sponsor.pk: AnswerTally(project.pk, sponsor.pk, 1, 1, 2, 1),
            steering.pk: AnswerTally(project.pk, steering.pk, 0, 0, 0, 1),
        }
        assert found[sponsor.pk].asked == 4


class TestEscalationsPaper:
    def test_lists_the_worst_and_nothing_of_who_raised_them(self, ladder: Ladder) -> None:
        sponsor = ladder.cast.sponsor
        write_escalation(ladder, ("ADDRESSED", sponsor, AGO - DAY, NOW + DAY))
        late = write_escalation(ladder, ("ADDRESSED", sponsor, AGO, AGO + DAY))
        project_id = ladder.cast.project.pk
        paper = escalations_paper(project_ids=[project_id], as_of=NOW)[project_id]
        assert (paper["open"], paper["overdue"]) == (2, 1)
        assert paper["worst"][0] == {
            "id": str(late.public_id),
            "title": "D-1 Which plant?",
            "rung": "SPONSOR",
            "addressee": "Sponsor",
            "days": 3,
        }
        assert REASON not in str(paper)
        assert "Business_User" not in str(paper)

    def test_says_nothing_where_nothing_is_open(self, ladder: Ladder) -> None:
        assert escalations_paper(project_ids=[ladder.cast.project.pk], as_of=NOW) == {}
