"""What page one says of the people who are asked for."""

from datetime import date, timedelta

import pytest

from governance.choices import PersonReply
from governance.metrics.participation import people_paper
from governance.models import Person
from tests.factories import EARLY, NOW, make_person, make_project
from tests.participation import make_asked

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
DURING = EARLY + timedelta(days=30)


class TestPeoplePaper:
    def test_counts_each_answer_and_names_who_is_silent(self) -> None:
        project = make_project()
        people = [make_person(project=project) for _ in range(4)]
        for person, replies in zip(
            people,
            ([PersonReply.RELEASED], [PersonReply.RELEASED, PersonReply.REFUSED], [], []),
            strict=True,
        ):
            make_asked(person=person, replies=replies)
        Person.objects.filter(pk=people[3].pk).update(left_date=date(2026, 1, 20))
        other = make_asked(person=make_person(project=make_project()))
        paper = people_paper(project_ids=[project.pk], as_of=DURING)
        assert other.project_id not in paper
        told = paper[project.pk]
        counts = [told[name] for name in ("asked", "released", "refused", "silent")]
        assert counts == [3, 1, 1, 1]
        (line,) = told["worst"]
        assert line["number"] == 1
        assert line["department"] == f"Department of {line['head']}"

    def test_knows_what_was_known_then(self) -> None:
        person = make_person(project=make_project())
        asked = make_asked(person=person, replies=[PersonReply.RELEASED], answered_at=DURING)
        before = people_paper(project_ids=[asked.project_id], as_of=DURING - timedelta(days=1))
        assert before[asked.project_id]["silent"] == 1
        after = people_paper(project_ids=[asked.project_id], as_of=DURING)
        assert (after[asked.project_id]["silent"], after[asked.project_id]["released"]) == (0, 1)
        assert people_paper(project_ids=[asked.project_id], as_of=EARLY - timedelta(days=1)) == {}

    def test_says_nothing_once_the_days_are_over(self) -> None:
        asked = make_asked(person=make_person(project=make_project()))
        assert people_paper(project_ids=[asked.project_id], as_of=NOW) == {}
