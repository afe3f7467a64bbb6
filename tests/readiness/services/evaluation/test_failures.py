"""A project that cannot be judged stops no other one."""

from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError

from governance.models import Project, ProjectMark
from governance.readings import Readings
from readiness.measurements import take_readings
from readiness.models import Finding, Gate, Snapshot
from readiness.services import evaluation
from readiness.services.bulk import write_rows
from readiness.services.evaluation import evaluate_gates
from tests.people import Cast
from tests.readiness.services.evaluation.cases import NOW, make_project

pytestmark = pytest.mark.django_db


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
