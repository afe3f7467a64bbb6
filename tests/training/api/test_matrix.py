"""The training matrix over REST says what the page says."""

import pytest

from tests.factories import (
    give_job_role,
    make_course,
    make_job_role,
    make_person,
    make_record,
)
from tests.people import make_cast
from tests.wire import Caller
from training.services.standings import refresh_standings

pytestmark = pytest.mark.django_db


class TestMatrix:
    def test_counts_the_people_of_each_job_role_in_each_course(self) -> None:
        cast = make_cast()
        checked = make_course(project=cast.project, code="B")
        plain = make_course(project=cast.project, code="A", has_check=False)
        role = make_job_role(project=cast.project, courses=[checked, plain], code="R")
        for result in ("PASSED", "COMPLETED"):
            person = make_person(project=cast.project)
            give_job_role(person=person, job_role=role)
            make_record(person=person, course=checked, result=result)
        make_record(person=person, course=plain, result="COMPLETED", course_version="0")
        refresh_standings(project_id=cast.project.pk)
        where = f"projects/{cast.project.public_id}/training-matrix/"
        rows = Caller.of(cast.auditor).get(where).json()["results"]
        both = {"job_role": "R", "is_mandatory": True, "due": 2}
        assert rows == [
            both | {"course": "A", "completed": 1, "passed": 1, "outdated": 1},
            both | {"course": "B", "completed": 2, "passed": 1, "outdated": 0},
        ]
