"""Rows of people and courses are asked for a page at a time."""

import pytest

from tests.factories import NOW, give_job_role, make_course, make_job_role, make_person
from tests.people import make_cast
from training.pages.needs import NeedRows
from training.querysets.needs import NeedFilter

pytestmark = pytest.mark.django_db


class TestNeedRows:
    def test_is_counted_and_cut_like_a_list(self) -> None:
        project = make_cast().project
        role = make_job_role(project=project, courses=[make_course(project=project)])
        for name in ("A", "B", "C"):
            person = make_person(project=project, external_id=name, name=name)
            give_job_role(person=person, job_role=role)
        rows = NeedRows(project=project, today=NOW.date(), wanted=NeedFilter())
        assert len(rows) == 3
        assert [row["person"] for row in rows[1:]] == ["B", "C"]
        assert [row["person"] for row in rows[:1]] == ["A"]
        assert rows[2]["person"] == "C"
