"""Add training records that arrive a few at a time; files go through the importers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from governance.models import Person, Project
from training.choices import TrainingResult
from training.models import Course, TrainingRecord
from training.services.standings import refresh_standings


class RecordsRefused(Exception):
    """Say which record was refused, and why nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDetails:
    """What one person did in one course; a score comes with its maximum or not at all."""

    person: Person
    course: Course
    result: str
    happened_at: datetime
    external_id: str
    course_version: str = ""
    score: Decimal | None = None
    score_max: Decimal | None = None


@transaction.atomic
def add_records(
    *, project: Project, records: Iterable[RecordDetails], source: str, as_of: datetime
) -> int:
    """Write the records that are new under their source's own ids; return how many were.

    :raises RecordsRefused: one of them cannot be; then none is written.
    """
    wanted = list(records)
    for number, record in enumerate(wanted, start=1):
        _refuse_what_cannot_be(number, project=project, record=record, as_of=as_of)
    fresh = _not_yet_there(wanted, project=project, source=source)
    TrainingRecord.objects.bulk_create(
        [_row(record, project=project, source=source) for record in fresh]
    )
    if fresh:
        people = {record.person.pk for record in fresh}
        refresh_standings(project_id=project.pk, person_ids=people)
    return len(fresh)


def _not_yet_there(
    records: Sequence[RecordDetails], *, project: Project, source: str
) -> list[RecordDetails]:
    by_id = {record.external_id: record for record in records}
    present = TrainingRecord.objects.filter(
        project=project, source=source, external_id__in=by_id
    ).values_list("external_id", flat=True)
    for external_id in set(present):
        del by_id[external_id]
    return list(by_id.values())


def _refuse_what_cannot_be(
    number: int, *, project: Project, record: RecordDetails, as_of: datetime
) -> None:
    if {record.person.project_id, record.course.project_id} != {project.pk}:
        raise RecordsRefused(f"Record {number}: person or course belongs to another project.")
    if record.result not in TrainingResult.values:
        raise RecordsRefused(f"Record {number}: “{record.result}” is not a result.")
    if record.happened_at > as_of:
        raise RecordsRefused(f"Record {number} lies in the future.")
    if not _score_can_be(record.score, score_max=record.score_max):
        raise RecordsRefused(f"Record {number}: the score does not lie within its maximum.")


def _score_can_be(score: Decimal | None, *, score_max: Decimal | None) -> bool:
    if score is None:
        return True
    return score_max is not None and 0 <= score <= score_max and score_max > 0


def _row(record: RecordDetails, *, project: Project, source: str) -> TrainingRecord:
    return TrainingRecord(
        organisation_id=project.organisation_id,
        project=project,
        person=record.person,
        course=record.course,
        course_version=record.course_version or record.course.version,
        result=record.result,
        score=record.score,
        score_max=record.score_max,
        happened_at=record.happened_at,
        source=source,
        external_id=record.external_id,
    )
