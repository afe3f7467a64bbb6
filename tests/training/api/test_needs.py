"""Who needs which course, over REST."""

import pytest

from tests.factories import (
    give_job_role,
    make_course,
    make_job_role,
    make_person,
    make_record,
)
from tests.people import Cast, make_cast
from tests.wire import Caller, problem_of
from training.services.standings import refresh_standings

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return everybody; A needs two courses and passed one, B needs one and did nothing."""
    found = make_cast()
    checked = make_course(project=found.project, code="C-1")
    plain = make_course(project=found.project, code="C-2", has_check=False)
    both = make_job_role(project=found.project, courses=[checked, plain], code="R-1")
    one = make_job_role(project=found.project, courses=[checked], code="R-2")
    for name, role in (("A", both), ("B", one)):
        person = make_person(project=found.project, external_id=name, name=name)
        give_job_role(person=person, job_role=role)
        if name == "A":
            make_record(person=person, course=checked)
    refresh_standings(project_id=found.project.pk)
    return found


class TestNeedList:
    def test_says_how_far_each_is(self, cast: Cast) -> None:
        where = f"projects/{cast.project.public_id}/training-needs/"
        answer = Caller.of(cast.auditor).get(where).json()
        assert answer["count"] == 3
        assert [(row["person"], row["course"], row["is_through"]) for row in answer["results"]] == [
            ("A", "C-2", False),
            ("B", "C-1", False),
            ("A", "C-1", True),
        ]
        assert answer["results"][0]["last_attempt_at"] is None
        assert answer["results"][2]["passed_at"] == "2026-05-12T09:00:00Z"

    @pytest.mark.parametrize(
        ("query", "number"),
        [
            ("state=open", 2),
            ("state=through", 1),
            ("need=mandatory", 3),
            ("need=optional", 0),
            ("person=A", 2),
            ("person=nobody", 0),
            ("course=C-2", 1),
            ("job_role=R-2", 1),
            ("job_role=R-9", 0),
            ("page_size=2&page=2", 3),
        ],
    )
    def test_finds(self, cast: Cast, query: str, number: int) -> None:
        where = f"projects/{cast.project.public_id}/training-needs/?{query}"
        assert Caller.of(cast.auditor).get(where).json()["count"] == number

    @pytest.mark.parametrize("query", ["state=odd", "need=odd", "colour=blue"])
    def test_refuses_words_nobody_knows(self, cast: Cast, query: str) -> None:
        where = f"projects/{cast.project.public_id}/training-needs/?{query}"
        answer = Caller.of(cast.auditor).get(where)
        assert answer.status_code == 400
        assert problem_of(answer)["errors"][0]["parameter"] == query.partition("=")[0]

    def test_is_not_there_for_strangers(self, cast: Cast) -> None:
        where = f"projects/{cast.project.public_id}/training-needs/"
        for user in (cast.stranger, cast.other_sponsor):
            assert Caller.of(user).get(where).status_code == 404
