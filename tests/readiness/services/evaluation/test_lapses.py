"""Accepted risks that cover no longer what is there: they count no more, until accepted anew."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from readiness.choices import FindingState
from readiness.metrics import lapsed_acceptances
from readiness.models import Criterion, Gate, Policy, Snapshot
from readiness.services.evaluation import evaluate_gates
from readiness.services.policies import adopt_policy
from tests.factories import make_process, make_scenario
from tests.people import Cast, make_cast
from tests.readiness.services.evaluation.cases import body_of, finding_of
from tests.risks import accept_in_person, judge_anew, terms_of
from tests.signing import LATER
from uat.models import Scenario

pytestmark = pytest.mark.django_db
AT = LATER + timedelta(hours=1)


@pytest.fixture
def cast() -> Cast:
    """Return an upgrade six weeks before go-live whose one scenario nobody ran."""
    found = make_cast()
    found.project.go_live_date = (LATER + timedelta(days=42)).date()
    found.project.save(update_fields=["go_live_date"])
    adopt_policy(project=found.project)
    process = make_process(project=found.project)
    make_scenario(project=found.project, process=process)
    judge_anew(found.project)
    names = [Scenario.objects.get().pk]
    for key, ids in (("UX-01", ()), ("UX-02", names)):
        terms = terms_of(
            found.project, until=AT + timedelta(days=50), criterion_key=key, scenario_ids=ids
        )
        accept_in_person(found, terms, at=LATER)
    return found


def judged(cast: Cast) -> Snapshot:
    """Judge after everything that happened."""
    (found,) = evaluate_gates(project_ids=[cast.project.pk], as_of=AT)
    return found


def _move_go_live(cast: Cast) -> None:
    cast.project.go_live_date = (AT + timedelta(days=51)).date()
    cast.project.save(update_fields=["go_live_date"])


def _reword(cast: Cast) -> None:
    old = Gate.objects.filter(project=cast.project, key="G3").get().policy
    new = Policy.objects.create(
        key=old.key,
        version=99,
        name=old.name,
        body=old.body.replace("Every scenario in scope", "Every scenario"),
        body_hash="0" * 64,
    )
    for row in old.criteria.all():
        row.pk, row.policy = None, new
        if row.key in ("UX-01", "UX-02"):
            row.wording += " Reworded."
        row._state.adding = True
        row.save(force_insert=True)
    Gate.objects.filter(project=cast.project).update(policy=new)


class TestAnAcceptance:
    def test_counts_while_it_covers_what_is_there(self, cast: Cast) -> None:
        snapshot = judged(cast)
        assert finding_of(snapshot, "UX-01").state == FindingState.ACCEPTED
        assert finding_of(snapshot, "UX-02").value == 0
        assert snapshot.accepted_risks == 1
        assert not lapsed_acceptances(project_ids=[cast.project.pk], as_of=AT)

    @pytest.mark.parametrize("change", [_move_go_live, _reword])
    def test_counts_no_more_once_that_changed(
        self, cast: Cast, change: Callable[[Cast], None]
    ) -> None:
        change(cast)
        snapshot = judged(cast)
        assert finding_of(snapshot, "UX-01").state == FindingState.MISSED
        assert finding_of(snapshot, "UX-02").value == 1
        assert snapshot.accepted_risks == 0
        assert body_of(snapshot)["accepted_risks"] == []
        assert len(lapsed_acceptances(project_ids=[cast.project.pk], as_of=AT)) == 2

    def test_that_names_a_scenario_lapses_with_it(self, cast: Cast) -> None:
        Scenario.objects.update(in_scope=False)
        lapsed = lapsed_acceptances(project_ids=[cast.project.pk], as_of=AT)
        assert [[each.why for each in found] for found in lapsed.values()] == [["SCENARIOS"]]

    def test_counts_again_as_a_new_row(self, cast: Cast) -> None:
        _move_go_live(cast)
        terms = terms_of(cast.project, until=AT + timedelta(days=60))
        accept_in_person(cast, terms, at=LATER)
        assert finding_of(judged(cast), "UX-01").state == FindingState.ACCEPTED

    def test_asks_a_fixed_number_of_questions(
        self, cast: Cast, django_assert_num_queries: Callable[[int], object]
    ) -> None:
        with django_assert_num_queries(5):  # type: ignore[attr-defined]
            lapsed_acceptances(project_ids=[cast.project.pk], as_of=AT)
        with django_assert_num_queries(1):  # type: ignore[attr-defined]
            lapsed_acceptances(project_ids=[cast.other_project.pk], as_of=AT)
        assert Criterion.objects.exists()
