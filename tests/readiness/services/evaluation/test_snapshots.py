"""Projects are judged at a moment and written down once, for good."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from readiness.choices import FindingState, Verdict
from readiness.models import Finding, Gate, Snapshot
from readiness.policy.hashing import digest_of
from readiness.services.evaluation import evaluate_gates
from tests.factories import make_process, make_run, make_scenario
from tests.people import Cast
from tests.readiness.services.evaluation.cases import (
    DAY,
    GO_LIVE,
    LATER,
    NOW,
    body_of,
    finding_of,
    judged,
    make_project,
)

pytestmark = pytest.mark.django_db
READS = ("SELECT", "WITH")


@pytest.mark.both_engines
class TestEvaluateGates:
    def test_writes_one_snapshot_with_all_its_findings(self, cast: Cast) -> None:
        snapshot = judged(cast.project)
        kept = Snapshot.objects.get()
        assert kept.pk == snapshot.pk
        assert (kept.verdict, kept.trigger, kept.is_late) == (Verdict.NO_GO, "BY_HAND", False)
        assert (kept.local_date, kept.go_live_date) == (date(2100, 6, 1), GO_LIVE)
        assert kept.policy is not None
        assert kept.policy.key == "erp-upgrade"
        assert kept.code_version == "0.1.0, rules 1, format 1"
        assert kept.computed_at is not None
        body = body_of(snapshot)
        keys = [each["criterion"] for gate in body["gates"] for each in gate["findings"]]
        assert list(Finding.objects.order_by("pk").values_list("criterion_key", flat=True)) == keys
        assert kept.hard_misses == body["hard_misses"] > 0

    def test_stores_the_body_that_everybody_prints(self, cast: Cast) -> None:
        snapshot = judged(cast.project)
        kept = Snapshot.objects.get()
        assert kept.etag == digest_of(kept.body)
        body = body_of(snapshot)
        assert body["id"] == str(kept.public_id)
        assert body["project"]["name"] == cast.project.name
        assert body["project"]["client"] == "Northwind Mills"
        assert body["headline"] == kept.headline
        assert body["inputs_hash"] == kept.inputs_hash
        assert body["policy"]["hash"] == kept.policy.body_hash  # type: ignore[union-attr]
        assert [gate["key"] for gate in body["gates"]] == [f"G{number}" for number in range(1, 8)]

    def test_stores_numbers_as_they_were_measured(self, cast: Cast) -> None:
        process = make_process(project=cast.project)
        for number in range(3):
            scenario = make_scenario(project=cast.project, process=process)
            if number == 0:
                make_run(scenario=scenario)
        row = finding_of(judged(cast.project), "UX-01")
        assert row.gate_key == "G3"
        assert (row.due, row.population, row.value) == (3, 3, None)
        assert (row.due_today, row.target) == (Decimal(60), Decimal(100))
        assert (row.is_hard, row.metric) == (True, "uat.exec_pct")
        assert row.organisation_id == cast.client.pk

    def test_returns_what_is_on_record_when_asked_again(self, cast: Cast) -> None:
        first, again = judged(cast.project), judged(cast.project)
        assert first.pk == again.pk
        assert Snapshot.objects.count() == 1

    def test_judges_the_same_inputs_the_same(self, cast: Cast) -> None:
        first, later = judged(cast.project), judged(cast.project, as_of=LATER)
        assert first.pk != later.pk
        assert (first.inputs_hash, first.verdict) == (later.inputs_hash, later.verdict)

    def test_judges_many_projects_at_once_in_their_order(self, cast: Cast) -> None:
        others = [make_project() for _ in range(3)]
        ids = [cast.project.pk, *(project.pk for project in others)]
        snapshots = evaluate_gates(project_ids=reversed(ids), as_of=NOW)  # type: ignore[arg-type]
        assert [snapshot.project_id for snapshot in snapshots] == ids
        assert Finding.objects.values("project").distinct().count() == 4

    def test_reads_a_batch_by_as_many_queries_as_one_project(self, cast: Cast) -> None:
        ids = [cast.project.pk, *(make_project().pk for _ in range(9))]
        evaluate_gates(project_ids=ids, as_of=NOW)
        counts = []
        for part, moment in ((ids[:1], LATER), (ids, LATER + DAY)):
            with CaptureQueriesContext(connection) as queries:
                evaluate_gates(project_ids=part, as_of=moment)
            read = [each for each in queries if str(each["sql"]).lstrip().startswith(READS)]
            counts.append(len(read))
        assert counts[1] == counts[0] < 85

    def test_judges_nothing_when_nothing_is_asked(self) -> None:
        assert evaluate_gates(project_ids=[], as_of=NOW) == []
        assert evaluate_gates(project_ids=[999], as_of=NOW) == []

    def test_adopts_the_shipped_policy_where_there_is_none(self) -> None:
        project = make_project()
        assert judged(project).policy_id is not None
        assert Gate.objects.filter(project=project).count() == 7

    def test_says_that_nothing_is_open_without_a_date(self) -> None:
        snapshot = judged(make_project(go_live_date=None))
        assert snapshot.verdict == Verdict.NOT_OPEN
        assert snapshot.headline == "NOT OPEN: no go-live date is set"
        assert not Finding.objects.exists()

    def test_counts_days_in_the_projects_own_zone(self) -> None:
        far = make_project(time_zone="Pacific/Kiritimati")
        late = datetime.fromisoformat("2100-06-01T12:00:00+00:00")
        snapshot = judged(far, as_of=late)
        assert snapshot.local_date == date(2100, 6, 2)
        assert body_of(snapshot)["days_left"] == 41


class TestASnapshot:
    @pytest.mark.both_engines
    def test_cannot_be_changed_deleted_or_replaced(self, cast: Cast) -> None:
        snapshot = judged(cast.project)
        rows, findings = Snapshot.objects.all(), Finding.objects.all()
        attempts: list[Callable[[], object]] = [
            lambda: rows.update(verdict=Verdict.GO),
            lambda: findings.update(state=FindingState.MET),
            lambda: rows._raw_delete(rows.db),
            lambda: findings._raw_delete(findings.db),
        ]
        for attempt in attempts:
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                attempt()
        assert Snapshot.objects.get().verdict == snapshot.verdict

    def test_cannot_be_replaced_on_sqlite(self, cast: Cast) -> None:
        judged(cast.project)
        statement = "REPLACE INTO readiness_snapshot SELECT * FROM readiness_snapshot"
        with (
            pytest.raises(DatabaseError, match="REPLACE refused"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

    @pytest.mark.postgresql
    @pytest.mark.parametrize("table", ["readiness_snapshot", "readiness_finding"])
    def test_cannot_be_truncated_on_postgresql(self, cast: Cast, table: str) -> None:
        judged(cast.project)
        connection.check_constraints()
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"TRUNCATE {table} CASCADE")
