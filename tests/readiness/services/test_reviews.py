"""An executive who opens a judgement leaves a row, once; nobody else does."""

from datetime import timedelta

import pytest

from governance.models import ProjectMark, RecordEntry
from readiness.choices import Paper
from readiness.models import Review, Snapshot
from readiness.services.evaluation import evaluate_gates
from readiness.services.policies import adopt_policy
from readiness.services.reviews import note_review
from tests.factories import NOW
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def snapshot(cast: Cast) -> Snapshot:
    adopt_policy(project=cast.project)
    return evaluate_gates(project_ids=[cast.project.pk], as_of=NOW)[0]


class TestNoteReview:
    def test_is_written_once_for_each_paper(self, cast: Cast, snapshot: Snapshot) -> None:
        for paper in (Paper.PAGE, Paper.PAGE, Paper.REPORT):
            note_review(
                snapshot=snapshot,
                account=cast.sponsor,
                paper=paper,
                opened_at=NOW + timedelta(hours=1),
            )
        rows = Review.objects.filter(account=cast.sponsor).order_by("pk")
        assert [row.paper for row in rows] == [Paper.PAGE, Paper.REPORT]
        assert {row.judgement for row in rows} == {snapshot.public_id}
        assert RecordEntry.objects.filter(subject_id=rows[0].public_id).exists()

    @pytest.mark.parametrize(
        "who", ["project_manager", "consultant", "auditor", "stranger", "other_sponsor"]
    )
    def test_says_nothing_of_anybody_else(self, cast: Cast, snapshot: Snapshot, who: str) -> None:
        account = getattr(cast, who)
        note_review(snapshot=snapshot, account=account, paper=Paper.PAGE, opened_at=NOW)
        assert not Review.objects.exists()

    def test_does_not_have_the_project_judged_again(self, cast: Cast, snapshot: Snapshot) -> None:
        before = ProjectMark.objects.filter(project=cast.project).values_list("version")
        kept = list(before)
        note_review(snapshot=snapshot, account=cast.sponsor, paper=Paper.PAGE, opened_at=NOW)
        assert list(before) == kept
