"""What a judgement notes on the mark of its project, and a marked project judged again."""

from datetime import datetime

import pytest

from governance.models import Job, Project, ProjectMark
from governance.readings import Readings
from governance.services.jobs import JobRefused
from governance.services.marks import mark_projects
from readiness.choices import SnapshotTrigger
from readiness.measurements import take_readings
from readiness.models import Snapshot
from readiness.services import evaluation
from readiness.services.evaluation import evaluate_marked_project
from tests.people import Cast
from tests.readiness.services.evaluation.cases import DAY, LATER, NOW, judged

pytestmark = pytest.mark.django_db


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
