"""(d) Training records imported as a file, against a bare COPY and INSERT … ON CONFLICT."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection, transaction
from psycopg import sql

from governance.choices import ImportState
from governance.imports.run import perform_import
from governance.models import Person, Project
from governance.services.attachments import Place
from governance.services.imports import Wish, job_of, request_import
from governance.services.jobs import claim_job
from tests.benchmarks.stock import AS_OF
from tests.benchmarks.timing import Figure, medians_of, seconds_of
from training.models import Course, TrainingRecord

COURSES = 20
_RAW = "CREATE TEMP TABLE raw (person text, course text, result text, at text, record text)"
_INSERT = """
    INSERT INTO training_trainingrecord (public_id, organisation_id, project_id, person_id,
        course_id, course_version, result, happened_at, source, external_id)
    SELECT gen_random_uuid(), p.organisation_id, p.project_id, p.id, c.id, c.version, raw.result,
           raw.at::timestamptz, 'training-file', raw.record
      FROM raw
      JOIN governance_person p ON p.project_id = %(project)s AND p.external_id = raw.person
      JOIN training_course c ON c.project_id = %(project)s AND c.code = raw.course
        ON CONFLICT (project_id, source, external_id, edition) DO NOTHING
"""


def measure_import(*, records: int, rounds: int) -> Iterator[Figure]:
    """Yield the seconds of a file of so many records, both ways."""
    with transaction.atomic():
        project = _project(people=max(1, records // COURSES))
        content = _file(records)
        ours, floor = medians_of(
            lambda: _imported(project, content, records),
            lambda: _copied(project, content, records),
            rounds=rounds,
        )
        transaction.set_rollback(True)
    yield Figure("import floor", floor, note="COPY and INSERT … ON CONFLICT")
    yield Figure(
        "import",
        ours,
        against="import floor",
        ratio=ours / floor,
        limit="2",
        note=f"{records} training records from CSV: read apart, checked, written, standings kept",
    )


def _project(*, people: int) -> Project:
    """Return a project with people and courses, and no training record."""
    first = Project.objects.order_by("pk").first()
    assert first is not None
    project = Project.objects.create(
        organisation_id=first.organisation_id, name="Import", slug="import-bench"
    )
    where = {"organisation_id": project.organisation_id, "project": project}
    Person.objects.bulk_create(
        [Person(**where, external_id=f"E{number}", name=f"P {number}") for number in range(people)],
        batch_size=5000,
    )
    Course.objects.bulk_create(
        [Course(**where, code=f"C{number}", name=f"Course {number}") for number in range(COURSES)]
    )
    return project


def _file(records: int) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Person ID", "Course code", "Result", "Date", "Record ID"])
    results = ("PASSED", "COMPLETED", "FAILED", "ATTENDED")
    for number in range(records):
        at = AS_OF - timedelta(minutes=5 * (number % 20_000) + 60)
        person, course = divmod(number, COURSES)
        row = (
            f"E{person}",
            f"C{course}",
            results[number % 4],
            f"{at:%Y-%m-%d %H:%M}",
            f"R{number}",
        )
        writer.writerow(row)
    return text.getvalue().encode()


def _imported(project: Project, content: bytes, records: int) -> float:
    with transaction.atomic():
        place = Place(organisation=project.organisation, project=project)
        run = request_import(
            actor=None, place=place, name="records.csv", content=content, wish=Wish(kind="training")
        )
        job = claim_job(job_id=job_of(run).pk, moment=AS_OF)
        assert job is not None
        seconds = seconds_of(lambda: perform_import(run, job=job, moment=AS_OF))
        run.refresh_from_db()
        assert run.state == ImportState.DONE, run.message
        assert run.taken == records
        transaction.set_rollback(True)
    return seconds


def _copied(project: Project, content: bytes, records: int) -> float:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(_RAW)
            with cursor.copy(sql.SQL("COPY raw FROM STDIN (FORMAT csv, HEADER)")) as copy:
                copy.write(content)
            cursor.execute(_INSERT, {"project": project.pk})

    with transaction.atomic():
        seconds = seconds_of(run)
        assert TrainingRecord.objects.filter(project=project).count() == records
        transaction.set_rollback(True)
    return seconds
