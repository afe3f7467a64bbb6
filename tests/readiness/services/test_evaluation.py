"""Projects are judged at a moment and written down once, for good."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from governance.choices import Role
from governance.models import Caveat, Job, Ownership, Participation, Project, ProjectMark
from governance.readings import Readings
from governance.services.jobs import JobRefused
from governance.services.marks import mark_projects
from readiness.choices import FindingState, SnapshotTrigger, Verdict
from readiness.measurements import take_readings
from readiness.models import Acceptance, Exemption, Finding, Gate, Snapshot
from readiness.policy.hashing import digest_of
from readiness.services import evaluation
from readiness.services.acceptances import RiskTerms, accept_risk, withdraw_acceptance
from readiness.services.bulk import write_rows
from readiness.services.evaluation import evaluate_gates, evaluate_marked_project
from readiness.services.policies import adopt_policy
from readiness.services.reporting import ColourReport, Report, report_metric, report_status
from tests import factories
from tests.factories import join, make_process, make_run, make_scenario
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db
NOW = datetime(2100, 6, 1, 9, 0, tzinfo=UTC)
GO_LIVE = date(2100, 7, 13)
DAY = timedelta(days=1)
READS = ("SELECT", "WITH")
LATER = NOW + timedelta(hours=3)


def make_project(**fields: Any) -> Project:
    """Return a project of a far future, in which everything recorded today is known."""
    return factories.make_project(**({"go_live_date": GO_LIVE} | fields))


def body_of(snapshot: Snapshot) -> dict[str, Any]:
    """Return the stored body, read back from the database."""
    found: dict[str, Any] = json.loads(Snapshot.objects.get(pk=snapshot.pk).body)
    return found


def finding_of(snapshot: Snapshot, key: str) -> Finding:
    """Return a stored finding."""
    return Finding.objects.get(snapshot=snapshot, criterion_key=key)


def judged(project: Project, *, as_of: datetime = NOW) -> Snapshot:
    """Judge one project and return its snapshot."""
    (snapshot,) = evaluate_gates(project_ids=[project.pk], as_of=as_of)
    return snapshot


@pytest.fixture
def cast() -> Cast:
    """Return the cast, the first project judged by the shipped policy."""
    found = make_cast()
    found.project.go_live_date = GO_LIVE
    found.project.save()
    adopt_policy(project=found.project)
    return found


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
        assert counts[1] == counts[0] < 60

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


@pytest.mark.both_engines
class TestABadProject:
    @pytest.fixture
    def bad(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Project:
        """Return a project among others that cannot be measured."""
        bad = [make_project() for _ in range(4)][2]

        def measured(*, project_ids: list[int], as_of: datetime) -> Readings:
            if bad.pk in project_ids:
                raise ZeroDivisionError("no such thing")
            return take_readings(project_ids=project_ids, as_of=as_of)

        monkeypatch.setattr(evaluation, "take_readings", measured)
        return bad

    def test_never_stops_the_others_and_is_named(self, bad: Project) -> None:
        ids = list(Project.objects.values_list("pk", flat=True))
        snapshots = evaluate_gates(project_ids=ids, as_of=NOW)
        assert {each.project_id for each in snapshots} == set(ids) - {bad.pk}
        assert snapshots.failures == {
            bad.pk: "This project could not be judged. ZeroDivisionError: no such thing"
        }
        assert Snapshot.objects.count() == len(ids) - 1

    def test_leaves_nothing_half_written(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        def written(*, model: Any, **terms: Any) -> None:
            if model is Finding:
                raise DatabaseError("the disk is full")
            write_rows(model=model, **terms)

        monkeypatch.setattr(evaluation, "write_rows", written)
        snapshots = evaluate_gates(project_ids=[cast.project.pk], as_of=NOW)
        assert snapshots == []
        assert "the disk is full" in snapshots.failures[cast.project.pk]
        assert not Snapshot.objects.exists()
        assert ProjectMark.objects.get(project=cast.project).judged_version == -1

    def test_is_no_failure_when_another_worker_was_first(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def overtaken(*, project_ids: list[int]) -> None:
            monkeypatch.undo()
            evaluate_gates(project_ids=project_ids, as_of=NOW)

        monkeypatch.setattr(evaluation, "adopt_where_missing", overtaken)
        snapshots = evaluate_gates(project_ids=[cast.project.pk], as_of=NOW)
        assert [each.pk for each in snapshots] == [Snapshot.objects.get().pk]
        assert snapshots.failures == {}

    def test_is_noticed_when_its_gate_is_not_in_its_policy(self, cast: Cast) -> None:
        Gate.objects.filter(project=cast.project, key="G3").update(key="G9")
        snapshots = evaluate_gates(project_ids=[cast.project.pk], as_of=NOW)
        assert "KeyError" in snapshots.failures[cast.project.pk]


@pytest.mark.both_engines
class TestTheMark:
    def test_is_noted_as_seen(self, cast: Cast) -> None:
        mark = ProjectMark.objects.get(project=cast.project)
        snapshot = judged(cast.project)
        assert snapshot.mark_version == mark.version
        mark.refresh_from_db()
        assert mark.judged_version == mark.version

    def test_is_not_noted_when_something_changed_after_the_moment(self, cast: Cast) -> None:
        mark_projects(project_ids=[cast.project.pk])
        ProjectMark.objects.update(marked_at=NOW + DAY)
        snapshot = judged(cast.project)
        assert snapshot.mark_version == -1
        assert ProjectMark.objects.get(project=cast.project).judged_version == -1

    def test_is_read_before_the_facts_are(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def changed_meanwhile(*, project_ids: list[int], as_of: datetime) -> Readings:
            readings = take_readings(project_ids=project_ids, as_of=as_of)
            mark_projects(project_ids=project_ids)
            return readings

        monkeypatch.setattr(evaluation, "take_readings", changed_meanwhile)
        judged(cast.project)
        mark = ProjectMark.objects.get(project=cast.project)
        assert mark.judged_version == mark.version - 1

    def test_is_never_lowered_by_an_older_judgement(self, cast: Cast) -> None:
        judged(cast.project)
        ProjectMark.objects.filter(project=cast.project).update(judged_version=90)
        judged(cast.project, as_of=LATER)
        assert ProjectMark.objects.get(project=cast.project).judged_version == 90


def accepted(cast: Cast, **fields: Any) -> Acceptance:
    """Accept the missing peak test of G2 for a week."""
    terms: dict[str, Any] = {
        "gate_key": "G2",
        "criterion_key": "UE-06a",
        "reason": "Volumes are low in summer",
        "control": "Watched by hand",
        "expires_at": NOW + 7 * DAY,
    }
    return accept_risk(
        project=cast.project,
        terms=RiskTerms(**(terms | fields)),
        requester=cast.process_owner,
        approver=cast.sponsor,
        accepted_at=NOW - DAY,
    )


class TestAnAcceptance:
    def test_counts_until_it_ends_and_is_printed(self, cast: Cast) -> None:
        row = accepted(cast)
        snapshot = judged(cast.project)
        found = finding_of(snapshot, "UE-06a")
        assert (found.state, found.acceptance_id) == (FindingState.ACCEPTED, row.pk)
        assert snapshot.accepted_risks == 1
        assert snapshot.next_change_at == row.expires_at
        (risk,) = body_of(snapshot)["accepted_risks"]
        assert (risk["id"], risk["approver"], risk["requester"]) == (
            str(row.public_id),
            "Sponsor",
            "Process_Owner",
        )
        assert (risk["reason"], risk["control"], risk["is_needed"]) == (
            "Volumes are low in summer",
            "Watched by hand",
            True,
        )
        over = judged(cast.project, as_of=row.expires_at)
        assert finding_of(over, "UE-06a").state == FindingState.NOT_REPORTED

    def test_counts_no_longer_once_withdrawn(self, cast: Cast) -> None:
        row = accepted(cast)
        withdraw_acceptance(
            acceptance=row,
            withdrawn_by=cast.sponsor,
            reason="Tested after all",
            withdrawn_at=NOW + DAY,
        )
        before, after = judged(cast.project), judged(cast.project, as_of=NOW + DAY)
        assert finding_of(before, "UE-06a").state == FindingState.ACCEPTED
        assert finding_of(after, "UE-06a").state == FindingState.NOT_REPORTED

    def test_of_named_scenarios_covers_no_more_than_these(self, cast: Cast) -> None:
        process = make_process(project=cast.project)
        scenarios = [make_scenario(project=cast.project, process=process) for _ in range(3)]
        terms = {"gate_key": "G3", "criterion_key": "UX-01"}
        accepted(cast, scenario_ids=[scenarios[0].pk], **terms)
        assert finding_of(judged(cast.project), "UX-01").state == FindingState.MISSED
        accepted(cast, scenario_ids=[each.pk for each in scenarios], **terms)
        later = judged(cast.project, as_of=LATER)
        assert finding_of(later, "UX-01").state == FindingState.ACCEPTED


class TestWhatPeopleReport:
    def test_counts_for_its_time_to_live(self, cast: Cast) -> None:
        report = Report(
            metric="sit.peak_done",
            value=Decimal(1),
            reported_at=NOW - DAY,
            source_system="Load test of May",
            ttl_days=2,
        )
        report_metric(project=cast.project, report=report, reporter=cast.project_manager, now=NOW)
        snapshot = judged(cast.project)
        assert finding_of(snapshot, "UE-06a").state == FindingState.MET
        found = next(
            each
            for gate in body_of(snapshot)["gates"]
            for each in gate["findings"]
            if each["criterion"] == "UE-06a"
        )
        assert found["report"]["source"] == "Load test of May"
        assert snapshot.next_change_at == NOW + DAY + timedelta(microseconds=1)
        stale = judged(cast.project, as_of=snapshot.next_change_at)
        assert finding_of(stale, "UE-06a").state == FindingState.STALE

    def test_greener_than_the_figures_is_counted_and_shown(self, cast: Cast) -> None:
        report_status(
            project=cast.project,
            report=ColourReport(colour="GREEN", reported_at=NOW - DAY, caveat="Mind the tax"),
            reporter=cast.project_manager,
            now=NOW,
        )
        snapshot = judged(cast.project)
        assert finding_of(snapshot, "GO-07").value == 1
        body = body_of(snapshot)
        assert [(each["item"], each["is_false_green"]) for each in body["reported"]] == [
            ("PROJECT", True)
        ]
        assert body["reported"][0]["by"] == "Project_Manager"
        assert [(each["text"], each["by"]) for each in body["caveats"]] == [
            ("Mind the tax", "Project_Manager")
        ]

    def test_is_left_out_when_it_does_not_apply(self, cast: Cast) -> None:
        Exemption.objects.create(
            organisation=cast.client,
            project=cast.project,
            criterion_key="UE-06a",
            reason="No interface in scope",
            approver=cast.sponsor,
            approved_at=NOW - DAY,
        )
        snapshot = judged(cast.project)
        assert finding_of(snapshot, "UE-06a").state == FindingState.NOT_APPLICABLE
        (exempted,) = body_of(snapshot)["exempted"]
        assert (exempted["reason"], exempted["approver"]) == ("No interface in scope", "Sponsor")

    def test_keeps_only_the_newest_caveats(self, cast: Cast) -> None:
        for number in range(25):
            Caveat.objects.create(
                organisation=cast.client,
                project=cast.project,
                text=f"Caveat {number}",
                written_by=cast.sponsor,
                written_at=NOW - DAY + timedelta(minutes=number),
            )
        caveats = body_of(judged(cast.project))["caveats"]
        assert [caveats[0]["text"], len(caveats)] == ["Caveat 24", 20]


class TestWhoIsNamed:
    def test_is_the_one_client_person_who_holds_the_role_at_the_moment(self, cast: Cast) -> None:
        Participation.objects.update(started_at=NOW - DAY)
        Participation.objects.filter(user=cast.auditor).update(
            role=Role.PROJECT_MANAGER, ended_at=NOW
        )
        join(project=cast.project, user=cast.consultant, role=Role.PROJECT_MANAGER)
        Participation.objects.filter(role=Role.PROCESS_OWNER).update(ended_at=NOW)
        actions = {each["criterion"]: each for each in body_of(judged(cast.project))["actions"]}
        assert actions["UX-20"]["who"] == ["Project_Manager (Project manager)"]
        assert actions["UX-02"]["who"] == ["Process owner", "Sponsor (Sponsor)"]


class TestTheHeatMap:
    def test_has_a_row_for_each_accountable_process_in_scope(self, cast: Cast) -> None:
        process = make_process(project=cast.project, code="20", owner=cast.process_owner)
        make_process(project=cast.project, code="10")
        make_process(project=cast.project, code="30", in_scope=False)
        make_process(project=cast.project, code="40", accountable=process)
        rows = body_of(judged(cast.project))["heat_map"]["rows"]
        assert [(row["code"], row["owner"]) for row in rows] == [
            ("10", ""),
            ("20", "Process_Owner"),
        ]
        assert rows[1]["cells"][0] == {
            "state": "AT_RISK",
            "done": 1,
            "due": 2,
            "text": "1 of 2",
        }

    def test_names_the_owner_of_a_past_moment(self, cast: Cast) -> None:
        process = make_process(project=cast.project, owner=cast.business_user)
        for owner, days in ((cast.process_owner, 9), (cast.business_user, 1)):
            Ownership.objects.create(
                organisation=cast.client,
                project=cast.project,
                process=process,
                owner=owner,
                assigned_at=NOW - days * DAY,
            )
        ProjectMark.objects.update(marked_at=NOW)
        past = judged(cast.project, as_of=NOW - 2 * DAY)
        assert body_of(past)["heat_map"]["rows"][0]["owner"] == "Process_Owner"
        assert body_of(judged(cast.project))["heat_map"]["rows"][0]["owner"] == "Business_User"


class TestEvaluateMarkedProject:
    def test_judges_the_project_of_a_job(self, cast: Cast) -> None:
        job = Job.objects.create(kind="evaluate", key="1", project=cast.project)
        evaluate_marked_project(job, moment=NOW)
        assert Snapshot.objects.get().trigger == SnapshotTrigger.CHANGE

    def test_says_what_cannot_be_judged(self, cast: Cast) -> None:
        with pytest.raises(JobRefused, match="names no project"):
            evaluate_marked_project(Job.objects.create(kind="evaluate", key="2"), moment=NOW)
        Project.objects.filter(pk=cast.project.pk).update(time_zone="Mars/Olympus")
        job = Job.objects.create(kind="evaluate", key="3", project=cast.project)
        with pytest.raises(JobRefused, match="ZoneInfoNotFoundError"):
            evaluate_marked_project(job, moment=NOW)
