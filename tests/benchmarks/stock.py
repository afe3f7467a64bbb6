"""Fill an empty database with facts, by SQL alone."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from governance.choices import OrganisationKind, SignoffAct
from governance.models import Project, Signoff
from governance.services.signoffs import meaning_of
from readiness.metrics import process_evidence
from readiness.services.policies import adopt_where_missing
from uat.querysets.changes import keep_changed
from uat.querysets.defects import keep_states
from uat.querysets.executions import keep_latest

FOLDER = Path(__file__).parent
AS_OF = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
SIGNED_AT = datetime(2026, 5, 31, 9, 0, tzinfo=UTC)
QUIET_SINCE = datetime(2026, 5, 31, 12, 0, tzinfo=UTC)
BIG_TABLES = ("training_trainingrecord", "training_standing", "uat_execution")


def statements(name: str, **parts: object) -> Iterator[str]:
    """Yield the statements of one of our SQL files, with `{name}` put in."""
    text = (FOLDER / name).read_text()
    for key, part in parts.items():
        text = text.replace(f"{{{key}}}", str(part))
    for statement in text.split(";\n"):
        if statement.strip():
            yield statement


def fill_database(*, first: int = 1, last: int) -> None:
    """Write the facts of the projects of these numbers, and bring every kept column up to date."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        with _without_indexes():
            for statement in statements("facts.sql", first=first, last=last):
                cursor.execute(statement)
        _catch_up_with_keys()
        cursor.execute("ANALYZE")
    ids = list(range(first, last + 1))
    for project_id in ids:
        keep_latest(project_id=project_id)
        keep_changed(project_id=project_id)
        keep_states(project_id=project_id)
    adopt_where_missing(project_ids=ids)
    _sign(ids)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE governance_projectmark SET marked_at = %s", [QUIET_SINCE])
        if not connection.in_atomic_block:
            cursor.execute("VACUUM ANALYZE")


@contextmanager
def _without_indexes() -> Iterator[None]:
    """Drop what slows the writing of the big tables, and build it again afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes JOIN pg_class ON relname = indexname"
            " WHERE tablename = ANY(%s)"
            " AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = pg_class.oid)",
            [list(BIG_TABLES)],
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            cursor.execute(definition)


def _catch_up_with_keys() -> None:
    """Let each table's own counter go on behind the keys that were spelled out."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)


def _sign(project_ids: list[int]) -> None:
    """Sign every process; each tenth signature is over other evidence, and so not valid."""
    meaning = meaning_of(SignoffAct.SIGNED).sentence
    projects = Project.objects.in_bulk(project_ids)
    for start in range(0, len(project_ids), 100):
        part = project_ids[start : start + 100]
        evidence = process_evidence(project_ids=part, as_of=AS_OF)
        rows = []
        for process_id, body in evidence.items():
            project = projects[process_id // 100]
            text = body if process_id % 10 else "{}"
            rows.append(
                Signoff(
                    organisation_id=project.organisation_id,
                    project=project,
                    process_id=process_id,
                    act=SignoffAct.SIGNED,
                    meaning=meaning,
                    evidence=text,
                    evidence_hash=hashlib.sha256(text.encode()).hexdigest(),
                    signer_id=project.pk * 20 + process_id % 12,
                    signer_kind=OrganisationKind.CLIENT,
                    signer_name="Owner",
                    authentication="PASSWORD",
                    signed_at=SIGNED_AT,
                    recorded_at=SIGNED_AT,
                )
            )
        Signoff.objects.bulk_create(rows)
