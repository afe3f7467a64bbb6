"""What page one keeps of decisions: counts, and at most three lines."""

from datetime import timedelta

import pytest

from governance.metrics.decision_paper import decisions_paper
from tests.factories import NOW, make_project
from tests.questions import make_decision

pytestmark = pytest.mark.django_db


class TestDecisionsPaper:
    def test_counts_and_names_the_worst_three(self) -> None:
        project = make_project()
        for days in (1, 2, 3, 40):
            at = NOW - timedelta(days=days)
            make_decision(project=project, raised_at=at, recorded_at=at, due_date=at.date())
        (paper,) = decisions_paper(project_ids=[project.pk], as_of=NOW).values()
        assert (paper["open"], paper["overdue"], paper["blocking"]) == (4, 4, 0)
        assert (paper["p50"], paper["p80"], paper["week_costs"]) == ("2.0", "40.0", 0)
        assert [line["days"] for line in paper["worst"]] == [40, 3, 2]

    def test_leaves_out_projects_that_never_asked(self) -> None:
        assert decisions_paper(project_ids=[make_project().pk], as_of=NOW) == {}
