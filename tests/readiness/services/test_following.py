"""What changed is judged again, by mark or because its time has come."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from governance.models import Project, ProjectMark
from governance.services.marks import mark_projects
from readiness.choices import SnapshotTrigger, Verdict
from readiness.models import Snapshot
from readiness.services.evaluation import Judged, evaluate_gates
from readiness.services.following import follow_changes
from readiness.services.reporting import Report, report_metric
from tests.factories import make_project
from tests.people import make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
NOW = datetime(2100, 6, 1, 9, 0, tzinfo=UTC)
SOON = NOW + timedelta(seconds=5)
DAY = timedelta(days=1)


@pytest.fixture
def project() -> Project:
    """Return a project that has just been judged."""
    found = make_project(go_live_date=date(2100, 7, 13))
    evaluate_gates(project_ids=[found.pk], as_of=NOW)
    return found


class TestFollowChanges:
    def test_judges_a_new_project(self) -> None:
        project = make_project()
        assert follow_changes(now=NOW, judge=evaluate_gates) == 1
        snapshot = Snapshot.objects.get(project=project)
        assert (snapshot.trigger, snapshot.as_of) == (SnapshotTrigger.CHANGE, NOW)

    def test_leaves_alone_what_did_not_change(self, project: Project) -> None:
        assert follow_changes(now=SOON, judge=evaluate_gates) == 0

    def test_judges_what_was_marked_and_nothing_else(self, project: Project) -> None:
        other = make_project()
        evaluate_gates(project_ids=[other.pk], as_of=NOW)
        mark_projects(project_ids=[project.pk])
        assert follow_changes(now=SOON, judge=evaluate_gates) == 1
        newest = Snapshot.objects.newest_first()[0]
        assert newest.project == project
        assert newest.mark_version == ProjectMark.objects.get(project=project).version
        assert follow_changes(now=SOON + DAY, judge=evaluate_gates) == 0

    def test_waits_for_a_mark_that_lies_ahead_of_this_clock(self, project: Project) -> None:
        mark_projects(project_ids=[project.pk])
        ProjectMark.objects.update(marked_at=SOON + DAY)
        assert follow_changes(now=SOON, judge=evaluate_gates) == 0
        assert follow_changes(now=SOON + 2 * DAY, judge=evaluate_gates) == 1

    def test_judges_again_when_a_report_goes_out_of_date(self) -> None:
        cast = make_cast()
        project = cast.project
        evaluate_gates(project_ids=[project.pk, cast.other_project.pk], as_of=NOW - 3 * DAY)
        report = Report(
            metric="test.plan_approved",
            value=Decimal(1),
            reported_at=NOW - DAY,
            source_system="Minutes",
            ttl_days=2,
        )
        report_metric(project=project, report=report, reporter=cast.project_manager, now=NOW)
        assert follow_changes(now=NOW, judge=evaluate_gates) == 1
        assert follow_changes(now=NOW + DAY, judge=evaluate_gates) == 0
        assert follow_changes(now=NOW + DAY + timedelta(seconds=1), judge=evaluate_gates) == 1
        assert follow_changes(now=NOW + 9 * DAY, judge=evaluate_gates) == 0

    def test_takes_the_longest_waiting_first_and_not_all_at_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("readiness.services.following.AT_ONCE", 2)
        projects = [make_project() for _ in range(3)]
        ProjectMark.objects.filter(project=projects[2]).update(
            marked_at=datetime(2020, 1, 1, tzinfo=UTC)
        )
        asked: list[list[int]] = []

        def judge(*, project_ids: list[int], **terms: Any) -> Judged:
            asked.append(project_ids)
            return evaluate_gates(project_ids=project_ids, **terms)

        assert follow_changes(now=NOW, judge=judge) == 2
        assert asked[0][0] == projects[2].pk
        assert follow_changes(now=SOON, judge=judge) == 1

    def test_leaves_a_project_marked_that_cannot_be_judged(self, project: Project) -> None:
        mark_projects(project_ids=[project.pk])
        assert follow_changes(now=SOON, judge=lambda **_: []) == 0
        assert follow_changes(now=SOON, judge=evaluate_gates) == 1
        assert Snapshot.objects.newest_first()[0].verdict == Verdict.NO_GO
