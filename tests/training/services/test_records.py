"""Training records that arrive a few at a time."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.factories import NOW, RUN_AT, make_course, make_person, make_project
from training.models import Standing, TrainingRecord
from training.services.records import RecordDetails, RecordsRefused, add_records

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def details() -> RecordDetails:
    person = make_person(project=make_project())
    course = make_course(project=person.project, version="3")
    return RecordDetails(
        person=person, course=course, result="PASSED", happened_at=RUN_AT, external_id="1"
    )


class TestAddRecords:
    def test_writes_the_record_and_the_standing(self, details: RecordDetails) -> None:
        project = details.person.project
        assert add_records(project=project, records=[details], source="LMS", as_of=NOW) == 1
        assert TrainingRecord.objects.get().course_version == "3"
        assert Standing.objects.get().passed_at == RUN_AT

    def test_twice_gives_one_row(self, details: RecordDetails) -> None:
        project = details.person.project
        for wanted in (1, 0):
            added = add_records(project=project, records=[details], source="LMS", as_of=NOW)
            assert added == wanted
        assert TrainingRecord.objects.count() == 1

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"result": "FINE"}, "not a result"),
            ({"happened_at": NOW + timedelta(seconds=1)}, "future"),
            ({"score": Decimal(140), "score_max": Decimal(100)}, "score"),
            ({"score": Decimal(10)}, "score"),
            ({"score": Decimal(0), "score_max": Decimal(0)}, "score"),
        ],
    )
    def test_refuses_all_when_one_cannot_be(
        self, details: RecordDetails, change: dict[str, object], says: str
    ) -> None:
        bad = replace(details, external_id="2", **change)  # type: ignore[arg-type]
        with pytest.raises(RecordsRefused, match=f"Record 2.*{says}"):
            add_records(
                project=details.person.project, records=[details, bad], source="LMS", as_of=NOW
            )
        assert not TrainingRecord.objects.exists()

    def test_refuses_another_projects_person(self, details: RecordDetails) -> None:
        foreign = replace(details, person=make_person(project=make_project()))
        with pytest.raises(RecordsRefused, match="another project"):
            add_records(project=details.person.project, records=[foreign], source="LMS", as_of=NOW)
